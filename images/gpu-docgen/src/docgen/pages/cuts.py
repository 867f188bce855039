"""Pages of several blocks: where each begins is marked until the page is sealed.

A page is written, fitted to its system and checked as one text, so that its links and headings are seen
together. A line that begins a block of its own ends with the block's name between two characters that no
text can hold.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from docgen.pages.site import Draft

# `clean` takes private characters out of everything that a repository says.
_MARK = "\ue002"
_CUT = re.compile(f"{_MARK}([a-z][a-z0-9-]*){_MARK}")
_LONGEST = 40
# What ends a page whose last part is about something else.
END = "end"


def begun(name: str, text: str) -> str:
    """`text` as the beginning of the block `name`; what follows it on the page belongs to it too."""
    first, line_break, rest = text.partition("\n")
    return f"{first}{_MARK}{name}{_MARK}{line_break}{rest}" if text else ""


def uncut(body: str) -> str:
    """`body` without any of the marks."""
    return _CUT.sub("", body)


def ended(body: str, end: str) -> str:
    """`body` with `end` below it, which is a block of its own where the last one is a part of the page."""
    if not end:
        return body
    is_new = _CUT.search(body) and f"{_MARK}{END}{_MARK}" not in body
    return "\n\n".join((body.rstrip("\n"), begun(END, end) if is_new else end))


def pieces(draft: Draft) -> Iterator[Draft]:
    """A draft for every block of the page; what stands before the first mark keeps the draft's name.

    Two modules of one name share a block.
    """
    parts: dict[str, list[str]] = {}
    name = draft.name
    for line in draft.body.split("\n"):
        if found := _CUT.search(line):
            name = found[1]
        parts.setdefault(name, []).append(uncut(line))
    for name, lines in parts.items():
        if body := "\n".join(lines).strip("\n"):
            yield replace(draft, name=name, body=f"{body}\n")


def block_names(prefix: str, names: Sequence[str]) -> dict[str, str]:
    """A block's name for each of `names`, readable and within the bounds of one, no two the same."""
    found: dict[str, str] = {}
    for name in names:
        slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:_LONGEST].rstrip("-")
        block = f"{prefix}-{slug}" if slug else ""
        if not block or block in found.values():
            block = f"{block or prefix}-{hashlib.sha256(name.encode()).hexdigest()[:8]}"
        found[name] = block
    return found
