"""Human text without our blocks, so that a commit of ours never changes what is read."""

from __future__ import annotations

from dataclasses import dataclass

from docgen import contract
from docgen.contract.markers import spans, style_of


@dataclass(frozen=True)
class Shares:
    """Who wrote what of a file: a person anything, a person what comes first, we a block."""

    has_human_text: bool
    is_headed: bool
    has_blocks: bool


def shares(text: bytes, path: str) -> Shares:
    """How the file is shared; one whose markers do not pair up is a person's."""
    try:
        starts = [span.start for span in spans(text, style_of(path)).values()]
    except contract.MarkerError:
        starts = []
    rest = contract.without_blocks(text, path)
    above = text[: starts[0]] if starts else text
    return Shares(not is_blank(rest), not is_blank(above), bool(starts))


def without_blocks(text: bytes, path: str) -> bytes:
    """`text` without managed blocks; what remains of a file that is all ours is empty."""
    rest = contract.without_blocks(text, path)
    return text if rest == text else rest.rstrip() + b"\n"


def is_blank(text: bytes) -> bool:
    """Whether nothing but white space (and a byte order mark) is left."""
    return not text.removeprefix(b"\xef\xbb\xbf").strip()
