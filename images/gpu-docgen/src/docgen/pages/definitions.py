"""Definition lists of docstrings: a term in backticks with what it means indented below it."""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING

from docgen.pages.markdown import prose

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Definition = tuple[str, str]
_SPAN = r"`{1,2}[^`\n]+`{1,2}"
_TERM = re.compile(rf"^ *{_SPAN}(?:(?:,| or| /) {_SPAN})*$")


def split(doc: str) -> Iterator[str | list[Definition]]:
    """The text of a docstring and the lists in it, in their order."""
    lines, at = doc.split("\n"), 0
    text: list[str] = []
    found: list[Definition] = []
    while at < len(lines):
        end = _end(lines, at)
        if end == at:
            if found and lines[at].strip():
                yield found
                found = []
            text.append(lines[at])
            at += 1
            continue
        if any(line.strip() for line in text):
            yield "\n".join(text)
        text = []
        found.append((lines[at].strip(), textwrap.dedent("\n".join(lines[at + 1 : end])).strip("\n")))
        at = end
    if found:
        yield found
    yield "\n".join(text)


def definition_list(definitions: list[Definition], render: Callable[[str], str]) -> str:
    """The definitions as items, whatever else is in them indented below."""
    return "\n".join(_item(prose(term), render(body)) for term, body in definitions)


def _end(lines: list[str], at: int) -> int:
    """The line after the definition that begins at a line; that line itself where none does."""
    is_first = at == 0 or not lines[at - 1].strip()
    if not is_first or at + 1 == len(lines) or not lines[at + 1].strip() or not _TERM.match(lines[at]):
        return at
    indent = _indent(lines[at])
    inside = (n for n in range(at + 1, len(lines)) if lines[n].strip() and _indent(lines[n]) <= indent)
    end = next(inside, len(lines))
    return end if end > at + 1 else at


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _item(term: str, text: str) -> str:
    below = text.replace("\n", "\n  ").replace("\n  \n", "\n\n")
    is_prose = not text.startswith(("- ", "1. ", "`" * 3))
    return f"- {term}: {below}" if is_prose else f"- {term}:\n\n  {below}"
