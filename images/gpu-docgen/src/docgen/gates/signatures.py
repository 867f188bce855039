"""Fidelity: the code block below a symbol's heading shows the source's own signature."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docgen.gates.flaw import Flaw, Repair
from docgen.gates.spans import CUT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docgen.gates.flaw import Sheet


_CLOSING = frozenset({"}", "end"})
_MARKS = re.compile(r"\s*[{;,…]$")


def signatures(sheet: Sheet) -> Iterator[Flaw]:
    """Every line of such a block is a line of the symbol's signature, or of one that it holds."""
    for name, text, line in _shown(sheet):
        own = sheet.known.signatures[name]
        for shown in text.split("\n"):
            plain = shown.strip().rstrip(":")
            if plain and not _is_own(plain, name, own) and CUT not in plain:
                what = f"{name} has no signature {plain[:80]!r}"
                yield Flaw("signatures", line, what, repair=Repair.SECTION)
                break


def _is_own(line: str, name: str, own: set[str]) -> bool:
    """Whether a line is one of the signature, but for what its language puts around the members of a type."""
    if line in own or line in _CLOSING:
        return True
    line, last = _unmarked(line), re.split(r"[.:\\]", name)[-1]
    # A `typedef` of C has its members before its name.
    return line in {f"}} {last}", *map(_unmarked, own)} or f"{line} {last}" in own


def _unmarked(line: str) -> str:
    return _MARKS.sub("", line)


def signature_lines(sheet: Sheet) -> frozenset[int]:
    """The lines on which such blocks begin."""
    return frozenset(line for _, _, line in _shown(sheet))


def _shown(sheet: Sheet) -> Iterator[tuple[str, str, int]]:
    """Symbol, text and line of each code block that follows right after a symbol's heading."""
    name, is_next, in_heading = "", False, False
    for token, line in sheet.document.tokens:
        if token.type == "heading_open":
            name, in_heading = "", True
        elif token.type == "heading_close":
            in_heading, is_next = False, name in sheet.known.signatures
        elif token.type == "code_inline" and in_heading:
            name = token.content
        elif token.type == "fence" and is_next:
            yield name, token.content, line
            is_next = False
        elif not in_heading:
            is_next = False
