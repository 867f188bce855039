"""Links: what they lead to has to be there, and a label that is a path has to be that path."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from docgen.score.model import Kind, Spot, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from docgen.score.index import Index
    from docgen.score.model import Link

_ABSOLUTE = re.compile(r"^(?:[a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)
# A file as a forge shows it; whose repository it is in the address alone does not tell.
_ON_FORGE = re.compile(r"^https?://[^/]+/[^/]+/.*?/(?:-/)?(?:blob|tree)/[^/]+/(?P<path>.+)$")
_LINE = re.compile(r"^L(\d{1,9})(?:-L?\d+)?$")
_LABEL_PATH = re.compile(r"^[\w@.-]+(?:/[\w@.-]+)*/?(?::\d+)?$")
_LABEL_MODULE = re.compile(r"^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+$")
_TARGET = re.compile(r"\]\(([^()\s]{1,500})\)")
_SUFFIX = re.compile(r"(?:/__init__)?\.\w+$")
_SUPPORTED: Final = (Verdict.SUPPORTED, "")

Answer = tuple[Verdict, str]


def resolved(page: str, target: str) -> Spot | None:
    """The place in the repository that a link leads to; None for an address elsewhere."""
    path, _, fragment = target.partition("#")
    if forge := _ON_FORGE.match(path):
        path, page = forge["path"], ""
    elif _ABSOLUTE.match(target) or not path:
        return None
    start = "" if path.startswith("/") else posixpath.dirname(page)
    line = _LINE.match(fragment)
    joined = posixpath.normpath(posixpath.join(start, unquote(path).lstrip("/")))
    return Spot(joined, int(line[1]) if line else 0)


def targets(page: str, markdown: str) -> Iterator[str]:
    """The paths that a page links to, found without reading it properly."""
    for target in _TARGET.findall(markdown):
        if spot := resolved(page, target):
            yield spot.path


def check_link(
    index: Index, page: str, link: Link, anchors: Mapping[str, frozenset[str]]
) -> Iterator[tuple[Kind, str, Answer]]:
    """What a link says: that its target exists, and what its label calls it."""
    path, _, fragment = link.target.partition("#")
    spot = resolved(page, link.target)
    if spot is None:
        if not path and fragment:
            yield Kind.ANCHOR, link.target, _anchor(fragment, anchors[page])
        return
    if _ABSOLUTE.match(path) and not index.exists(spot.path):
        return
    if spot.path not in anchors or index.exists(spot.path):  # the documentation's own pages prove nothing
        yield Kind.PATH, link.target, _exists(index, spot, anchors)
    if fragment and not spot.line and spot.path in anchors:
        yield Kind.ANCHOR, link.target, _anchor(fragment, anchors[spot.path])
    if index.exists(spot.path) and not _is_called(link.label, spot):
        yield Kind.PATH, link.label, (Verdict.CONTRADICTED, f"the link leads to {spot.path}")


def _exists(index: Index, spot: Spot, anchors: Mapping[str, frozenset[str]]) -> Answer:
    if spot.path not in anchors and not index.exists(spot.path):
        return Verdict.CONTRADICTED, f"there is no {spot.path}"
    count = len(index.lines(spot.path))
    if spot.line and count and spot.line > count:
        return Verdict.CONTRADICTED, f"{spot.path} has {count} lines"
    return _SUPPORTED


def _anchor(fragment: str, known: frozenset[str]) -> Answer:
    if unquote(fragment).lower() in {*known, "top"}:
        return Verdict.UNKNOWN, ""
    return Verdict.CONTRADICTED, f"the page has no heading for #{fragment}"


def _is_called(label: str, spot: Spot) -> bool:
    """Whether a label is no path or module at all, or the end of the path that it leads to."""
    name, _, line = label.partition(":")
    path = f"/{spot.path}"
    if _LABEL_MODULE.match(label) and not path.endswith(f"/{label}"):
        last = _SUFFIX.sub("", path).rpartition("/")[2]
        return not path.endswith(".py") or label.rpartition(".")[2] == last
    if not ("/" in name and _LABEL_PATH.match(label)):
        return True
    if line and spot.line and int(line) != spot.line:
        return False
    return f"{path}/".endswith(f"/{name.strip('/').removeprefix('../')}/")


def slug(heading: str) -> str:
    """The anchor that forges give a heading."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")
