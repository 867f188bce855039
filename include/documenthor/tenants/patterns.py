"""Patterns in tenant files: globs that match the whole text, and nothing more clever.

`*` stands for any characters but `/`, `@` and `:`, which divide the names that GitHub makes: a branch
called `x@refs/heads/main` must not pass for the end of a workflow's reference.
"""

from __future__ import annotations

import re
from functools import lru_cache

_MAX_STARS = 3
_MAX_LENGTH = 255
# Whoever writes one of these thinks of regular expressions; half of one would match what nobody meant.
_FOREIGN = re.compile(r"[|()\[\]{}^$?\\]")


def glob(text: str) -> str:
    """`text` itself, for use as a pattern; raises `ValueError` if it is none."""
    if found := _FOREIGN.search(text):
        raise ValueError(f"has {found[0]!r}: patterns are plain text in which * stands for part of a name")
    if not (0 < len(text) <= _MAX_LENGTH and text.isprintable()):
        raise ValueError(f"is no printable text of 1 to {_MAX_LENGTH} characters")
    if text.count("*") > _MAX_STARS or "**" in text:
        raise ValueError(f"has more than {_MAX_STARS} *, or two in a row; name more patterns instead")
    return text


def matches(pattern: str, text: str) -> bool:
    """Whether the whole `text` fits `pattern`."""
    return _compiled(pattern).fullmatch(text) is not None


@lru_cache(maxsize=4096)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile("[^/@:]*".join(re.escape(part) for part in pattern.split("*")), re.DOTALL)
