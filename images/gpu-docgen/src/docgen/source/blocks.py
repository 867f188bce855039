"""Human text without our blocks, so that a commit of ours never changes what is read."""

from __future__ import annotations

from docgen import contract


def without_blocks(text: bytes, path: str) -> bytes:
    """`text` without managed blocks; what remains of a file that is all ours is empty."""
    rest = contract.without_blocks(text, path)
    return text if rest == text else rest.rstrip() + b"\n"


def is_blank(text: bytes) -> bool:
    """Whether nothing but white space (and a byte order mark) is left."""
    return not text.removeprefix(b"\xef\xbb\xbf").strip()
