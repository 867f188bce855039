"""Signatures: the source of a definition without its body and comments, on one line if it fits."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING

from docgen.facts.model import Kind
from docgen.facts.python.symbols import looks_secret
from docgen.facts.syntax.definitions import VAGUE
from docgen.facts.syntax.parsing import text_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tree_sitter import Node

    from docgen.facts.syntax.definitions import Definition, Range

_WIDTH = 88
_MAX_VALUE = 80
_MAX_TYPE = 400
_MAX_SIGNATURE = 1_000
_END = re.compile(r"(?:\s*(?:=>|[;,{]|(?<=\s)[=:])){1,4}$")
_HEREDOC = re.compile(rb"<<|.*?<<[~-]['\"`A-Za-z_]")
_AFTER_OPEN = re.compile(r"([(\[])\s+")
_BEFORE_CLOSE = re.compile(r",?\s+([)\]])")
# Around type parameters, each on a line of its own.
_AFTER_ANGLE = re.compile(r"(?<=\w)<[ \t]*\n\s*")
_BEFORE_ANGLE = re.compile(r",?[ \t]*\n\s*>(?!=)")
# Where something was cut out, and where that needs no space.
_CUT = "\0"
_CUT_SPACE = re.compile(r"(?<=[(\[])[ \t]*\0[ \t]*|[ \t]*\0[ \t]*(?=[,)\]])")
# Where nothing but a comment stood.
_EMPTY = re.compile(r"\(\s+\)")


class Signatures:
    """Writes the signatures of one file.

    `cuts` never show, `last` ends the last of many lines, and at the bytes `unended` what only a line's end
    separates is separated by a mark.
    """

    def __init__(
        self, data: bytes, cuts: Sequence[Range], last: str = "", unended: Sequence[int] = ()
    ) -> None:
        self._data, self._last = data, last
        self._unended = frozenset((end, end) for end in unended)
        self._cuts = _disjoint([*cuts, *self._unended])
        self._ends = [end for _, end in self._cuts]
        self._known: dict[int, str] = {}

    def of(self, item: Definition, *, is_open: bool = False) -> str:
        """The signature of a definition, the same for all its names; `is_open` leaves out its value."""
        if item.node.id not in self._known:
            self._known[item.node.id] = self._written(item, is_open=is_open)
        return self._known[item.node.id]

    def _written(self, item: Definition, *, is_open: bool) -> str:
        node = item.node if item.prefix else item.outer
        values = [value for value in item.values if item.kind in VAGUE]
        values = [value for value in _innermost(values) if is_open or self._hides(item, value)]
        text = self._line(node.start_byte, node.end_byte, [*item.bodies, *values], values)
        text = " ".join((*item.prefix, text))
        text = text[:-20] + _END.sub("", text[-20:])
        if item.parameters is not None and item.parameters.type == "identifier":  # `name => name + 1`
            name = text_of(item.parameters)
            text = f"{text.removesuffix(name)}({name})" if text.endswith(name) else text
        if len(text) > _WIDTH and item.parameters is not None:
            text = self._wrapped(item.parameters, text)
        return text if len(text) <= _MAX_SIGNATURE else f"{text[: _MAX_SIGNATURE - 1]}…"

    def _hides(self, item: Definition, value: Range) -> bool:
        """Whether a value is too long to show, or may be a secret."""
        text = self._data[value[0] : value[1]].strip()
        if _HEREDOC.match(text):  # the text stands below it
            return True
        is_text = text[:1] in {b'"', b"'", b"`"}
        if item.kind is Kind.TYPE:
            return len(b" ".join(text.split())) > _MAX_TYPE
        return len(text) > _MAX_VALUE or b"\n" in text or (is_text and any(map(looks_secret, item.names)))

    def _line(self, start: int, end: int, hidden: Sequence[Range], shortened: Sequence[Range] = ()) -> str:
        """The source between `start` and `end` without the hidden ranges, white space made plain."""
        pieces: list[str] = []
        at = start
        for cut_start, cut_end in sorted((*self._between(start, end), *hidden)):
            if cut_end > at:
                pieces.append(self._text(at, max(at, cut_start)))
                is_mark = (cut_start, cut_end) in self._unended
                pieces.append("; " if is_mark else "…" if (cut_start, cut_end) in shortened else _CUT)
                at = cut_end
        pieces.append(self._text(at, end))
        text = _CUT_SPACE.sub("", "".join(pieces)).replace(_CUT, " ").strip()
        if "\n" in text:
            text = _BEFORE_CLOSE.sub(r"\1", _AFTER_OPEN.sub(r"\1", text))
            text, opened = _AFTER_ANGLE.subn("<", text)
            text = _BEFORE_ANGLE.sub(">", text, count=opened) if opened else text
        return _EMPTY.sub("()", " ".join(text.split()))

    def _between(self, start: int, end: int) -> list[Range]:
        first = bisect_right(self._ends, start)
        return self._cuts[first : bisect_left(self._cuts, (end, 0))]

    def _text(self, start: int, end: int) -> str:
        return self._data[start:end].decode(errors="replace")

    def _wrapped(self, parameters: Node, text: str) -> str:
        """One parameter a line, where the parameters stand in brackets."""
        children = parameters.children
        if len(children) < 3 or children[0].type != "(" or children[-1].type != ")":
            return text
        marks = [children[0], *(child for child in children if child.type == ","), children[-1]]
        parts = [self._line(left.end_byte, right.start_byte, ()) for left, right in pairwise(marks)]
        lines = ",\n".join(f"    {part}" for part in parts if part)
        joined = self._line(parameters.start_byte, parameters.end_byte, ())
        head, found, tail = text.partition(joined)
        return f"{head}(\n{lines}{self._last}\n){tail}" if found and lines else text


def _innermost(ranges: Sequence[Range]) -> list[Range]:
    """Those that no other is inside of."""
    return [
        outer
        for outer in ranges
        if not any(inner != outer and outer[0] <= inner[0] and inner[1] <= outer[1] for inner in ranges)
    ]


def _disjoint(ranges: Sequence[Range]) -> list[Range]:
    """Sorted ranges, without those inside another."""
    kept: list[Range] = []
    for start, end in sorted(ranges, key=lambda item: (item[0], -item[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept
