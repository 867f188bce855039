"""Doc comments: which comments belong to a definition, and their text without the comment marks."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from docgen.facts.syntax.markup import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docgen.facts.syntax.definitions import Range
    from docgen.facts.syntax.rules import Rules

_MAX_DOC = 20_000
_BLOCK_MARKS = re.compile(r"^/\*[*!]*(?!/)|\**\*/$")
_LINE_MARKS = re.compile(r"^(?://[/!]?|#+)(?=\s|$|[^\s])")
_STAR = re.compile(r"^\s*\*(?!\*)[ ]?")
# Indented, and less so than code.
_BEGINS = re.compile(r"\n?( {1,3})(?=\S)")
_AT_MARGIN = re.compile(r"^\S", re.MULTILINE)
# Rulers, and words to tools rather than to readers.
_NOISE = re.compile(
    r"^\s*(?:[-=*#/_~+.]{3,}\s*$|go:\w+|nolint|\+build|export\s+\w+$|frozen_string_literal|-\*-|rubocop:|shellcheck\s"
    r"|eslint|prettier-|@ts-|tslint|clang-format|NOLINT|NOSONAR|:nodoc:|:?nocov\b|typed:|istanbul|c8 |v8 "
    r"|LCOV_|GCOVR?_)"
)
# What is left to do, up to the end of its paragraph or the next tag.
_TO_DO = re.compile(r"^(?:TODO|FIXME|XXX|HACK)\b[^\n]*(?:\n(?![@\\])[^\n]+)*\n?", re.MULTILINE)
# At the definition it hides.
_NO_DOC = re.compile(r"#+\s*:nodoc:")
_LEGAL = re.compile(r"copyright|licen[cs]e|SPDX-|all rights reserved", re.IGNORECASE)


class Comments:
    """The comments of one file; `skipped` (attributes) may stand between one and its definition."""

    def __init__(
        self, data: bytes, rules: Rules, comments: Sequence[Range], skipped: Sequence[Range]
    ) -> None:
        self._data, self._rules, self._comments = data, rules, comments
        self._items = sorted([*((*item, True) for item in comments), *((*item, False) for item in skipped)])
        self._starts = [start for start, _, _ in self._items]
        self._stopped = self._hidden()

    def before(self, start: int) -> str:
        """The doc comment that ends right before byte `start`; empty where there is none."""
        found: list[str] = []
        at = start
        for index in range(bisect_right(self._starts, start - 1) - 1, -1, -1):
            begin, end, is_comment = self._items[index]
            apart = self._rules.apart if at == start else 1
            if end > at or not self._touches(end, at, 2 if is_comment and self._is_block(begin) else apart):
                break
            if is_comment:
                text = self._text(begin, end)
                if not self._is_doc(text) or not self._is_first_on_line(begin):
                    break
                found.append(text)
            at = begin
        return self._told(found[::-1])

    def behind(self, end: int) -> str:
        """The comment on the same line behind byte `end`; empty where there is none."""
        at = bisect_left(self._comments, (end, 0))
        begin, stop = self._comments[at] if at < len(self._comments) else (end, end)
        is_near = re.fullmatch(rb"[ \t,;]*", self._data[end:begin][:200]) is not None
        return self._told([self._text(begin, stop)]) if is_near and begin < stop else ""

    def hides(self, start: int) -> bool:
        """Whether a comment on the line of the definition at byte `start` keeps it from readers."""
        before = bisect_right(self._stopped, (start, len(self._data)))
        if before and start < self._stopped[before - 1][1]:
            return True
        line_end = self._data.find(b"\n", start)
        before_end = bisect_left(self._comments, (line_end if line_end >= 0 else len(self._data), 0))
        if not before_end or self._comments[before_end - 1][0] < start:
            return False
        return _NO_DOC.match(self._text(*self._comments[before_end - 1])) is not None

    def _hidden(self) -> list[Range]:
        """The parts of the file that are kept from readers."""
        if self._rules.stops is None:
            return []
        stop, go = self._rules.stops
        found: list[Range] = []
        since = -1
        for begin, end in self._comments:
            text = self._text(begin, end)
            if since < 0 and stop.match(text):
                since = begin
            elif since >= 0 and go.match(text):
                found.append((since, end))
                since = -1
        return [*found, (since, len(self._data))] if since >= 0 else found

    def of_file(self) -> str:
        """What the file says of itself: its first comments, where their form says that they are about it."""
        wanted, groups = self._rules.file_doc, self._groups()
        if groups and groups[0][0].startswith("#!"):
            return self._told(groups[0][1:])
        if wanted is None:
            return ""
        for group in groups:
            if any(map(wanted.search, group)):
                return self._told([text for text in group if wanted.search(text) or len(group) == 1])
        return ""

    def _groups(self) -> list[list[str]]:
        """The comments at the top, those that touch one another together."""
        groups: list[list[str]] = []
        at = 0
        for start, end in self._comments[:200]:
            between = self._data[at:start]
            if between.strip() and not between.lstrip().startswith(
                (b"#!", b"<?php", b"'use strict'", b'"use strict"')
            ):
                break
            if groups and between.count(b"\n") <= 1:
                groups[-1].append(self._text(start, end))
            else:
                groups.append([self._text(start, end)])
            at = end
        return groups

    def _touches(self, end: int, at: int, lines: int) -> bool:
        between = self._data[end:at]
        return not between.strip() and between.count(b"\n") <= lines

    def _is_block(self, begin: int) -> bool:
        """Whether it is a `/** */`, which is about what follows even after a blank line."""
        return self._data.startswith(b"/**", begin)

    def _is_doc(self, text: str) -> bool:
        about_file = self._rules.file_doc
        return self._rules.doc.match(text) is not None and not (about_file and about_file.search(text))

    def _is_first_on_line(self, start: int) -> bool:
        return not self._data[self._data.rfind(b"\n", 0, start) + 1 : start].strip()

    def _text(self, start: int, end: int) -> str:
        return self._data[start : min(end, start + _MAX_DOC)].decode(errors="replace").rstrip()

    def _told(self, comments: list[str]) -> str:
        """The text of a doc comment: of block comments the last alone."""
        if comments and comments[-1].startswith("/*"):
            comments = comments[-1:]
        text = "\n".join(map(stripped, comments))
        text = plain(_TO_DO.sub("", self._rules.markup(text) if self._rules.markup else text))
        return "" if _LEGAL.search(text[:400]) or not re.search(r"\w", text) else text


def stripped(comment: str) -> str:
    """A comment without its marks, its indentation kept."""
    if comment.startswith("/*"):
        lines = _BLOCK_MARKS.sub("", comment.strip()).split("\n")
        lines = [lines[0].strip(), *(_STAR.sub("", line) for line in lines[1:])]
    else:
        lines = [_LINE_MARKS.sub("", comment).removeprefix(" ")]
    return _flush("\n".join(line.rstrip() for line in lines if not _NOISE.match(line)))


def _flush(text: str) -> str:
    """The text with its first paragraph at the margin, where others are: nothing begins with code."""
    begins = _BEGINS.match(text)
    if not begins or not _AT_MARGIN.search(text):
        return text
    first, gap, rest = text[begins.start(1) :].partition("\n\n")
    lines = (line.removeprefix(begins[1]) for line in first.split("\n"))
    return "\n".join(lines) + gap + rest
