"""Drawings of folders, as `tree` makes them: each entry names a path."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from docgen.score.model import Kind, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docgen.score.index import Index

_ENTRY = re.compile(r"^(?P<indent>(?:[│| ][ \u00a0]{3})*)[├└]─{1,8}[ \u00a0](?P<name>[^\s#(]{1,200})")
_WIDTH = 4
_MAX_ENTRIES = 500
_MAX_DEPTH = 30
_SUPPORTED: Final = (Verdict.SUPPORTED, "")


def is_entry(line: str) -> bool:
    """Whether a line is one of such a drawing."""
    return _ENTRY.match(line) is not None


def check_tree(index: Index, text: str) -> Iterator[tuple[int, Kind, str, tuple[Verdict, str]]]:
    """Line within the block, kind, path and answer of every entry; the root may have any name."""
    found = [(at, match) for at, line in enumerate(text.split("\n")) if (match := _ENTRY.match(line))]
    deep = ((at, len(match["indent"]) // _WIDTH, match["name"].rstrip("/")) for at, match in found)
    entries = [entry for entry in deep if entry[1] < _MAX_DEPTH]
    at_top = [name for _, depth, name in entries if not depth]
    shift = 1 if len(at_top) == 1 and len(entries) > 1 and not index.exists(at_top[0]) else 0
    above: list[str] = []
    for at, depth, name in entries[:_MAX_ENTRIES]:
        above = [*above[:depth], name]
        path = "/".join(above[shift:])
        if any(map(str.isalnum, path)):
            yield at, Kind.PATH, path, _answer(index, path)


def _answer(index: Index, path: str) -> tuple[Verdict, str]:
    known = index.exists(path) or any(f"/{path}/" in f"/{one}/" for one in index.present)
    return _SUPPORTED if known else (Verdict.CONTRADICTED, f"there is no {path}")
