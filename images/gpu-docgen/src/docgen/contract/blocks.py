"""Managed blocks: the only parts of a file that are ever written.

Bytes outside blocks are never changed, and a block whose digest is already the wanted one is left
alone, so nothing is rewritten in vain. Of one that is written, what it said already keeps its bytes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen.contract.errors import MarkerError
from docgen.contract.markers import HASH, HTML, is_yaml, spans, style_of
from docgen.contract.navigation import check_addition, end_of_navigation
from docgen.contract.parts import kept

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docgen.contract.bundle import Block
    from docgen.contract.markers import Span, Style


def splice(text: bytes, blocks: Sequence[Block], commit: str = "") -> bytes:
    """Put the `blocks` of one file, in their order, into its bytes; those that stand there keep their place.

    A new one goes before the next of `blocks` that stands there, else behind the one before it, else to
    the end; in YAML that is the end of the `nav` list. `commit` is the one that the links of the blocks
    lead to. Raises `MarkerError` when the file's markers do not pair up, a body holds a marker, or there
    is no such list.
    """
    if blocks and is_yaml(blocks[0].path):
        for block in blocks:
            text = _into_navigation(text, block)
        return text
    return _into_page(text, blocks, commit)


def without_blocks(text: bytes, path: str) -> bytes:
    """`text` without the blocks in it and their lines; as it is where markers do not pair up."""
    try:
        found = spans(text, style_of(path)).values()
    except MarkerError:
        return text
    for span in reversed(found):
        after = text.find(b"\n", span.end)
        text = text[: span.start] + (text[after + 1 :] if after >= 0 else b"")
    return text


def remembered(text: bytes, path: str) -> tuple[tuple[str, str], ...]:
    """`Block.prose` and the body of every block of `text` that has any; nothing where markers do not pair up.

    Both are the repository's word, which anybody may have edited.
    """
    try:
        found = spans(text, style_of(path)).values()
    except MarkerError:
        return ()
    return tuple((span.prose, span.body.decode(errors="replace")) for span in found if span.prose)


def _into_page(text: bytes, blocks: Sequence[Block], commit: str) -> bytes:
    there, newline = spans(text, HTML), _newline(text)
    places: list[tuple[Span, list[bytes]]] = []
    new: list[bytes] = []
    for block in blocks:
        span = there.get(block.name)
        if span is None:
            new.append(_render(block, block.body, HTML, newline))
        else:
            places.append((span, [*new, _again(text, block, span, commit)]))
            new = []
    if not places:
        return text + _gap(text) + _joined(new, newline) + newline if new else text
    places[-1][1].extend(new)
    for span, pieces in sorted(places, key=lambda place: place[0].start, reverse=True):
        text = text[: span.start] + _joined(pieces, newline) + text[span.end :]
    return text


def _again(text: bytes, block: Block, span: Span, commit: str) -> bytes:
    """The block where it stands: as it is, or written again but for what it said already."""
    if span.digest == block.rests_on:
        return text[span.start : span.end]
    old = _normal(span.body.decode(errors="replace"))
    return _render(block, kept(old, _normal(block.body), commit), HTML, _newline(text))


def _into_navigation(text: bytes, block: Block) -> bytes:
    span = spans(text, HASH).get(block.name)
    if span is not None and span.digest == block.rests_on:
        return text
    if span is not None:
        rendered = _render(block, block.body, HASH, _newline(text), span.indent)
        after = text[: span.start] + rendered + text[span.end :]
    else:
        after = _at_end_of_navigation(text, block)
    check_addition(without_blocks(text, block.path), after, block.body)
    return after


def _at_end_of_navigation(text: bytes, block: Block) -> bytes:
    at, indent = end_of_navigation(text)
    gap = b"" if text[:at].endswith(b"\n") else _newline(text)
    return (
        text[:at]
        + gap
        + _render(block, block.body, HASH, _newline(text), indent)
        + _newline(text)
        + text[at:]
    )


def _render(block: Block, body: str, style: Style, newline: bytes, indent: str = "") -> bytes:
    if f"{style.opening}documenthor:" in body:
        raise MarkerError(f"the body of block {block.name!r} holds a marker")
    start, end = style.around(block)
    lines = (start, *_normal(body).split("\n"), end)
    return newline.join((indent + line).encode() for line in lines)


def _normal(body: str) -> str:
    return body.replace("\r\n", "\n").strip("\n")


def _joined(pieces: Sequence[bytes], newline: bytes) -> bytes:
    return (newline * 2).join(pieces)


def _newline(text: bytes) -> bytes:
    first = text.find(b"\n")
    return b"\r\n" if first > 0 and text[first - 1 : first] == b"\r" else b"\n"


def _gap(text: bytes) -> bytes:
    """What separates an appended block from the text before it: one blank line."""
    newline = _newline(text)
    if not text:
        return b""
    return newline if text.endswith(b"\n") else newline * 2
