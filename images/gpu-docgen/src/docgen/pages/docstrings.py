"""Docstrings to Markdown: prose as prose, lists as lists, and all else as it was typed, in a code block."""

from __future__ import annotations

import re
import textwrap
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

from docgen.facts.python.source import parse
from docgen.pages import definitions, doc_sections
from docgen.pages.directives import DIRECTIVE, directive
from docgen.pages.fields import FIELD, field_list, is_field
from docgen.pages.listing import is_list, list_start, markdown_list
from docgen.pages.markdown import UNDERLINE, code, fence, prose, without_roles
from docgen.pages.tags import is_tagged, tag_list, with_tags_apart

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_RST_LINK = re.compile(r"`([^`<]+?)\s*<([^>`]+)>`__?")
_SECTION = re.compile(r"^([A-Z][A-Za-z ]{2,20}):\s*$")
_ITEM = re.compile(r"^(\*{0,2}[\w.\[\]]+)\s*(?:\(([^)]*)\))?:\s+(.*)$")
# What a line of Python has and a sentence has not; whether it is one the parser decides.
_CODE = re.compile(r"\w\(|\s=\s")
_FENCED = re.compile(r"^( *)(```+|~~~+)([A-Za-z0-9+#-]*)[^\n]*\n(.*?)\n\1\2 *$", re.DOTALL | re.MULTILINE)
# A link; or code, in which brackets are brackets, as they are behind a name.
_LINK = re.compile(
    r"(?P<code>(?<!`)(?P<ticks>`{1,3})(?!`)[^\n]{1,400}?(?<!`)(?P=ticks)(?!`))"
    r"|!?\[(?P<label>(?:`[^`\n]{1,200}`|[^\]\[\n`]){1,300})\]"
    r"(?:\[[^\]\n]*\]|\((?P<target>[^()\s]+(?:\(\))?)(?:[ ]+[\"'][^\"'\n]{0,200}[\"'])?\))"
)
# An image is no text, and its address leads nowhere from a page.
_IMAGE = re.compile(r"!\[[^\]\[\n]{0,300}\]\([^()\n]{1,500}\)")
# How rustdoc links to an item.
_CODE_LINK = re.compile(r"\[(`[^`\n]{1,200}`)\](?![\[(]|: *\S+ *$)", re.MULTILINE)
# An item that a link of rustdoc leads to, or a place on its own pages: no reader of ours can follow it.
_ITEM_PATH = re.compile(
    r"`?(?:\w+@)?\w+(?:::[\w<>]+)*(?:\(\)|!)?(?:#[\w.-]+)?`?|(?:[\w./-]+\.html)?(?:#[\w.:-]+)?"
)
_HEADING = re.compile(r"^#{1,6} +([A-Z][\w ,'\":()-]{0,60})$")
# Lines that rustdoc compiles and does not show, and how one is written that only looks like it.
_HIDDEN = re.compile(r"^[ \t]*#(?:[ \t][^\n]*)?$\n?", re.MULTILINE)
_NOT_HIDDEN = re.compile(r"^([ \t]*)##", re.MULTILINE)
# Nobody nests sections and notes deeper.
_MAX_DEPTH = 4
_LINK_TARGET = re.compile(r"^ *\[[^\]\n]+\]: +\S+ *$\n?", re.MULTILINE)


@lru_cache(maxsize=10_000)
def render(doc: str, language: str = "python") -> str:
    """The whole doc comment as Markdown; its examples are in `language`."""
    return _rendered(with_tags_apart(textwrap.dedent(doc.expandtabs(4)).strip("\n"), language), language, 0)


def _rendered(doc: str, language: str, depth: int) -> str:
    return "\n\n".join(part for part in _merged(_parts(doc, language, depth)) if part)


def _parts(doc: str, language: str, depth: int) -> Iterator[tuple[str, str]]:
    """Code blocks as such, and what stands between them."""
    is_flat = language != "python" or depth > _MAX_DEPTH
    read = _flat if is_flat else _sections
    end = 0
    for block in _FENCED.finditer(doc):
        yield from read(doc[end : block.start()], language, depth)
        text = block[4]
        if language == "rust" and block[3] in {"", "rust"}:
            text = _NOT_HIDDEN.sub(r"\1#", _HIDDEN.sub("", text))
        yield "markdown", fence(textwrap.dedent(text), block[3]) if text.strip() else ""
        end = block.end()
    yield from read(doc[end:], language, depth)


def _flat(doc: str, language: str, _: int) -> Iterator[tuple[str, str]]:
    yield from _paragraphs(plain_links(doc), language)


def _sections(doc: str, language: str, depth: int) -> Iterator[tuple[str, str]]:
    """The sections of a docstring of Python as such, and the text and directives between them."""

    def again(text: str) -> str:
        return _rendered(textwrap.dedent(text).strip("\n"), language, depth + 1)

    for section in doc_sections.split(doc):
        if section.heading:
            plain = section._replace(lines=plain_links("\n".join(section.lines)).split("\n"))
            yield "markdown", doc_sections.shown(plain, again)
        else:
            yield from _directives("\n".join(section.lines), language, again)


def _directives(doc: str, language: str, again: Callable[[str], str]) -> Iterator[tuple[str, str]]:
    end = 0
    for match in DIRECTIVE.finditer(doc):
        yield from _definitions(doc[end : match.start()], language, again)
        yield from directive(match, again)
        end = match.end()
    yield from _definitions(doc[end:], language, again)


def _definitions(doc: str, language: str, again: Callable[[str], str]) -> Iterator[tuple[str, str]]:
    for part in definitions.split(plain_links(doc)):
        if isinstance(part, str):
            yield from _paragraphs(part, language)
        else:
            yield "markdown", definitions.definition_list(part, again)


def plain_links(doc: str) -> str:
    """Links of either markup as text with the address behind it, reStructuredText roles as code."""
    doc = _CODE_LINK.sub(r"\1", _IMAGE.sub("", doc))
    doc = _LINK.sub(_link_text, _LINK_TARGET.sub("", doc))
    doc = without_roles(doc)
    return re.sub(r"<(https?://[^<>\s]+)>", r"\1", _RST_LINK.sub(r"\1 (\2)", doc))


def _link_text(match: re.Match[str]) -> str:
    label, target = match["label"], match["target"]
    is_index = target is None and match.start() and match.string[match.start() - 1].isalnum()
    if match["code"] or is_index:
        return match[0]
    return f"{label} ({target})" if target and not _ITEM_PATH.fullmatch(target) else label


def summary(doc: str, language: str = "python") -> str:
    """The first paragraph as Markdown."""
    return render(doc.strip().split("\n\n")[0], language)


def _paragraphs(doc: str, language: str) -> Iterator[tuple[str, str]]:
    """Kind and text of each part between blank lines."""
    for part in re.split(r"\n\s*\n", doc.strip("\n")):
        lines = part.rstrip().split("\n")
        if len(lines) > 1 and UNDERLINE.match(lines[1].strip()) and not lines[0].startswith(" "):
            if " " in lines[0].strip():  # a module's own name says nothing below its heading
                yield "markdown", f"**{prose(lines[0])}**"
            lines = lines[2:]
        if heading := _HEADING.match(lines[0]) if lines else None:
            yield "markdown", f"**{prose(heading[1])}**"
            lines = lines[1:]
        if any(lines):
            yield from _paragraph(lines, language)


def _paragraph(lines: list[str], language: str) -> Iterator[tuple[str, str]]:
    for is_such, kind, shown in _SHAPES:
        if is_such(lines):
            yield kind, shown(lines)
            return
    if at := _end_of_prose(lines):
        rest = textwrap.dedent("\n".join(lines[at:])).split("\n")
        yield from (*_paragraph(lines[:at], language), *_paragraph(rest, language))
    elif section := _section(lines):
        yield "markdown", section
    elif _is_literal(lines):
        yield "literal", "\n".join(lines)
    elif _CODE.search(lines[0]) and parse("\n".join(lines).encode(errors="replace")):
        yield "markdown", fence("\n".join(lines), language)
    elif (text := prose("\n".join(lines))) not in {":", "::"}:
        yield "markdown", text.removesuffix(":") if text.endswith("::") else text


def _end_of_prose(lines: list[str]) -> int:
    """The line at which fields or a list go on without a blank line; 0 where none do."""
    at = next((number for number, line in enumerate(lines) if line.startswith(" ") or is_field(line)), 0)
    is_indented = all(line.startswith("  ") for line in lines[at:])
    if at and is_indented:
        return at if is_list(textwrap.dedent("\n".join(lines[at:])).split("\n")) else 0
    if at and is_field(lines[at]):
        return at
    return 0 if lines[0].startswith(" ") else list_start(lines)


def _has_examples(lines: list[str]) -> bool:
    return any(line.strip().startswith(">>>") for line in lines)


# Paragraphs of a shape of their own: how one is told, its kind, and how it is shown.
_SHAPES: tuple[tuple[Callable[[list[str]], bool], str, Callable[[list[str]], str]], ...] = (
    (lambda lines: is_tagged(lines[0]), "markdown", tag_list),
    (lambda lines: bool(FIELD.match(lines[0])), "fields", field_list),
    (_has_examples, "literal", "\n".join),
    (is_list, "list", markdown_list),
)


def _section(lines: list[str]) -> str:
    """A section such as `Args:` with its indented items as a list; empty for anything else."""
    head = _SECTION.match(lines[0]) if len(lines) > 1 else None
    body = textwrap.dedent("\n".join(lines[1:])).split("\n")
    if not head or not all(line.startswith("  ") for line in lines[1:]) or _is_literal(body[:1]):
        return ""
    items: list[str] = []
    for line in body:
        if line.startswith(" ") and items:
            items[-1] += f" {line.strip()}"
        else:
            items.append(line.strip())
    matches = [_ITEM.match(item) for item in items]
    if not all(matches):
        return "" if len(items) > 1 and any(matches) else f"**{head[1]}**: {prose(' '.join(items))}"
    return "\n".join((f"**{head[1]}**", "", *(_item(match) for match in matches if match)))


def _item(match: re.Match[str]) -> str:
    type_ = f" ({code(match[2])})" if match[2] else ""
    return f"- {code(match[1])}{type_}: {prose(match[3])}"


def _is_literal(lines: list[str]) -> bool:
    if lines[0].startswith((">>>", ".. ", "|", "+-", "```")) or lines[0].startswith(" "):
        return True
    return any(line.startswith(("  ", ">>>", "|")) for line in lines)


def _merged(parts: Iterator[tuple[str, str]]) -> Iterator[str]:
    """Literal parts that follow one another as one block, and items as one list."""
    for kind, group in groupby((part for part in parts if part[1]), key=lambda part: part[0]):
        texts = [text for _, text in group]
        if kind == "literal":
            yield _literal(texts)
        elif kind in {"fields", "list"}:
            yield "\n".join(texts)
        else:
            yield from texts


def _literal(parts: list[str]) -> str:
    return fence(textwrap.dedent("\n\n".join(parts)), "text")
