"""Errors for finished pages: each is really false, as the facts and the raw files show.

A row of `mutations.TABLE` says where an error can stand and what it turns the text into; an error counts
only if the repository does not bear it out. None of this knows how pages are scored.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.docgen.score.mutations import SEMANTIC, TABLE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tests.docgen.score.world import World


@dataclass(frozen=True)
class Error:
    """One planted error: `line` of `page`, counted from 1, was `before` and says `after`."""

    kind: str
    page: str
    line: int
    before: str
    after: str


# What stands in for an option or command that was taken away, where a repository has too few of its own.
_GONE = {
    "removed flag": "Give `--{word}-{other}` to change this.",
    "wrong command": "Run `make {word}-{other}` before a release.",
}
_PARTS = ("strict", "cached", "quiet", "deploy", "mirror", "rotate", "archive", "prune", "replay", "unpack")


def plant(world: World, seed: int, per_kind: int, per_semantic: int) -> tuple[dict[str, str], list[Error]]:
    """The pages with errors in them, one at most in a row or section, and the list of them."""
    dice = random.Random(seed)  # noqa: S311 (a fixed choice, nothing secret)
    lines = {page: text.split("\n") for page, text in sorted(world.pages.items())}
    taken: set[tuple[str, int]] = set()
    errors: list[Error] = []
    kinds = list(dict.fromkeys(planter.kind for planter in TABLE))
    for kind in kinds:
        wanted = per_semantic if kind in SEMANTIC else per_kind
        for error in _candidates(world, kind, lines, dice):
            if sum(1 for one in errors if one.kind == kind) == wanted:
                break
            here = section(lines[error.page], error.line, error.page)
            if not taken.isdisjoint(here):
                continue
            taken |= here
            lines[error.page][error.line - 1] = error.after
            errors.append(error)
        missing = wanted - sum(1 for one in errors if one.kind == kind)
        if kind in _GONE:
            errors += list(_appended(world, kind, lines, dice, missing))
    return {page: "\n".join(text) for page, text in lines.items()}, errors


def _candidates(world: World, kind: str, lines: Mapping[str, list[str]], dice: random.Random) -> list[Error]:
    found = []
    for planter in (one for one in TABLE if one.kind == kind):
        for page, number, line in _lines(lines, prose=planter.prose):
            match = planter.pattern.search(line)
            new = planter.change(match, dice) if match and match["old"] else ""
            if not match or not new:
                continue
            after = line[: match.start("old")] + new + line[match.end("old") :]
            if planter.is_false(world, page, new, line, after):
                found.append(Error(kind, page, number, line, after))
    dice.shuffle(found)
    return found


def _lines(lines: Mapping[str, list[str]], *, prose: bool) -> Iterator[tuple[str, int, str]]:
    """Every line of every page; of prose those that are in no code block and no table."""
    for page, text in lines.items():
        fenced = False
        for number, line in enumerate(text, 1):
            if line.startswith("```"):
                fenced = not fenced
            elif not (prose and (fenced or len(line.split()) < 6)):
                yield page, number, line


def _appended(
    world: World, kind: str, lines: dict[str, list[str]], dice: random.Random, count: int
) -> Iterator[Error]:
    page = next(iter(sorted(lines)))
    made = 0
    while made < count:
        word, other = dice.choice(_PARTS), dice.choice(_PARTS)
        if f"{word}-{other}" in world.words or any(f"{word}-{other}" in line for line in lines[page]):
            continue
        after = _GONE[kind].format(word=word, other=other)
        lines[page] += ["", after]
        made += 1
        yield Error(kind, page, len(lines[page]), "", after)


def section(text: list[str], line: int, page: str) -> set[tuple[str, int]]:
    """The lines that one error spoils for others: its row, else all from its heading to the next."""
    if text[line - 1].startswith("|") or "-->" in text[line - 1]:
        return {(page, line)}
    first = last = line
    while first > 1 and not text[first - 1].startswith("#"):
        first -= 1
    while last < len(text) and not text[last].startswith("#"):
        last += 1
    return {(page, number) for number in range(first, last + 1)}


def block(text: list[str], line: int, page: str) -> set[tuple[str, int]]:
    """The lines that belong together with `line`: a row alone, else all until a blank line."""
    if text[line - 1].startswith("|") or "-->" in text[line - 1]:
        return {(page, line)}
    first = last = line
    while first > 1 and text[first - 2].strip():
        first -= 1
    while last < len(text) and text[last].strip():
        last += 1
    return {(page, number) for number in range(first, last + 1)}
