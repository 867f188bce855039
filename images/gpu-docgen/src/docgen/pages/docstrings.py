"""Docstrings to Markdown: prose as prose, lists as lists, and all else as it was typed, in a code block."""

from __future__ import annotations

import re
import textwrap
from functools import lru_cache
from typing import TYPE_CHECKING

from docgen.facts.python.source import parse
from docgen.pages.markdown import UNDERLINE, code, fence, prose
from docgen.pages.tags import is_tagged, tag_list, with_tags_apart

if TYPE_CHECKING:
    from collections.abc import Iterator

_ROLE = re.compile(r":(?:[a-z]+:)?[a-z]+:`([^`]+)`")
_RST_LINK = re.compile(r"`([^`<]+?)\s*<([^>`]+)>`__?")
_FIELD = re.compile(r"^:(\w+)((?:\s+[^:]+)?):\s*(.*)$")
_SECTION = re.compile(r"^([A-Z][A-Za-z ]{2,20}):\s*$")
_ITEM = re.compile(r"^(\*{0,2}[\w.\[\]]+)\s*(?:\(([^)]*)\))?:\s+(.*)$")
# What a line of Python has and a sentence has not; whether it is one the parser decides.
_CODE = re.compile(r"\w\(|\s=\s")
_BULLET = re.compile(r"^[-*+]\s+")
_FENCED = re.compile(r"^( *)(```+|~~~+)([A-Za-z0-9+#-]*)[^\n]*\n(.*?)\n\1\2 *$", re.DOTALL | re.MULTILINE)
_LINK = re.compile(r"!?\[([^\]\[\n]+)\](?:\[[^\]\n]*\]|\(([^()\s]+)\))")
# An image is no text, and its address leads nowhere from a page.
_IMAGE = re.compile(r"!\[[^\]\[\n]{0,300}\]\([^()\n]{1,500}\)")
# How rustdoc links to an item.
_CODE_LINK = re.compile(r"\[(`[^`\n]{1,200}`)\](?![\[(:])")
_HEADING = re.compile(r"^#{1,6} +([A-Z][\w ,'-]{0,60})$")
_LINK_TARGET = re.compile(r"^ *\[[^\]\n]+\]: +\S+ *$\n?", re.MULTILINE)


@lru_cache(maxsize=10_000)
def render(doc: str, language: str = "python") -> str:
    """The whole doc comment as Markdown; its examples are in `language`."""
    doc = with_tags_apart(textwrap.dedent(doc.expandtabs(4)).strip("\n"), language)
    return "\n\n".join(part for part in _merged(_parts(doc, language)) if part)


def _parts(doc: str, language: str) -> Iterator[tuple[str, str]]:
    """Code blocks as such, and the paragraphs between them."""
    end = 0
    for block in _FENCED.finditer(doc):
        yield from _paragraphs(_plain_links(doc[end : block.start()]), language)
        yield "markdown", fence(textwrap.dedent(block[4]), block[3])
        end = block.end()
    yield from _paragraphs(_plain_links(doc[end:]), language)


def _plain_links(doc: str) -> str:
    """Links of either markup as text with the address behind it, reStructuredText roles as code."""
    doc = _CODE_LINK.sub(r"\1", _IMAGE.sub("", doc))
    doc = _LINK.sub(_link_text, _LINK_TARGET.sub("", doc))
    doc = _ROLE.sub(lambda match: f"`{_role_target(match[1])}`", doc)
    return re.sub(r"<(https?://[^<>\s]+)>", r"\1", _RST_LINK.sub(r"\1 (\2)", doc))


def _link_text(match: re.Match[str]) -> str:
    return f"{match[1]} ({match[2]})" if match[2] else match[1]


def _role_target(text: str) -> str:
    titled = re.match(r"^(.*?)\s*<.*>$", text, re.DOTALL)
    shown = titled[1] if titled else text
    return shown.rpartition(".")[2] if shown.startswith("~") else shown.lstrip("!")


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
            yield _paragraph(lines, language)


def _paragraph(lines: list[str], language: str) -> tuple[str, str]:
    if is_tagged(lines[0]):
        return "markdown", tag_list(lines)
    if _FIELD.match(lines[0]):
        return "markdown", _fields(lines)
    if section := _section(lines):
        return "markdown", section
    if _BULLET.match(lines[0]) and not any(line.strip().startswith(">>>") for line in lines):
        return "markdown", _bullets(lines)
    if _is_literal(lines):
        return "literal", "\n".join(lines)
    if _CODE.search(lines[0]) and parse("\n".join(lines).encode(errors="replace")):
        return "markdown", fence("\n".join(lines), language)
    text = prose("\n".join(lines))
    return "markdown", text.removesuffix(":") if text.endswith("::") else text


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
    return any(line.startswith(("  ", ">>>", "|")) or _BULLET.match(line) for line in lines)


def _merged(parts: Iterator[tuple[str, str]]) -> Iterator[str]:
    """Literal parts that follow one another as one block."""
    literal: list[str] = []
    for kind, text in parts:
        if kind == "literal":
            literal.append(text)
            continue
        if literal:
            yield _literal(literal)
            literal = []
        yield text
    if literal:
        yield _literal(literal)


def _literal(parts: list[str]) -> str:
    return fence(textwrap.dedent("\n\n".join(parts)), "text")


def _fields(lines: list[str]) -> str:
    """`:param name: text` lines as a list."""
    items: list[str] = []
    for line in lines:
        match = _FIELD.match(line)
        if match:
            label = match[1] if match[1] not in {"param", "parameter", "arg"} else ""
            name = code(match[2].strip()) if match[2].strip() else ""
            head = " ".join(part for part in (label, name) if part)
            items.append(f"- {head}: {match[3]}")
        elif items:
            items[-1] += f" {line.strip()}"
    return "\n".join(_field_item(item) for item in items)


def _field_item(item: str) -> str:
    head, _, text = item.partition(": ")
    return f"{head}: {prose(text)}" if text.strip() else head


def _bullets(lines: list[str]) -> str:
    items: list[str] = []
    for line in lines:
        if _BULLET.match(line):
            items.append(_BULLET.sub("", line))
        else:
            items[-1] += f" {line.strip()}"
    return "\n".join(f"- {prose(item)}" for item in items)
