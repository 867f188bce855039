"""Gates on a whole file: what it was, and that our blocks stand in it as what they are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docgen.contract.gates.document import html_lines

from documenthor.errors import GateError

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from docgen.contract import Block

MAX_FILE_BYTES = 1024 * 1024
_STARTS = re.compile(
    r"\s*<!-- documenthor:start ([a-z][a-z0-9-]*)(?: rests-on=[0-9a-f]{64})?(?: prose=[0-9a-f.,]+)? -->\s*$"
)
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
    there = _names(content)
    for block in blocks:
        if block.name not in there:
            raise GateError(
                "markers",
                f"block {block.name} stands inside code or HTML of {path}; close that or move the block",
            )


def untouched(path: str, old: bytes, new: bytes, blocks: Sequence[Block]) -> None:
    """Outside our blocks every byte is as it was, but for line breaks beside a block that comes or goes."""
    names = _names(old).union(block.name for block in blocks)
    rest = b"\n".join(_outside(new, names))
    for text in _outside(old, names):
        rest = rest.lstrip(b"\r\n")
        if not rest.startswith(text):
            break
        rest = rest[len(text) :]
    else:
        if not rest.strip(b"\r\n"):
            return
    raise GateError("human text", f"{path} would change outside our blocks; report this as a mistake of ours")


def _names(content: bytes) -> frozenset[str]:
    """The blocks that start in the open: neither inside code nor inside HTML."""
    text = content.decode("utf-8")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    found = ((number, _STARTS.match(lines[number])) for number in html_lines(text) if number < len(lines))
    return frozenset(match[1] for _, match in found if match)


def _outside(content: bytes, names: Collection[str]) -> list[bytes]:
    """What stands before, between and after the blocks of these names, read unlike the splice does."""
    kept = [b""]
    inside = ""
    for line in content.splitlines(keepends=True):
        words = line.split()
        edge, name = (words[1], words[2].decode(errors="replace")) if len(words) >= 4 else (b"", "")
        is_marker = words[:1] == [b"<!--"] and words[-1:] == [b"-->"] and name in names
        if is_marker and not inside and edge == b"documenthor:start":
            inside = name
        elif is_marker and inside == name and edge == b"documenthor:end":
            inside = ""
            kept.append(b"")
        elif not inside:
            kept[-1] += line
    return [text for text in (part.strip(b"\r\n") for part in kept) if text]
