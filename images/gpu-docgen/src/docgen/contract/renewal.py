"""A file as it is to be: with the blocks that are wanted and no other of ours, or gone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docgen.contract.blocks import splice
from docgen.contract.gates.document import html_lines
from docgen.contract.markers import is_yaml, spans, style_of

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from docgen.contract.bundle import Block
    from docgen.contract.markers import Span


_BREAK = re.compile(rb"\A\r?\n")
_LAST_BLANK = re.compile(rb"(?:\A|(?<=\n))\r?\n\Z")


def renewed(text: bytes, path: str, blocks: Sequence[Block], commit: str = "") -> bytes | None:
    """The file with these blocks, all that it is to hold of ours; None where nothing of it is left.

    `commit` is the one that the links of the blocks lead to. Raises `MarkerError` as `splice` does.
    """
    lost = unwanted(text, path, {block.name for block in blocks})
    rest = without(text, path, lost)
    return None if lost and not blocks and is_deletable(path, rest) else splice(rest, blocks, commit)


def unwanted(text: bytes, path: str, wanted: Collection[str]) -> frozenset[str]:
    """The names of the blocks in a file that are not `wanted`; what only looks like one in code is none.

    Raises `MarkerError` when the markers do not pair up.
    """
    found = spans(text, style_of(path))
    names = frozenset(found).difference(wanted)
    if not names or is_yaml(path):
        return names
    begins = html_lines(text.decode(errors="replace"))
    return frozenset(name for name in names if text.count(b"\n", 0, found[name].start) in begins)


def without(text: bytes, path: str, names: Collection[str]) -> bytes:
    """`text` without the blocks of these names, and without the blank line that set each of them off.

    Raises `MarkerError` when the markers do not pair up.
    """
    found = spans(text, style_of(path))
    for name in reversed([name for name in found if name in names]):
        before, after = _around(text, found[name])
        text = before + after
    return text


def is_deletable(path: str, text: bytes) -> bool:
    """Whether a file that lost blocks of ours holds nothing else, so that it can go."""
    return not is_yaml(path) and not text.removeprefix(b"\xef\xbb\xbf").strip()


def _around(text: bytes, span: Span) -> tuple[bytes, bytes]:
    """What stands before and after a block, with one of two blank lines where both had one."""
    before, after = text[: span.start], _BREAK.sub(b"", text[span.end :], count=1)
    if not after:
        return _LAST_BLANK.sub(b"", before), after
    is_apart = not before or _LAST_BLANK.search(before)
    return before, _BREAK.sub(b"", after, count=1) if is_apart else after
