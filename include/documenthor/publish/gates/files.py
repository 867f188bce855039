"""Gates on a whole file: what it was, and that our blocks stand in it as what they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from documenthor.errors import GateError
from documenthor.publish.gates.document import html_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docgen.contract import Block

_POINTERS = (b"version https://git-lfs.github.com/spec/",)


def readable(path: str, content: bytes) -> None:
    """The file is plain UTF-8 text; in anything else our bytes would break it."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        raise GateError("encoding", f"{path} is no UTF-8 text; convert it") from None
    if b"\0" in content or content.startswith(_POINTERS):
        raise GateError("encoding", f"{path} is no plain text; keep documentation out of large-file storage")


def in_the_open(path: str, content: bytes, blocks: Sequence[Block]) -> None:
    """No block stands inside code or HTML, where its Markdown would mean something else than checked."""
    text = content.decode("utf-8")
    begins = html_lines(text)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for block in blocks:
        marker = f"<!-- documenthor:start {block.name} rests-on="
        places = [number for number, line in enumerate(lines) if line.strip().startswith(marker)]
        if not any(number in begins for number in places):
            raise GateError(
                "markers",
                f"block {block.name} stands inside code or HTML of {path}; close that or move the block",
            )
