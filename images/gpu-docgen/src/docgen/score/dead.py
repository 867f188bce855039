"""Sources without what is never compiled, run or called: nothing said of that is true."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from docgen.score.languages import LOOKS
from docgen.score.text import without_strings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from docgen.source.tree import SourceFile

_CLOSES = re.compile(r"\s*#\s*if\s+\(?(?:0|false)\b\)?\s*(?:/.*)?$")
_OPENS = re.compile(r"\s*#\s*if(?:n?def)?\b")
_TURNS = re.compile(r"\s*#\s*(?:else|elif\w*|endif)\b")
_BRANCH = re.compile(r"(\s*)(?:if|while)[\s(]+(?:False|0)[\s)]*:\s*(?:#.*)?$")
_FUNCTION = re.compile(r"([ \t]*)(?:async[ \t]+)?def[ \t]+(\w+)")
_UNBUILT = ("//go:build ignore", "// +build ignore", "//+build ignore")


def compiled(file: SourceFile) -> SourceFile:
    """The file with empty lines where a literal condition closes it, or a later definition replaces it."""
    lines = file.text.split("\n")
    for drop in _DROPS.get(file.language or "", ()):
        lines = list(drop(lines))
    return replace(file, data="\n".join(lines).encode()) if lines != file.text.split("\n") else file


def _preprocessed(lines: list[str]) -> Iterator[str]:
    depth = 0  # of conditions since the one that is closed, that one included
    for line in lines:
        if depth:
            is_end = depth == 1 and _TURNS.match(line)
            depth += bool(_OPENS.match(line)) - bool(re.match(r"\s*#\s*endif\b", line))
            depth = 0 if is_end else depth
            yield line if is_end else ""
            continue
        depth = 1 if _CLOSES.match(line) else 0
        yield line


def _indented(lines: list[str]) -> Iterator[str]:
    closed: int | None = None
    for line in lines:
        width = _width(line)
        if closed is not None and line.strip() and width <= closed:
            closed = None
        if closed is None and (branch := _BRANCH.match(line)):
            closed = len(branch[1])
        yield line if closed is None or width <= closed else ""


def _defined_again(lines: list[str]) -> list[str]:
    """Without the functions that one of the same name below them, in the same block, takes the place of."""
    headers = Counter(match.groups() for line in lines if (match := _FUNCTION.match(line)))
    if max(headers.values(), default=0) < 2:
        return lines
    code = without_strings("\n".join(lines), LOOKS["Python"]).split("\n")
    known: dict[int, dict[str, int]] = {}
    dropped: set[int] = set()
    for at, line in enumerate(code):
        if not line.strip():
            continue
        width = _width(line)
        for deeper in [key for key in known if key > width]:
            del known[deeper]
        match = _FUNCTION.match(line)
        if match and not (at and code[at - 1].lstrip().startswith(("@", ")"))):
            start = known.setdefault(width, {}).get(match[2])
            dropped.update(_block(code, start) if start is not None else ())
            known[width][match[2]] = at
        elif match:  # what decorates it may put it beside the first
            known.get(width, {}).pop(match[2], None)
    return ["" if at in dropped else line for at, line in enumerate(lines)]


def _block(lines: list[str], start: int) -> Iterator[int]:
    """The numbers of a function's lines."""
    yield start
    for at in range(start + 1, len(lines)):
        line = lines[at]
        if line.strip() and _width(line) <= _width(lines[start]) and not line.lstrip().startswith(")"):
            return
        yield at


def _width(line: str) -> int:
    return len(line) - len(line.lstrip())


def _unbuilt(lines: list[str]) -> Iterator[str]:
    head = [line.strip() for line in lines]
    package = next((at for at, line in enumerate(head) if line.startswith("package ")), 0)
    is_out = any(line in _UNBUILT for line in head[:package])
    return ("" if is_out else line for line in lines)


_DROPS: dict[str, tuple[Callable[[list[str]], Iterable[str]], ...]] = {
    "C": (_preprocessed,),
    "C#": (_preprocessed,),
    "C++": (_preprocessed,),
    "Go": (_unbuilt,),
    "Python": (_indented, _defined_again),
}
