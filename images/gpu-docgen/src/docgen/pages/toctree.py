"""Sphinx's tables of contents, as far as their text shows by which patterns they find pages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_RST = re.compile(r"^(?P<indent>[ \t]*)\.\. toctree::[ \t]*$")
_MYST = re.compile(r"^(?P<fence>`{3,}|~{3,}|:{3,})\{toctree\}[ \t]*$")


def globs(text: str) -> tuple[str, ...]:
    """The patterns in the trees of a page that are marked with `:glob:`."""
    found: list[str] = []
    lines = text.splitlines()
    for number, line in enumerate(lines):
        inside = _inside(line, lines[number + 1 :])
        if ":glob:" in inside:
            found += [entry for entry in inside if "*" in entry]
    return tuple(dict.fromkeys(found))


def _inside(line: str, after: list[str]) -> list[str]:
    """The lines of the tree that starts at `line`; none where it starts nothing."""
    found = []
    if match := _RST.match(line):
        indent = len(match["indent"])
        for below in after:
            if below.strip() and len(below) - len(below.lstrip()) <= indent:
                break
            found.append(below.strip())
    elif match := _MYST.match(line):
        for below in after:
            if below.strip() == match["fence"]:
                break
            found.append(below.strip())
    return found


def covers_root(patterns: Iterable[str]) -> bool:
    """Whether every page beside the index is found."""
    return any(pattern in {"*", "**", "/*", "./*"} for pattern in patterns)


def covers(patterns: Iterable[str], page: str) -> bool:
    """Whether the page (relative, without suffix) is found."""
    return any(re.fullmatch(_translated(pattern), page) for pattern in patterns)


def _translated(pattern: str) -> str:
    plain = re.escape(pattern.removeprefix("./").lstrip("/"))
    return plain.replace(r"\*\*", ".*").replace(r"\*", "[^/]*")


def tree(pages: Iterable[str]) -> str:
    """A hidden table of contents, as MyST writes it."""
    return "\n".join(("```{toctree}", ":hidden:", "", *pages, "```"))
