"""Fidelity: the code block below a symbol's heading shows the source's own signature."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen.gates.flaw import Flaw, Repair
from docgen.gates.spans import CUT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docgen.gates.flaw import Sheet


def signatures(sheet: Sheet) -> Iterator[Flaw]:
    """Every line of such a block is a line of the symbol's signature, or of one that it holds."""
    for name, text, line in _shown(sheet):
        own = sheet.known.signatures[name]
        for shown in text.split("\n"):
            plain = shown.strip().rstrip(":")
            if plain and plain not in own and CUT not in plain:
                what = f"{name} has no signature {plain[:80]!r}"
                yield Flaw("signatures", line, what, repair=Repair.SECTION)
                break


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
