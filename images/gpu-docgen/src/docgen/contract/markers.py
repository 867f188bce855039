"""The markers around managed blocks, and where blocks stand in a file.

A block stands between `<!-- documenthor:start NAME rests-on=DIGEST -->` and
`<!-- documenthor:end NAME -->`, each on a line of its own; in YAML the markers are `#` comments. Where a
model was asked for prose, `prose=` in the first says what for (`Block.prose`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from docgen.contract.errors import MarkerError

if TYPE_CHECKING:
    from docgen.contract.bundle import Block


@dataclass(frozen=True)
class Style:
    """How a kind of file writes a comment on a line of its own."""

    opening: str
    closing: str

    @cached_property
    def marker(self) -> re.Pattern[bytes]:
        """Matches a marker with its indentation, up to the line break."""
        opening, closing = re.escape(self.opening.encode()), re.escape(self.closing.encode())
        return re.compile(
            rb"^(?P<indent>[ \t]*)%bdocumenthor:(?P<edge>start|end) (?P<name>[a-z][a-z0-9-]*)"
            rb"(?: rests-on=(?P<digest>[0-9a-f]{64}))?(?: prose=(?P<prose>[0-9a-f.,]+))?%b[ \t]*(?=\r?$)"
            % (opening, closing),
            re.MULTILINE,
        )

    def around(self, block: Block) -> tuple[str, str]:
        """The two markers of a block."""
        prose = f" prose={block.prose}" if block.prose else ""
        start = f"{self.opening}documenthor:start {block.name} rests-on={block.rests_on}{prose}{self.closing}"
        return start, f"{self.opening}documenthor:end {block.name}{self.closing}"


HTML, HASH = Style("<!-- ", " -->"), Style("# ", "")


class Span:
    """Where one block stands in a file: from its start marker to the end of its end marker.

    `body` is what stands between the markers, line breaks included.
    """

    def __init__(self, text: bytes, start: re.Match[bytes], end: re.Match[bytes]) -> None:
        self.start, self.end = start.start(), end.end()
        self.digest = (start["digest"] or b"").decode()
        self.prose = (start["prose"] or b"").decode()
        self.indent = start["indent"].decode()
        self.body = text[start.end() : end.start()]


def is_yaml(path: str) -> bool:
    """Whether the file's blocks are items of a navigation rather than Markdown."""
    return path.endswith((".yml", ".yaml"))


def style_of(path: str) -> Style:
    """How the file at `path` writes its markers."""
    return HASH if is_yaml(path) else HTML


def spans(text: bytes, style: Style) -> dict[str, Span]:
    """Every block of a file by its name, in order; raises `MarkerError` when markers do not pair up."""
    found: dict[str, Span] = {}
    if b"documenthor:" not in text:
        return found
    opened: re.Match[bytes] | None = None
    for marker in style.marker.finditer(text):
        name = marker["name"].decode()
        if marker["edge"] == b"start":
            if opened is not None or name in found:
                raise MarkerError(f"block {name!r} starts twice or inside another block")
            opened = marker
        elif opened is None or opened["name"] != marker["name"]:
            raise MarkerError(f"block {name!r} ends without having started")
        else:
            found[name], opened = Span(text, opened, marker), None
    if opened is not None:
        raise MarkerError(f"block {opened['name'].decode()!r} is never closed")
    return found
