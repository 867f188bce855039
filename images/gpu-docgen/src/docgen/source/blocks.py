"""Human text without our blocks, so that a commit of ours never changes what is read."""

from __future__ import annotations

import re

_BLOCK = re.compile(
    rb"^[ \t]*<!-- documenthor:start (?P<name>[a-z][a-z0-9-]*)(?: rests-on=[0-9a-f]{64})? -->[ \t]*\r?$"
    rb".*?"
    rb"^[ \t]*<!-- documenthor:end (?P=name) -->[ \t]*\r?(?:\n|\Z)",
    re.MULTILINE | re.DOTALL,
)


def without_blocks(text: bytes) -> bytes:
    """`text` without managed blocks; what remains of a file that is all ours is empty."""
    if b"<!-- documenthor:" not in text:
        return text
    return _BLOCK.sub(b"", text).rstrip() + b"\n"


def is_blank(text: bytes) -> bool:
    """Whether nothing but white space (and a byte order mark) is left."""
    return not text.removeprefix(b"\xef\xbb\xbf").strip()
