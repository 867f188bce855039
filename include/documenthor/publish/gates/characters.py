"""Gates on a body's characters: what a reviewer cannot see is not published."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from documenthor.errors import GateError

if TYPE_CHECKING:
    from docgen.contract import Block

# Control, format (bidi, zero-width, tags), surrogate and private characters, line and paragraph separators.
_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
# Letters and marks that show nothing: fillers, the braille blank, supplementary variation selectors.
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0") | {
    chr(c) for c in range(0xE0100, 0xE01F0)
}
_MARKER = re.compile(r"<!--\s*/?\s*documenthor\b", re.IGNORECASE)


def visible(block: Block) -> None:
    """Nothing invisible, nothing that reorders text, no control characters."""
    body = block.body.replace("\r\n", "\n")
    for char in sorted(set(body) - {"\n", "\t"}):
        if char in _BLANK or unicodedata.category(char) in _CATEGORIES:
            line = body[: body.index(char)].count("\n") + 1
            raise GateError("characters", f"{_place(block)}, line {line}: U+{ord(char):04X} cannot be seen")


def unmarked(block: Block) -> None:
    """No body holds a marker, not even in code: the next splice would take it for one."""
    if _MARKER.search(block.body):
        raise GateError("markers", f"{_place(block)} holds a marker")


def _place(block: Block) -> str:
    return f"{block.path}, block {block.name}"
