"""Gates on a body's characters: what a reviewer cannot see is not published."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from docgen.contract.gates.scene import finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docgen.contract.finding import Finding
    from docgen.contract.gates.scene import Scene

# Control, format (bidi, zero-width, tags), surrogate and private characters, line and paragraph separators.
_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
# Letters and marks that show nothing: fillers, the braille blank, supplementary variation selectors.
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0") | {
    chr(c) for c in range(0xE0100, 0xE01F0)
}
_MARKER = re.compile(r"<!--\s*/?\s*documenthor\b", re.IGNORECASE)


def visible(scene: Scene) -> Iterator[Finding]:
    """Nothing invisible, nothing that reorders text, no control characters."""
    body = scene.block.body.replace("\r\n", "\n")
    for char in sorted(set(body) - {"\n", "\t"}):
        if char in _BLANK or unicodedata.category(char) in _CATEGORIES:
            line = body[: body.index(char)].count("\n") + 1
            yield finding("characters", scene, line, f"U+{ord(char):04X} cannot be seen")


def unmarked(scene: Scene) -> Iterator[Finding]:
    """No body holds a marker, not even in code: the next splice would take it for one."""
    if found := _MARKER.search(scene.block.body):
        line = scene.block.body[: found.start()].count("\n") + 1
        yield finding("markers", scene, line, "holds a marker")
