"""Drafts to blocks: cut, without what is unsafe, with links to lines, and the digest of what they say."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from docgen.contract import Block
from docgen.contract.gates.shape import MAX_BLOCK_BYTES, MAX_BLOCKS, MAX_BYTES
from docgen.pages.cuts import pieces, uncut
from docgen.pages.forges import web_address
from docgen.pages.lines import timeless, with_addresses, without_lines
from docgen.pages.markdown import clean
from docgen.pages.redaction import without_secrets

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docgen.contract import JobSpec
    from docgen.pages.site import Draft

# The next splice would take it for a marker of ours, wherever it stands.
_MARKER = re.compile(r"<!--(?=\s*/?\s*documenthor\b)", re.IGNORECASE)


def seal(spec: JobSpec, drafts: Sequence[Draft]) -> tuple[Block, ...]:
    """The blocks of the drafts, with links to lines where the forge has them and the caps allow it.

    A page is one block where its parts would be more than may be published.
    """
    parts = [piece for draft in drafts for piece in pieces(draft)]
    whole = [replace(draft, body=uncut(draft.body)) for draft in drafts]
    drafts = parts if len(parts) <= MAX_BLOCKS else whole
    if web_address(spec.url):
        linked = tuple(_linked(draft, spec) for draft in drafts)
        sizes = [len(block.body.encode()) for block in linked]
        if max(sizes, default=0) <= MAX_BLOCK_BYTES and sum(sizes) <= MAX_BYTES:
            return linked
    return tuple(_plain(draft) for draft in drafts)


def _linked(draft: Draft, spec: JobSpec) -> Block:
    body = clean(with_addresses(draft.body, draft.path, spec.url, spec.commit))
    return _block(draft, body, timeless(draft.body), web_address(spec.url))


def _plain(draft: Draft) -> Block:
    body = clean(without_lines(draft.body))
    return _block(draft, body, body)


def _block(draft: Draft, body: str, *rests_on: str) -> Block:
    """The block; its digest covers what it says, but neither commit, recipe nor line."""
    digest = hashlib.sha256("\0".join((draft.path, draft.name, *rests_on)).encode()).hexdigest()
    return Block(path=draft.path, name=draft.name, rests_on=digest, body=body)


def safe(draft: Draft) -> Draft:
    """The draft without credentials, markers and what cannot be encoded."""
    text = without_secrets(_MARKER.sub("<! --", encodable(draft.body)))
    return replace(draft, body=text.strip("\n") + "\n")


def encodable(text: str) -> str:
    """`text` as it can be encoded: sources may hold halves of characters."""
    return text.encode(errors="replace").decode()
