"""Sections of docstrings, as Google (`Args:`) and NumPy (underlined) have them."""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING, NamedTuple

from docgen.pages.listing import BULLET, flowed
from docgen.pages.markdown import code, fence, prose

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_LISTING = frozenset(
    {
        "Args", "Arguments", "Attributes", "Exceptions", "Keyword Args", "Keyword Arguments", "Methods",
        "Other Parameters", "Parameters", "Params", "Raises", "Receives", "Returns", "See Also", "Throws",
        "Warns", "Yields",
    }
)  # fmt: skip
_EXAMPLES = frozenset({"Example", "Examples"})
_TELLING = _EXAMPLES | frozenset({"Note", "Notes", "References", "Todo", "Warning", "Warnings"})
_GOOGLE = re.compile(rf"^({'|'.join(sorted(_LISTING | _TELLING))}):\s*$")
# What a sentence ends with, or goes on after.
_STOPS = (".", ":", ",", ";", "!", "?", "::", "```")
_UNDERLINE = re.compile(r"^-{3,}\s*$")
_GOOGLE_ITEM = re.compile(
    r"^(?P<name>\*{0,2}[\w.\[\]]+)\s*(?:\((?P<type>[^()]*(?:\([^()]*\)[^()]*)*)\))?:\s+(?P<text>.*)$"
)
_NUMPY_ITEM = re.compile(r"^(?P<name>\*{0,2}[\w.]+(?:, \*{0,2}[\w.]+)*)(?:\s*:\s*(?P<type>\S.*))?$")
_TYPE = re.compile(r"^[\w.]+(?:\[.*\])?(?: (?:or|of) [\w.]+)*$")


class DocSection(NamedTuple):
    """A heading and the lines below it, without their indentation; no heading for what is in none."""

    heading: str
    lines: list[str]
    is_numpy: bool = False


def split(doc: str) -> Iterator[DocSection]:
    """The sections of a docstring in their order, and the text before, between and after them."""
    lines, at = doc.split("\n"), 0
    text: list[str] = []
    while at < len(lines):
        found = _at(lines, at)
        if found is None:
            text.append(lines[at])
            at += 1
            continue
        if any(text):
            yield DocSection("", text)
        section, at = found
        text = []
        yield section
    if any(text):
        yield DocSection("", text)


def shown(section: DocSection, render: Callable[[str], str]) -> str:
    """The section as Markdown: a list of what it names, else its text below its heading."""
    items = _numpy(section) if section.is_numpy else _google(section)
    if section.heading in _LISTING and items:
        return "\n".join((f"**{section.heading}**", "", *items))
    text = render("\n".join(section.lines))
    if section.heading in _EXAMPLES and "```" not in text and _is_typed(section.lines):
        text = fence("\n".join(section.lines), "text")
    if not text:
        return ""
    is_line = "\n" not in text and not text.startswith(("- ", "`" * 3, "**"))
    return f"**{section.heading}**{': ' if is_line else chr(10) * 2}{text}"


def _is_typed(lines: list[str]) -> bool:
    """Whether an example is lines of input rather than a sentence, or what the parser knows as code."""
    told = [line for line in lines if line.strip()]
    is_plain = len(told) == len(lines) > 1 and not any(line.startswith((" ", ">>>", "..")) for line in told)
    return is_plain and not any(line.rstrip().endswith(_STOPS) or BULLET.match(line) for line in told)


def _at(lines: list[str], at: int) -> tuple[DocSection, int] | None:
    """The section that begins at a line, and the line after it."""
    if at + 1 == len(lines):
        return None
    heading = lines[at].rstrip()
    if match := _GOOGLE.match(heading):
        end = next((n for n in range(at + 1, len(lines)) if lines[n][:1].strip()), len(lines))
        inside = textwrap.dedent("\n".join(lines[at + 1 : end])).strip("\n")
        return (DocSection(match[1], inside.split("\n")), end) if inside else None
    if heading not in _LISTING | _TELLING or not _UNDERLINE.match(lines[at + 1]):
        return None
    underlined = (
        n for n in range(at + 2, len(lines) - 1) if _UNDERLINE.match(lines[n + 1]) and lines[n].strip()
    )
    end = next(underlined, len(lines))
    return DocSection(heading, "\n".join(lines[at + 2 : end]).strip("\n").split("\n"), is_numpy=True), end


def _google(section: DocSection) -> list[str]:
    """An item for each thing that is named; none where a line names nothing."""
    entries = [(_GOOGLE_ITEM.match(head), rest) for head, rest in _entries(section.lines)]
    if not all(match for match, _ in entries):
        return []
    return [
        _item(code(match["name"]), match["type"], [match["text"], *rest]) for match, rest in entries if match
    ]


def _numpy(section: DocSection) -> list[str]:
    found: list[str] = []
    for head, rest in _entries(section.lines):
        match = _NUMPY_ITEM.match(head)
        names = ", ".join(map(code, match["name"].split(", "))) if match else prose(head)
        if match is None and _TYPE.match(head):
            names = code(head)
        found.append(_item(names, match["type"] if match else "", rest))
    return found


def _entries(lines: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Each line that is not indented with those below it that are."""
    head, rest = "", list[str]()
    for line in lines:
        if line[:1].strip():
            if head:
                yield head, rest
            head, rest = line.rstrip(), []
        elif line.strip():
            rest.append(line)
    if head:
        yield head, rest


def _item(names: str, type_: str | None, lines: list[str]) -> str:
    head = f"- {names} ({code(type_)})" if type_ else f"- {names}"
    text = flowed(lines) if any(line.strip() for line in lines) else ""
    return f"{head}: {text}" if text else head
