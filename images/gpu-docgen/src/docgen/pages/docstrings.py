"""Docstrings to Markdown: prose as prose, lists as lists, and all else as it was typed, in a code block."""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING

from docgen.pages.markdown import code, fence, prose

if TYPE_CHECKING:
    from collections.abc import Iterator

_ROLE = re.compile(r":(?:[a-z]+:)?[a-z]+:`([^`]+)`")
_RST_LINK = re.compile(r"`([^`<]+?)\s*<([^>`]+)>`__?")
_FIELD = re.compile(r"^:(\w+)((?:\s+[^:]+)?):\s*(.*)$")
_BULLET = re.compile(r"^[-*+]\s+")
_UNDERLINE = re.compile(r"^([=\-~^\"*#+.])\1{2,}$")


def render(doc: str) -> str:
    """The whole docstring as Markdown."""
    doc = textwrap.dedent(_plain_roles(doc.expandtabs(4))).strip("\n")
    return "\n\n".join(_merged(_paragraphs(doc)))


def _plain_roles(doc: str) -> str:
    """reStructuredText roles as code, its links as text."""
    doc = _ROLE.sub(lambda match: f"`{_role_target(match[1])}`", doc)
    return _RST_LINK.sub(r"\1 (\2)", doc)


def _role_target(text: str) -> str:
    titled = re.match(r"^(.*?)\s*<.*>$", text, re.DOTALL)
    shown = titled[1] if titled else text
    return shown.rpartition(".")[2] if shown.startswith("~") else shown.lstrip("!")


def summary(doc: str) -> str:
    """The first paragraph as Markdown."""
    return render(doc.strip().split("\n\n")[0])


def _paragraphs(doc: str) -> Iterator[tuple[str, str]]:
    """Kind and text of each part between blank lines; parts that belong to a literal stay with it."""
    for part in re.split(r"\n\s*\n", doc):
        lines = part.rstrip().split("\n")
        if lines[0].startswith(":") and _FIELD.match(lines[0]):
            yield "markdown", _fields(lines)
        elif _BULLET.match(lines[0]) and all(_BULLET.match(line) or line.startswith("  ") for line in lines):
            yield "markdown", _bullets(lines)
        elif _is_literal(lines):
            yield "literal", part.rstrip()
        elif part.strip():
            text = prose(part)
            yield "markdown", text.removesuffix(":") if text.endswith("::") else text


def _is_literal(lines: list[str]) -> bool:
    if lines[0].startswith((">>>", "..", "|", "+-", "```")) or lines[0].startswith(" "):
        return True
    return any(
        line.startswith(("  ", ">>>", "|")) or _UNDERLINE.match(line) or _BULLET.match(line) for line in lines
    )


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
            label = match[1] if match[1] not in {"param", "parameter", "arg", "type"} else ""
            name = code(match[2].strip()) if match[2].strip() else ""
            shown = "type of" if match[1] == "type" else label
            head = " ".join(part for part in (shown, name) if part)
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
