"""What stays of a block that is written again: every part that says what it said keeps its bytes.

A link to a line leads to the commit that was documented. Were each of them led to the next commit,
one changed sentence would rewrite a whole page; led to the commit where the part was last written,
they stay as true as they were.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

# A part ends where the next heading begins. What looks like one inside code only makes parts smaller.
_PART = re.compile(r"^(?=#{1,6} )", re.MULTILINE)
# Rows and items tell of one thing each, as parts do.
_ROW = ("|", "- ")
_ANY = r"(?:[0-9a-f]{64}|[0-9a-f]{40})"


def kept(old: str, new: str, commit: str) -> str:
    """The body `new`, with the bytes that stand in the body `old` wherever a part or row says the same.

    Two say the same if nothing differs but the lines of links and the commits that they lead to, in `new`
    all of them `commit`: an address with another commit in it is something that is said.
    """
    if not commit or commit not in new:
        return new
    before, now = _link(_ANY), _link(commit)
    parts = _PART.split(new)
    known = dict(_same(_PART.split(old), parts, before, now))
    left = "\n".join(part for number, part in enumerate(parts) if number not in known).split("\n")
    rows = [line for line in left if line.startswith(_ROW)]
    counts = Counter(rows)
    same = {rows[at]: row for at, row in _same(_lines(old), rows, before, now) if counts[rows[at]] == 1}
    return "".join(
        known[at] if at in known else "\n".join(same.get(line, line) for line in part.split("\n"))
        for at, part in enumerate(parts)
    )


def _lines(body: str) -> list[str]:
    return [line for line in body.split("\n") if line.startswith(_ROW)]


def _same(
    old: Sequence[str], new: Sequence[str], before: re.Pattern[str], now: re.Pattern[str]
) -> list[tuple[int, str]]:
    """The place in `new` of every text that `old` has too, with what stands there.

    Several that say the same are told apart by their order, where there are as many as there were.
    """
    known, wanted = _by_words(old, before), _by_words(new, now)
    return [
        (at, old[there].rstrip("\n") + new[at][len(new[at].rstrip("\n")) :])
        for said, places in wanted.items()
        if len(places) == len(known.get(said, ()))
        for at, there in zip(places, known[said], strict=True)
    ]


def _by_words(texts: Sequence[str], link: re.Pattern[str]) -> dict[str, list[int]]:
    """The places of each text by what it says."""
    found: dict[str, list[int]] = {}
    for at, text in enumerate(texts):
        found.setdefault(link.sub(_timeless, text.rstrip("\n")), []).append(at)
    return found


def _link(commit: str) -> re.Pattern[str]:
    """A link to a line of a file as it was at `commit`, with the line that its label may end with."""
    return re.compile(
        rf"(?::(?P<shown>\d+))?\]\((?P<address>https://[^()\s#]+/blob/){commit}(?P<path>/[^()\s#]+)"
        r"#L(?P<line>\d+)\)"
    )


def _timeless(match: re.Match[str]) -> str:
    shown = match["shown"]
    label = "" if shown is None else ":" if shown == match["line"] else f":{shown}"
    return f"{label}]({match['address']}{match['path']}#L)"
