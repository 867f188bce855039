"""Managed blocks: the only parts of a file that are ever written.

A block stands between `<!-- documenthor:start NAME rests-on=DIGEST -->` and
`<!-- documenthor:end NAME -->`, each on a line of its own. Bytes outside blocks are never changed,
and a block whose digest is already the wanted one is left alone, so nothing is rewritten in vain.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docgen.contract.bundle import Block

_MARKER = re.compile(
    rb"^[ \t]*<!-- documenthor:(?P<edge>start|end) (?P<name>[a-z][a-z0-9-]*)"
    rb"(?: rests-on=(?P<digest>[0-9a-f]{64}))? -->[ \t]*(?=\r?$)",
    re.MULTILINE,
)


class MarkerError(ValueError):
    """A file whose markers do not pair up, or a body that holds a marker of its own."""


class _Span:
    """Where one block stands in a file: from its start marker to the end of its end marker."""

    def __init__(self, start: re.Match[bytes], end: re.Match[bytes]) -> None:
        self.start, self.end = start.start(), end.end()
        self.digest = (start["digest"] or b"").decode()


def splice(text: bytes, blocks: Sequence[Block]) -> bytes:
    """Put `blocks` into a file's bytes: in place where their markers stand, else at the end.

    Raises `MarkerError` when the file's markers do not pair up or a body holds a marker.
    """
    for block in blocks:
        text = _splice_one(text, block)
    return text


def _splice_one(text: bytes, block: Block) -> bytes:
    span = _spans(text).get(block.name)
    if span is None:
        return text + _gap(text) + _render(block, _newline(text)) + _newline(text)
    if span.digest == block.rests_on:
        return text
    return text[: span.start] + _render(block, _newline(text)) + text[span.end :]


def _spans(text: bytes) -> dict[str, _Span]:
    spans: dict[str, _Span] = {}
    opened: re.Match[bytes] | None = None
    for marker in _MARKER.finditer(text):
        name = marker["name"].decode()
        if marker["edge"] == b"start":
            if opened is not None or name in spans:
                raise MarkerError(f"block {name!r} starts twice or inside another block")
            opened = marker
        elif opened is None or opened["name"] != marker["name"]:
            raise MarkerError(f"block {name!r} ends without having started")
        else:
            spans[name], opened = _Span(opened, marker), None
    if opened is not None:
        raise MarkerError(f"block {opened['name'].decode()!r} is never closed")
    return spans


def _render(block: Block, newline: bytes) -> bytes:
    if "<!-- documenthor:" in block.body:
        raise MarkerError(f"the body of block {block.name!r} holds a marker")
    lines = (
        f"<!-- documenthor:start {block.name} rests-on={block.rests_on} -->",
        *block.body.replace("\r\n", "\n").strip("\n").split("\n"),
        f"<!-- documenthor:end {block.name} -->",
    )
    return newline.join(line.encode() for line in lines)


def _newline(text: bytes) -> bytes:
    first = text.find(b"\n")
    return b"\r\n" if first > 0 and text[first - 1 : first] == b"\r" else b"\n"


def _gap(text: bytes) -> bytes:
    """What separates an appended block from the text before it: one blank line."""
    newline = _newline(text)
    if not text:
        return b""
    return newline if text.endswith(b"\n") else newline * 2
