"""Lines in links to the source: kept where they can stay true for ever, else left out.

A page outlives the commit that it was written at, and a line number does not. Where the forge shows a
file as it was at a commit, the link leads there; elsewhere it leads to the file, and the symbol beside
it says what to look for. What a block rests on never counts lines, so code that only moved rewrites
nothing. Until the page is sealed the line stands between two characters that no text can hold.
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from docgen.pages.cuts import uncut
from docgen.pages.forges import web_address

if TYPE_CHECKING:
    from collections.abc import Iterator

# `clean` takes private characters out of everything that a repository says.
_OPEN, _CLOSE = "\ue000", "\ue001"
_MARKED = re.compile(f"{_OPEN}[^{_CLOSE}]*{_CLOSE}")
_LINK = re.compile(rf"\]\((?P<path>[^()\s{_OPEN}]+){_OPEN}#L(?P<line>\d+){_CLOSE}\)")
_REPEATED = re.compile(r"(?P<link>\[(?:\\.|[^\[\]\\\n])*\]\([^()\s]+\))(?:, (?P=link)(?=[, \n]|$))+")
_FENCE = re.compile(r"(`{3,}|~{3,})")
_HEADING = re.compile(r"(#{1,6}) ")
# A line of its own with nothing but a link to a line.
_SOURCE = re.compile(rf"[^\[\]|>-][^\[\]|]{{0,40}}\[(?:\\.|[^\[\]\\])*\]\([^()\s]*{_OPEN}#L\d+{_CLOSE}\)$")


def marked(text: str) -> str:
    """`text`, which names a line, as a part that a page can do without."""
    return f"{_OPEN}{text}{_CLOSE}"


def unmarked(body: str) -> str:
    """`body` with its lines and as one text, for whoever looks at it before it is sealed."""
    return uncut(body).replace(_OPEN, "").replace(_CLOSE, "")


def timeless(body: str) -> str:
    """`body` without any line."""
    return _MARKED.sub("", body)


def without_lines(body: str) -> str:
    """`body` with links to files alone, and each of several to the same file once.

    That what is below a heading has its source in the same file goes without saying there.
    """
    return _REPEATED.sub(r"\g<link>", timeless("\n".join(_told_once(body.split("\n")))))


def _told_once(lines: list[str]) -> Iterator[str]:
    """The lines but for those that name the source which stands under a heading around them."""
    said: dict[int, set[str]] = {}
    level, fence, gap = 0, "", False
    for line in lines:
        if gap and not line:  # the blank line of one that was left out
            gap = False
            continue
        gap = False
        if found := _FENCE.match(line):
            fence = "" if fence == found[1] else fence or found[1]
        elif not fence and (heading := _HEADING.match(line)):
            level = len(heading[1])
            said = {above: told for above, told in said.items() if above < level}
        elif not fence:
            source = timeless(line)
            if _SOURCE.match(line) and any(source in told for above, told in said.items() if above < level):
                gap = True
                continue
            said.setdefault(level, set()).add(source)
        yield line


def with_addresses(body: str, page: str, url: str, commit: str) -> str:
    """`body` of the page at `page` with each link to a line leading to the commit at the forge."""
    head, there = web_address(url), web_address(url, commit)

    def address(match: re.Match[str]) -> str:
        target = unquote(match["path"])
        known = head.format(kind="blob", path="")
        inside = posixpath.normpath(posixpath.join(posixpath.dirname(page), target))
        path = target.removeprefix(known) if target.startswith(known) else inside
        return f"]({there.format(kind='blob', path=quote(path, safe='/'))}#L{match['line']})"

    return unmarked(_LINK.sub(address, body))
