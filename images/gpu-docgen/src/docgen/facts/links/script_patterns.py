"""Patterns in `exports` of `package.json` (`"./parts/*": "./dist/parts/*.js"`): the names that they open."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from docgen.facts.model import Manifest

# Of one package; more would be a page of names.
_MOST_NAMES = 500
_SUFFIX = re.compile(r"(?:\.d)?\.[cm]?[jt]sx?$")


class Opened(NamedTuple):
    """A name that can be imported, its files as written, and what a pattern's names are told of under."""

    name: str
    files: tuple[str, ...]
    family: str = ""


def opened(manifest: Manifest, paths: Iterable[str], bases: Callable[[str, str], list[str]]) -> list[Opened]:
    """What a manifest opens, each pattern as the names that the files at `paths` give it.

    `bases` tells of the manifest's folder and a path in it all that may be meant, the likeliest first.
    """
    patterns = {name: files for name, files in sorted(manifest.opens, key=_precedence) if "*" in name}
    plain = [Opened(name, files) for name, files in manifest.opens if name not in patterns]
    taken = {item.name for item in plain}
    inside = sorted(path for path in paths if path.startswith(manifest.folder)) if patterns else []
    found: dict[str, Opened] = {}
    for pattern, files in patterns.items():
        for star in _stars([(file, bases(manifest.folder, _head(file))) for file in files], inside):
            name = pattern.replace("*", star)
            meant = next(other for other in patterns if _fits(name, other))
            if meant == pattern and name not in taken and len(found) < _MOST_NAMES:
                written = tuple(file.replace("*", star) for file in files)
                found[name] = Opened(name, written, pattern.partition("*")[0].rstrip("/"))
    return [*plain, *(found[name] for name in sorted(found))]


def _precedence(opens: tuple[str, tuple[str, ...]]) -> tuple[int, int, str]:
    """As Node has it: the longer text before the star first, then the longer pattern."""
    pattern = opens[0]
    return (-len(pattern.partition("*")[0]), -len(pattern), pattern)


def _fits(name: str, pattern: str) -> bool:
    before, _, after = pattern.partition("*")
    return len(name) > len(before) + len(after) and name.startswith(before) and name.endswith(after)


def _head(file: str) -> str:
    """The folders before the star."""
    return file.partition("*")[0].rpartition("/")[0]


def _stars(files: list[tuple[str, list[str]]], paths: list[str]) -> Iterator[str]:
    """What the star may stand for, so that a file of the pattern is one of the sources.

    A pattern that opens each file of the package by its own name is there for those who know it already.
    """
    for file, bases in files:
        before, star, after = file.partition("*")
        if not star or (not after and _head(file) in {"", "."}):
            continue
        start = before.removeprefix(f"{_head(file)}/")
        below = next((f"{base}/" for base in bases if any(path.startswith(f"{base}/") for path in paths)), "")
        if not below and _head(file) != ".":
            continue
        for path in paths:
            inside = path.removeprefix(below)
            if path.startswith(below) and inside.startswith(start):
                yield from _rest(inside.removeprefix(start), after)


def _rest(inside: str, after: str) -> Iterator[str]:
    """The part of a path before what follows the star; a source has a suffix of its own."""
    tail, dot, _ = after.partition(".")
    shown = _SUFFIX.sub("", inside) if dot else inside
    if shown.endswith(tail) and shown != tail:
        yield shown.removesuffix(tail)
