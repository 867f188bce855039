"""Lists as doc comments write them, whatever they are nested in or run together with."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docgen.pages.markdown import prose

if TYPE_CHECKING:
    from collections.abc import Sequence

BULLET = re.compile(r"^(?:[-*+]|(?P<number>\d{1,2})[.)])\s+")


def is_list(lines: Sequence[str]) -> bool:
    """Whether the lines are a list from the first one on; one number alone is a sentence that begins so."""
    found = [match for line in lines if (match := BULLET.match(line))]
    return bool(lines and BULLET.match(lines[0])) and (found[0]["number"] is None or len(found) > 1)


def list_start(lines: Sequence[str]) -> int:
    """The line at which a list begins below a sentence; 0 where none does."""
    at = next((number for number, line in enumerate(lines) if BULLET.match(line)), 0)
    introduced = at > 0 and (lines[at - 1].rstrip().endswith(":") or sum(map(_begins, lines)) > 1)
    return at if introduced and is_list(lines[at:]) else 0


def markdown_list(lines: Sequence[str]) -> str:
    """The lines as a list; what is indented and begins an item is a list inside of it."""
    items: list[tuple[str, list[str]]] = []
    for line in lines:
        if match := BULLET.match(line):
            mark = f"{match['number']}." if match["number"] else "-"
            items.append((mark, [line[match.end() :]]))
        else:
            items[-1][1].append(line)
    return "\n".join(f"{mark} {flowed(inside, ' ' * (len(mark) + 1))}" for mark, inside in items)


def flowed(lines: Sequence[str], indent: str = "  ") -> str:
    """The text of one item on one line, with the lists that are in it below, by `indent`."""
    text: list[str] = []
    items: list[list[str]] = []
    for line in (line.strip() for line in lines):
        if match := BULLET.match(line) if text or items else None:
            items.append([line[match.end() :]])
        else:
            (items[-1] if items else text).append(line)
    if len(items) == 1 and not text[-1].endswith(":"):
        text, items = [line.strip() for line in lines], []
    return "".join((prose("\n".join(text)), *(f"\n{indent}- {prose(chr(10).join(item))}" for item in items)))


def _begins(line: str) -> bool:
    return bool(BULLET.match(line))
