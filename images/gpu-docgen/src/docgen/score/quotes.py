"""Sentences against the repository's own words: what is quoted has to be quoted right."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from docgen.score.model import Spot, Verdict
from docgen.score.text import WORD
from docgen.score.words import CLASSES, JOINING, NUMBER, NUMBER_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from docgen.score.index import Index

_SENTENCE_END = re.compile(r"(?<=[.!?:;])\s+(?=[A-Z0-9`\"'(*])|\s\|\s|\n")
# What an item of a list is about, as in "`name` (`type`): ..."; the name is checked by itself.
_LABEL = re.compile(r"^(?:\w+ )?`[^`]*`(?: \((?:`[^`\n]{1,200}`|[^)\n]{1,200})\))?:\s+")
# A character by its name, which a page shows as itself.
_ENTITY = re.compile(r"&(?:#\d{2,6}|[A-Za-z]{2,10});")
_THOUSANDS = re.compile(r"(?<=\d)_(?=\d)")
_GRAM = 3
_MIN_WORDS = 4
_MAX_WORDS = 60
_MAX_PLACES = 24
_MAX_CANDIDATES = 6
# The share of a sentence's words, in order, from which it is a quotation that may have been changed.
# A short sentence shares that many with others by chance, as does any with places nobody pointed to.
_NEAR, _NEAR_SHORT, _SHORT, _FARTHER = 0.6, 0.7, 10, 0.1
# Lines that a comment may be above, and a docstring below, the line that its section links to.
_ABOVE, _REACH = 80, 250

Gram = tuple[str, ...]


def sentences(text: str) -> list[str]:
    """The sentences of a passage, the over-long cut."""
    found = []
    for part in _SENTENCE_END.split(_LABEL.sub("", text)):
        words = part.split()
        found += [" ".join(words[at : at + _MAX_WORDS]) for at in range(0, len(words), _MAX_WORDS)]
    return [part for part in found if part]


def words_of(text: str) -> list[str]:
    """The words of a text, in one case; what it was cut at is no word."""
    return [word.lower() for word in WORD.findall(_THOUSANDS.sub("", _ENTITY.sub(" ", text)))]


@dataclass(frozen=True)
class Reading:
    """What the nearest passage of the sources makes of a sentence; `share` of its words stand there."""

    verdict: Verdict
    share: float = 0.0
    why: str = ""


_UNKNOWN = Reading(Verdict.UNKNOWN)


class Quotes:
    """Where the three-word runs of the documentation stand in the sources."""

    def __init__(self, index: Index, texts: Iterable[str]) -> None:
        self._words: dict[str, list[str]] = {}
        self._lines: dict[str, list[int]] = {}
        self._places: dict[Gram, dict[str, list[int]]] = {}
        for text in texts:
            for gram in _grams(words_of(text)):
                self._places.setdefault(gram, {})
        for path, file in (*index.files.items(), *index.prose.items()):
            self._read(path, file.text)

    def _read(self, path: str, text: str) -> None:
        words: list[str] = []
        lines: list[int] = []
        for number, line in enumerate(text.split("\n"), 1):
            found = words_of(line)
            words += found
            lines += [number] * len(found)
        places = self._places
        for at, gram in enumerate(zip(words, words[1:], words[2:], strict=False)):
            if gram in places:
                places[gram].setdefault(path, []).append(at)
        self._words[path], self._lines[path] = words, lines

    def bound(self, text: str) -> float:
        """The share of a text's words that stand in a run of three in the sources."""
        words = words_of(text)
        hit: set[int] = set()
        for at, gram in enumerate(_grams(words)):
            if self._places.get(gram):
                hit.update(range(at, at + _GRAM))
        return len(hit) / len(words) if words else 0.0

    def read(self, sentence: str, spot: Spot | None) -> Reading:
        """Compare a sentence with the passages nearest to it, those at `spot` before all others."""
        words = words_of(sentence)
        if len(words) < _MIN_WORDS:
            return _UNKNOWN
        readings: list[tuple[bool, Reading]] = []
        for near, path, at in self._candidates(words, spot):
            reading = self._compared(words, path, at, near=near)
            if near == bool(spot) and reading.share == 1 and reading.verdict is Verdict.SUPPORTED:
                return reading
            readings.append((near, reading))
        at_spot = [reading for near, reading in readings if near and reading.verdict is not Verdict.UNKNOWN]
        found = at_spot or [reading for _, reading in readings]
        return max(found, key=_preference, default=_UNKNOWN)

    def _candidates(self, words: Sequence[str], spot: Spot | None) -> list[tuple[bool, str, int]]:
        votes: dict[tuple[str, int], int] = {}
        for at, gram in enumerate(_grams(words)):
            for path, position in (*self._close(gram, spot), *self._first(gram)):
                start = (path, (position - at) // 4 * 4)
                votes[start] = votes.get(start, 0) + 1
        near: list[tuple[bool, str, int]] = []
        far: list[tuple[bool, str, int]] = []
        for start in sorted(votes, key=lambda start: (-votes[start], start)):
            is_near = self._is_near(start, spot)
            (near if is_near else far).append((is_near, *start))
        return [*near[:_MAX_CANDIDATES], *far[:_MAX_CANDIDATES]]

    def _first(self, gram: Gram) -> Iterator[tuple[str, int]]:
        """The first places of a run, in the order of the files."""
        places = self._places.get(gram, {})
        return islice(((path, at) for path, found in places.items() for at in found), _MAX_PLACES)

    def _close(self, gram: Gram, spot: Spot | None) -> list[tuple[str, int]]:
        """The first places of a run near `spot`; found by halving, for a run may stand in thousands."""
        found = self._places.get(gram, {}).get(spot.path, []) if spot else []
        if spot is None or not found:
            return []
        lines, first, last = self._lines[spot.path], 0, found[-1] + 1
        if spot.line:
            first = bisect_left(lines, spot.line - _ABOVE)
            last = bisect_right(lines, spot.line + _REACH)
        start = bisect_left(found, first)
        end = min(start + _MAX_PLACES, bisect_left(found, last))
        return [(spot.path, at) for at in found[start:end]]

    def _is_near(self, place: tuple[str, int], spot: Spot | None) -> bool:
        if spot is None or place[0] != spot.path:
            return False
        lines = self._lines[spot.path]
        line = lines[min(max(place[1], 0), len(lines) - 1)] if lines else 0
        return not spot.line or spot.line - _ABOVE <= line <= spot.line + _REACH

    def _compared(self, words: Sequence[str], path: str, at: int, *, near: bool) -> Reading:
        source = self._words[path][max(0, at - 6) : at + len(words) + 14]
        matcher = SequenceMatcher(None, source, words, autojunk=False)
        blocks = [block for block in matcher.get_matching_blocks() if block.size]
        share = sum(block.size for block in blocks) / len(words)
        wanted = (_NEAR_SHORT if len(words) < _SHORT else _NEAR) + (0 if near else _FARTHER)
        if share < wanted:
            return Reading(Verdict.UNKNOWN, share)
        gone, come = _differences(source, words, blocks)
        if changed := critical(gone, come):
            context = " ".join(source[blocks[0].a : blocks[-1].a + blocks[-1].size])
            return Reading(Verdict.CONTRADICTED, share, f"{changed}; {path} says: {context[:160]}")
        return Reading(Verdict.SUPPORTED, share)


def _preference(reading: Reading) -> tuple[float, bool]:
    """The closest passage decides; among equals the one that agrees."""
    return round(reading.share, 2), reading.verdict is Verdict.SUPPORTED


def _grams(words: Sequence[str]) -> list[Gram]:
    return list(zip(words, words[1:], words[2:], strict=False))


def _differences(
    source: Sequence[str], words: Sequence[str], blocks: Sequence[tuple[int, int, int]]
) -> tuple[list[str], list[str]]:
    """Words of the source that are gone and words that have come, the sentence's ends included."""
    first, last = blocks[0], blocks[-1]
    gone = list(source[max(0, first[0] - first[1]) : first[0]])
    come = list(words[: first[1]])
    for (a, b, size), (next_a, next_b, _) in pairwise(blocks):
        gone += source[a + size : next_a]
        come += words[b + size : next_b]
    end_a, end_b = last[0] + last[2], last[1] + last[2]
    left = len(words) - end_b
    return gone + list(source[end_a : end_a + left]), come + list(words[end_b:])


def critical(gone: Sequence[str], come: Sequence[str]) -> str:
    """What a difference changes about the meaning; empty where it changes nothing that is known."""
    for name, members in CLASSES.items():
        before, after = sorted(members.intersection(gone)), sorted(members.intersection(come))
        if before != after and (after or name == "negation"):
            return f"{name} changed ({_shown(before)} became {_shown(after)})"
    before, after = [sorted(filter(_is_number, side)) for side in (gone, come)]
    if after and before != after:
        return f"number changed ({_shown(before)} became {_shown(after)})"
    names = sorted(word for word in come if "_" in word and word not in gone)
    if names:
        return f"name changed to {_shown(names)}"
    moved = sorted({word for word in come if len(word) > 3 and word not in JOINING} & set(gone))
    return f"order changed ({_shown(moved)})" if moved else ""


def _is_number(word: str) -> bool:
    return NUMBER.match(word) is not None or word in NUMBER_WORDS


def _shown(words: Sequence[str]) -> str:
    return ", ".join(words) or "nothing"
