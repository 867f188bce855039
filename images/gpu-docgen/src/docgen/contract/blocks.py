"""Managed blocks: the only parts of a file that are ever written.

A block stands between `<!-- documenthor:start NAME rests-on=DIGEST -->` and
`<!-- documenthor:end NAME -->`, each on a line of its own; in YAML the markers are `#` comments.
Bytes outside blocks are never changed, and a block whose digest is already the wanted one is left
alone, so nothing is rewritten in vain.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docgen.contract.errors import MarkerError
from docgen.contract.navigation import check_addition, end_of_navigation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docgen.contract.bundle import Block


@dataclass(frozen=True)
class Style:
    """How a kind of file writes a comment on a line of its own."""

    opening: str
    closing: str

    @property
    def marker(self) -> re.Pattern[bytes]:
        """Matches a marker with its indentation, up to the line break."""
        opening, closing = re.escape(self.opening.encode()), re.escape(self.closing.encode())
        return re.compile(
            rb"^(?P<indent>[ \t]*)%bdocumenthor:(?P<edge>start|end) (?P<name>[a-z][a-z0-9-]*)"
            rb"(?: rests-on=(?P<digest>[0-9a-f]{64}))?%b[ \t]*(?=\r?$)" % (opening, closing),
            re.MULTILINE,
        )

    def around(self, block: Block) -> tuple[str, str]:
        """The two markers of a block."""
        start = f"{self.opening}documenthor:start {block.name} rests-on={block.rests_on}{self.closing}"
        return start, f"{self.opening}documenthor:end {block.name}{self.closing}"


_HTML, _HASH = Style("<!-- ", " -->"), Style("# ", "")


class _Span:
    """Where one block stands in a file: from its start marker to the end of its end marker."""

    def __init__(self, start: re.Match[bytes], end: re.Match[bytes]) -> None:
        self.start, self.end = start.start(), end.end()
        self.digest = (start["digest"] or b"").decode()
        self.indent = start["indent"].decode()


def is_yaml(path: str) -> bool:
    """Whether the file's blocks are items of a navigation rather than Markdown."""
    return path.endswith((".yml", ".yaml"))


def splice(text: bytes, blocks: Sequence[Block]) -> bytes:
    """Put `blocks` into a file's bytes: in place where their markers stand, else at the end.

    The end of a YAML file is that of its `nav` list. Raises `MarkerError` when the file's markers do
    not pair up, a body holds a marker, or there is no such list.
    """
    for block in blocks:
        text = _splice_one(text, block)
    return text


def without_blocks(text: bytes, path: str) -> bytes:
    """`text` without the blocks in it and their lines; as it is where markers do not pair up."""
    if b"documenthor:" not in text:
        return text
    try:
        spans = _spans(text, _style(path)).values()
    except MarkerError:
        return text
    for span in sorted(spans, key=lambda span: span.start, reverse=True):
        after = text.find(b"\n", span.end)
        text = text[: span.start] + (text[after + 1 :] if after >= 0 else b"")
    return text


def _style(path: str) -> Style:
    return _HASH if is_yaml(path) else _HTML


def _splice_one(text: bytes, block: Block) -> bytes:
    span = _spans(text, _style(block.path)).get(block.name)
    if span is not None and span.digest == block.rests_on:
        return text
    if not is_yaml(block.path):
        return _into_page(text, block, span)
    after = _into_navigation(text, block, span)
    check_addition(without_blocks(text, block.path), after, block.body)
    return after


def _into_page(text: bytes, block: Block, span: _Span | None) -> bytes:
    rendered = _render(block, _HTML, _newline(text))
    if span is None:
        return text + _gap(text) + rendered + _newline(text)
    return text[: span.start] + rendered + text[span.end :]


def _into_navigation(text: bytes, block: Block, span: _Span | None) -> bytes:
    if span is not None:
        return text[: span.start] + _render(block, _HASH, _newline(text), span.indent) + text[span.end :]
    at, indent = end_of_navigation(text)
    gap = b"" if text[:at].endswith(b"\n") else _newline(text)
    return text[:at] + gap + _render(block, _HASH, _newline(text), indent) + _newline(text) + text[at:]


def _spans(text: bytes, style: Style) -> dict[str, _Span]:
    spans: dict[str, _Span] = {}
    opened: re.Match[bytes] | None = None
    for marker in style.marker.finditer(text):
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


def _render(block: Block, style: Style, newline: bytes, indent: str = "") -> bytes:
    if f"{style.opening}documenthor:" in block.body:
        raise MarkerError(f"the body of block {block.name!r} holds a marker")
    start, end = style.around(block)
    lines = (start, *block.body.replace("\r\n", "\n").strip("\n").split("\n"), end)
    return newline.join((indent + line).encode() for line in lines)


def _newline(text: bytes) -> bytes:
    first = text.find(b"\n")
    return b"\r\n" if first > 0 and text[first - 1 : first] == b"\r" else b"\n"


def _gap(text: bytes) -> bytes:
    """What separates an appended block from the text before it: one blank line."""
    newline = _newline(text)
    if not text:
        return b""
    return newline if text.endswith(b"\n") else newline * 2
