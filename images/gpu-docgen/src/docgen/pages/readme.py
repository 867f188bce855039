"""The README block: what it is, how to install, run and test it, where things are. One screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen.contract import Claim, Page
from docgen.pages.layout import layout_table
from docgen.pages.markdown import code, link, prose, table
from docgen.pages.overview import (
    command_cell,
    description,
    first_commands,
    languages,
    license_text,
    quoted,
    root_entry_points,
)
from docgen.pages.quickstart import quick_start
from docgen.pages.site import Draft, joined, relative, source_link, title, told
from docgen.prose.render import paragraph
from docgen.prose.slots import README

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docgen.facts.model import Place
    from docgen.pages.site import Site

NAME = "readme"
# With these a block has at most 40 lines, which is a screen.
_MAX_COMMANDS = 4
_MAX_FOLDERS = 7
# What each page is known as where it can be linked to.
_LINKS = {
    Page.ARCHITECTURE: "architecture",
    Page.REFERENCE: "reference-index",
    Page.CONFIGURATION: "configuration",
}


def readme_path(site: Site) -> str | None:
    """The README at the root; beside one in another format, `docs/README.md` instead of a second one."""
    at_root = [path for path in (*site.tree.present, *site.tree.left_out) if "/" not in path]
    markdown = site.place("README.md")
    if markdown and markdown in site.tree.present:
        return markdown
    if any(path.lower().partition(".")[0] == "readme" for path in at_root):
        return site.place("docs/overview.md" if site.home.system else "docs/README.md")
    return markdown


def draft(site: Site) -> Draft | None:
    """The block; None where there is nothing to say."""
    path = site.pages.get(NAME)
    if path is None:
        return None
    sections = {
        "description": _description(site, path),
        "profile": " · ".join(_profile(site, path)),
        "introduction": paragraph(site.prose.get(README, ()), path),
        "start": _start(site),
        "commands": _commands(site, path),
        "layout": layout_table(site, path, limit=_MAX_FOLDERS),
        "links": _links(site, path),
    }
    if not any(sections.values()):
        return None
    alone = not site.is_headed(path)
    heading = title(1, prose(site.facts.name)) if alone else title(2, site.words.text("readme.title"))
    body = joined(heading, *sections.values())
    return Draft(Page.README, path, NAME, body, _claims(site), told(sections))


def _description(site: Site, path: str) -> str:
    text, place = description(site.facts)
    return quoted(text, source_link(path, place)) if place else ""


def _profile(site: Site, path: str) -> Iterator[str]:
    """Languages, what is needed to run it, and the licence."""
    root, words = site.facts.root, site.words
    if found := languages(site):
        yield words.listed(found[:4])
    if root and root.requires:
        yield words.text("readme.needs", requirement=prose(root.requires))
    if license_ := license_text(site.facts, path):
        yield words.text("readme.licence", licence=license_)


def _start(site: Site) -> str:
    steps = quick_start(site.words, site.facts)
    return joined(site.words.text("readme.start"), steps) if steps else ""


def _commands(site: Site, path: str) -> str:
    found = sorted(first_commands(site.facts), key=lambda item: item.name not in {"test", "tests"})
    rows = [
        (code(item.run), command_cell(item), source_link(path, item.place)) for item in found[:_MAX_COMMANDS]
    ]
    return table(site.words.texts("column.command", "column.does", "column.declared_in"), rows)


def _links(site: Site, path: str) -> str:
    """The other pages, in the order in which they were asked for."""
    found = [
        _link(site, page, relative(path, site.pages[_LINKS[page]]))
        for page in dict.fromkeys(site.tree.options.pages)
        if page in _LINKS and site.pages.get(_LINKS[page], path) != path
    ]
    return "\n".join(found)


def _link(site: Site, page: Page, target: str) -> str:
    label, about = site.words.texts(f"pages.{page}", f"pages.about_{page}")
    return "- " + site.words.text("pages.link", link=link(label, target), about=about)


def _claims(site: Site) -> tuple[Claim, ...]:
    return tuple(
        _runs(point.name, point.target, point.place) for point in root_entry_points(site.facts)
    ) + tuple(_runs(command.run, command.does, command.place) for command in first_commands(site.facts))


def _runs(subject: str, object_: str, place: Place) -> Claim:
    return Claim(
        block=NAME, predicate="runs", subject=subject, object=object_, path=place.path, line=place.line
    )
