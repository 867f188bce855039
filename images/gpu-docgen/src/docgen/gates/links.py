"""Relative links lead to a file, a line or a heading that is there."""

from __future__ import annotations

import itertools
import posixpath
import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from docgen.contract.gates.document import parse
from docgen.gates.flaw import Flaw

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docgen.gates.flaw import Sheet
    from docgen.gates.known import Known

_LINE = re.compile(r"L(\d+)(?:-L\d+)?")
_NOT_IN_SLUG = re.compile(r"[^\w\- ]")


def links(sheet: Sheet) -> Iterator[Flaw]:
    """Every relative link resolves within the tree and the pages that are written."""
    for token, line in sheet.document.tokens:
        target = str(token.attrs.get("href", "")) if token.type == "link_open" else ""
        if target and "://" not in target and not _resolves(sheet.draft.path, target, sheet.known):
            yield Flaw(
                "anchors" if target.startswith("#") else "links",
                line,
                f"nothing is at {target[:80]!r}",
                target,
            )


def _resolves(page: str, target: str, known: Known) -> bool:
    path, _, anchor = target.partition("#")
    plain = unquote(path)
    there = posixpath.normpath(posixpath.join(posixpath.dirname(page), plain)) if plain else page
    if not known.has(there):
        return False
    if not anchor:
        return True
    if line := _LINE.fullmatch(anchor):
        file = known.tree.files.get(there)
        return file is not None and 1 <= int(line[1]) <= file.data.count(b"\n") + 1
    return unquote(anchor) in _slugs(there, known)


def _slugs(path: str, known: Known) -> frozenset[str]:
    """The anchors of a page: of what people wrote in it, and of our block."""
    return slugs(f"{known.tree.text(path) or ''}\n\n{known.pages.get(path, '')}")


def slugs(body: str) -> frozenset[str]:
    """The anchors that GitHub gives to the headings of a page, in their order."""
    found: dict[str, int] = {}
    tokens = [located.token for located in parse(body).tokens]
    for before, token in itertools.pairwise(tokens):
        if before.type == "heading_open" and token.type == "inline":
            text = "".join(child.content for child in token.children or ())
            first = slug = _NOT_IN_SLUG.sub("", text.strip().lower()).replace(" ", "-")
            while slug in found:
                found[first] += 1
                slug = f"{first}-{found[first]}"
            found[slug] = 0
    return frozenset(found)
