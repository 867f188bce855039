"""Text in forms that can be compared: without layout, quotes alike, comments apart."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docgen.score.languages import Look

WORD = re.compile(r"\w+")
_SPACE = re.compile(r"(?<=\w)\s+(?=\w)")
_NO_SPACE = re.compile(r"(?<!\w)\s+|\s+(?!\w)")
_THOUSANDS = re.compile(r"(?<=\d)_(?=\d)")
_PREFIX = re.compile(r"(?<![\w'-])[rbfuRBFU]{1,2}(?=')")
_BEFORE_CLOSER = re.compile(r",(?=[)\]}>])")
UNBRACKETED = str.maketrans("", "", "()")
_OPEN, _CLOSE = "([{", ")]}"


# A page asks for the same file again and again.
@lru_cache(maxsize=32)
def squash(text: str) -> str:
    """`text` in one spelling: white space between words alone, quotes and literals alike."""
    bare = _NO_SPACE.sub("", _SPACE.sub(" ", text)).translate({0x22: 0x27, 0x60: 0x27})
    plain = _PREFIX.sub("", _THOUSANDS.sub("", bare.replace("\\\\", "\\").replace("\\'", "'")))
    return _BEFORE_CLOSER.sub("", plain)


def shows(text: str, part: str) -> bool:
    """Whether squashed `text` holds `part`, which may have been cut."""
    cut = part.removesuffix("…")
    return holds(text, squash(part)) if cut == part else squash(cut) in text


def holds(text: str, part: str) -> bool:
    """Whether `part` stands in `text` as a whole, not as a piece of a longer word or number."""
    if not part:
        return False
    start = text.find(part)
    while start >= 0:
        end = start + len(part)
        if not (_joins(text, start - 1, part[0]) or _joins(text, end, part[-1])):
            return True
        start = text.find(part, start + 1)
    return False


def _joins(text: str, at: int, edge: str) -> bool:
    if not 0 <= at < len(text) or not (edge.isalnum() or edge == "_"):
        return False
    return text[at].isalnum() or text[at] == "_"


def without_comments(text: str, look: Look) -> str:
    """Source text with its comments blanked, line breaks kept; string literals stay."""

    def blanked(match: re.Match[str]) -> str:
        is_comment = match[0].startswith(look.marks)
        return "\n" * match[0].count("\n") if is_comment else match[0]

    return look.comment.sub(blanked, text)


def without_strings(text: str, look: Look) -> str:
    """Source text with comments and string literals blanked, of the same length."""
    return look.comment.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)


def bracketed(text: str, start: int, limit: int = 4000) -> str:
    """From the opening bracket at `start` to its partner; empty where there is none within `limit`."""
    depth = 0
    for at in range(start, min(len(text), start + limit)):
        if text[at] in _OPEN:
            depth += 1
        elif text[at] in _CLOSE:
            depth -= 1
            if depth == 0:
                return text[start : at + 1]
    return ""


def split_top(text: str, separator: str = ",") -> list[str]:
    """The parts between separators that stand in no bracket."""
    parts, depth = [""], 0
    for char in text:
        depth += (char in _OPEN) - (char in _CLOSE)
        if char == separator and depth == 0:
            parts.append("")
        else:
            parts[-1] += char
    return [part.strip() for part in parts if part.strip()]
