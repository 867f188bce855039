"""Gates on a whole file: what it was, and that our blocks stand in it as what they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen.contract.gates.document import html_lines

from documenthor.errors import GateError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docgen.contract import Block

MAX_FILE_BYTES = 1024 * 1024
_POINTERS = (b"version https://git-lfs.github.com/spec/",)


def readable(path: str, content: bytes) -> None:
    """The file is plain UTF-8 text; in anything else our bytes would break it."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        raise GateError("encoding", f"{path} is no UTF-8 text; convert it") from None
    if b"\0" in content or content.startswith(_POINTERS):
        raise GateError("encoding", f"{path} is no plain text; keep documentation out of large-file storage")


def small_enough(path: str, content: bytes) -> None:
    """A file with its blocks stays within bounds."""
    if len(content) > MAX_FILE_BYTES:
        raise GateError("sizes", f"{path} would have {len(content)} bytes; at most {MAX_FILE_BYTES}")


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


def untouched(path: str, old: bytes, new: bytes, blocks: Sequence[Block]) -> None:
    """Outside our blocks every byte is as it was; a block that is new is set off by blank lines alone."""
    names = [block.name for block in blocks]
    before, after = _outside(old, names), _outside(new, names)
    if not after.startswith(before) or after[len(before) :].strip(b"\r\n"):
        raise GateError(
            "human text", f"{path} would change outside our blocks; report this as a mistake of ours"
        )


def _outside(content: bytes, names: Sequence[str]) -> bytes:
    """`content` without the lines of the blocks of these names, line by line and unlike the splice."""
    kept: list[bytes] = []
    inside = ""
    for line in content.splitlines(keepends=True):
        words = line.split()
        edge, name = (words[1], words[2].decode(errors="replace")) if len(words) >= 4 else (b"", "")
        is_marker = words[:1] == [b"<!--"] and words[-1:] == [b"-->"] and name in names
        if is_marker and not inside and edge == b"documenthor:start":
            inside = name
        elif is_marker and inside == name and edge == b"documenthor:end":
            inside = ""
            kept.append(line[len(line.rstrip(b"\r\n")) :])
        elif not inside:
            kept.append(line)
    return b"".join(kept)
