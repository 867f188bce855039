"""`docs/reference/`: the public interface, one page a package, and an index."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from docgen.contract import Claim, Page
from docgen.facts.model import Kind, Place
from docgen.pages.api import sections
from docgen.pages.code import fence_name
from docgen.pages.cuts import begun, block_names, ended
from docgen.pages.docstrings import render, summary
from docgen.pages.markdown import code, link, prose, sentence, table
from docgen.pages.site import Draft, joined, plain_label, relative, source_link, title
from docgen.pages.symbols import constants, symbol_body
from docgen.prose.render import paragraph
from docgen.prose.slots import reference_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docgen.messages import Catalogue
    from docgen.pages.section import Section
    from docgen.pages.site import Site

NAME, INDEX, MODULE = "reference", "reference-index", "module"
# The second where something is in the way of the first, such as a person's `docs/Reference`.
_FOLDERS = ("docs/reference", "docs/api-reference")
MAX_PAGES = 200
MAX_BYTES = 200_000
MAX_TOTAL = 6_000_000
# Names that Windows cannot check out, whatever follows the first dot.
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)


@dataclass(frozen=True)
class Group:
    """What stands on one page."""

    name: str
    path: str
    sections: tuple[Section, ...]


def folder(site: Site) -> str:
    """Where the pages go."""
    return next((found for found in _FOLDERS if site.place(f"{found}/{NAME}.md")), _FOLDERS[0])


def groups(site: Site) -> list[Group]:
    """The pages, as far as there is room for them; none where nothing is public."""
    below = folder(site)
    taken = {f"{below}/{name}.md" for name in ("readme", "index", "modules")}
    found: list[Group] = []
    for name, inside in groupby(sorted(sections(site.facts), key=lambda item: item.group), _group_name):
        for part_name, part in _parts(site, name, tuple(inside)):
            path = site.place(_free(f"{below}/", part_name, taken))
            if path:
                found.append(Group(part_name, path, part))
    return list(_within_bounds(site, found[:MAX_PAGES]))


def _within_bounds(site: Site, found: list[Group]) -> Iterator[Group]:
    """As many pages as may be published together; every module is in the architecture anyway."""
    total = 0
    for group in found:
        total += min(_size(_rendered(site, group, brief=False)), MAX_BYTES)
        if total <= MAX_TOTAL:
            yield group


def _group_name(section: Section) -> str:
    return section.group


def _parts(site: Site, name: str, members: tuple[Section, ...]) -> Iterator[tuple[str, tuple[Section, ...]]]:
    """A package as one page where it fits, else every module of it as a page."""
    whole = Group(name, f"{_FOLDERS[0]}/{name}.md", members)
    if len(members) == 1 or _size(_rendered(site, whole, brief=False)) <= MAX_BYTES:
        yield name, members
        return
    for section in members:
        yield section.module.name, (section,)


def _size(body: str) -> int:
    return len(body.encode(errors="replace"))


def _free(below: str, name: str, taken: set[str]) -> str:
    """A file name for a page that no other page has, in any case."""
    slug = re.sub(r"[^A-Za-z0-9._-]+", "-", name).strip("-.")[:80] or "modules"
    if _RESERVED.match(slug):
        slug = f"module-{slug}"
    path, number = f"{below}{slug}.md", 2
    while path.lower() in taken:
        path, number = f"{below}{slug}-{number}.md", number + 1
    taken.add(path.lower())
    return path


def drafts(site: Site, found: list[Group]) -> Iterator[Draft]:
    """The index and every page."""
    index = site.pages.get(INDEX)
    if index and found:
        yield Draft(Page.REFERENCE, index, INDEX, _index(site, index, found))
    for group in found:
        yield Draft(Page.REFERENCE, group.path, NAME, _page(site, group), tuple(_claims(group)))


def _index(site: Site, path: str, found: list[Group]) -> str:
    rows = [_index_row(group, path) for group in found]
    return joined(
        title(site.top(path), site.words.text("reference.title", name=prose(site.facts.name))),
        site.words.text("reference.about"),
        table(site.words.texts("column.page", "column.says", "column.public_names"), rows),
    )


def _index_row(group: Group, path: str) -> tuple[str, str, str]:
    names = {symbol.name for section in group.sections for symbol in section.symbols}
    doc = next((s.module.doc for s in group.sections if s.introduces and s.module.doc), "")
    label = link(plain_label(group.name), relative(path, group.path))
    return label, prose(sentence(doc)), str(len(names) or "")


def _page(site: Site, group: Group) -> str:
    """The page in full, or with first paragraphs only where it would be too large."""
    full = _rendered(site, group, brief=False)
    if _size(full) <= MAX_BYTES:
        return full
    return _cut(_rendered(site, group, brief=True), site.words.text("reference.cut"))


def _cut(body: str, notice: str) -> str:
    """Whole symbols up to the limit, with a notice that the page goes no further."""
    if _size(body) <= MAX_BYTES:
        return body
    parts = re.split(r"(?m)^(?=#{2,3} )", body)
    kept, size = [], 0
    for part in parts:
        size += _size(part)
        if size > MAX_BYTES - 1000:
            break
        kept.append(part)
    return ended("".join(kept), notice)


def _rendered(site: Site, group: Group, *, brief: bool) -> str:
    top = site.top(group.path)
    heading = title(top, code(group.name))
    blocks = _blocks(group)
    bodies = (
        _begun(blocks, section, _section(site.words, section, group, top, brief=brief))
        for section in group.sections
    )
    return joined(heading, paragraph(site.prose.get(reference_key(group.name), ()), group.path), *bodies)


def _blocks(group: Group) -> dict[str, str]:
    """The block of every module that is told of below a heading of its own; all others are the page's."""
    below = [section.module.name for section in group.sections if section.module.name != group.name]
    return block_names(MODULE, sorted(set(below)))


def _begun(blocks: dict[str, str], section: Section, body: str) -> str:
    name = blocks.get(section.module.name)
    return begun(name, body) if name else body


def _section(words: Catalogue, section: Section, group: Group, top: int, *, brief: bool) -> str:
    """What a module offers, below a heading of its own where it is not what the page is named after."""
    module = section.module
    alone = module.name == group.name
    level = top if alone else top + 1
    language = fence_name(module.language)
    doc = summary(module.doc, language) if brief else render(module.doc, language)
    flat = [symbol for symbol in section.symbols if symbol.kind is Kind.CONSTANT and not symbol.members]
    told = [symbol for symbol in section.symbols if symbol.kind is not Kind.CONSTANT or symbol.members]
    return joined(
        "" if alone else title(level, _named(module.name)),
        words.text("general.source", link=source_link(group.path, Place(module.path))) if module.path else "",
        doc if module.doc else "",
        constants(words, flat, group.path, language),
        *(symbol_body(words, symbol, group.path, level + 1, module.language, brief=brief) for symbol in told),
        _elsewhere(words, section),
    )


def _named(name: str) -> str:
    """A module; or a package, the folder of it that a part tells of, and the first and last name there."""
    package, _, label = name.partition(": ")
    folder, _, names = label.removesuffix(")").partition(" (")
    shown = ": ".join(code(part) for part in (package, folder) if part)
    return f"{shown} ({'…'.join(map(code, names.split('…')))})" if names else shown


def _elsewhere(words: Catalogue, section: Section) -> str:
    """Names that can be imported from here too."""
    if not section.elsewhere:
        return ""
    by_home: dict[str, list[str]] = {}
    for name, home in section.elsewhere:
        by_home.setdefault(home, []).append(code(name))
    lines = [
        "- " + words.text("reference.of", names=words.listed(names), module=code(home))
        for home, names in sorted(by_home.items())
    ]
    return joined(words.text("reference.elsewhere"), "\n".join(lines))


def _claims(group: Group) -> Iterator[Claim]:
    blocks = _blocks(group)
    for section in group.sections:
        module, block = section.module.name, blocks.get(section.module.name, NAME)
        for symbol in section.symbols:
            yield _defines(block, module, symbol.name, symbol.place)
            for member in symbol.members:
                yield _defines(block, module, f"{symbol.name}.{member.name}", member.place)


def _defines(block: str, subject: str, name: str, place: Place) -> Claim:
    return Claim(
        block=block, predicate="defines", subject=subject, object=name, path=place.path, line=place.line
    )
