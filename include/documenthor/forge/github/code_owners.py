"""Who owns the changed paths by a repository's CODEOWNERS, read by GitHub's rules.

The last line that matches a path decides; a line with a pattern that GitHub does not know is skipped.
The file is hostile: patterns are matched segment by segment, so none of them takes long.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

# In the order in which GitHub looks for the file.
PLACES = (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS")
# GitHub reads no larger one; more lines than this nobody keeps in order.
_MAX_BYTES, _MAX_LINES = 3 * 1024 * 1024, 5000
_MAX_PATTERN = 300

_USER = re.compile(r"@([A-Za-z0-9](?:[A-Za-z0-9_-]{0,38}))")
_TEAM = re.compile(r"@([A-Za-z0-9-]{1,39})/([A-Za-z0-9_.-]{1,100})")
# `!` negates, `[` opens a character range and `\` escapes in .gitignore; here they make a line invalid.
_UNKNOWN = re.compile(r"[\[\]\\]|^!")


@dataclass(frozen=True, slots=True)
class Owners:
    """People and teams by name; a team is of the repository's own organisation."""

    users: frozenset[str] = frozenset()
    teams: frozenset[str] = frozenset()


def owners(content: bytes, organisation: str, paths: Collection[str]) -> Owners:
    """Who owns any of `paths`; addresses by e-mail are left out, for they name no account."""
    rules = list(_rules(content))
    words = {word for path in paths for word in _deciding(rules, path)}
    users = {match[1] for word in words if (match := _USER.fullmatch(word))}
    teams = [match for word in words if (match := _TEAM.fullmatch(word))]
    own = {match[2] for match in teams if match[1].casefold() == organisation.casefold()}
    return Owners(frozenset(users), frozenset(own))


def _rules(content: bytes) -> Iterator[tuple[str, tuple[str, ...]]]:
    if len(content) > _MAX_BYTES:
        return
    for line in content.decode("utf-8", "replace").splitlines()[:_MAX_LINES]:
        pattern, *words = line.split("#", 1)[0].split() or [""]
        if pattern and len(pattern) <= _MAX_PATTERN and not _UNKNOWN.search(pattern):
            yield pattern, tuple(words)


def _deciding(rules: list[tuple[str, tuple[str, ...]]], path: str) -> tuple[str, ...]:
    return next((words for pattern, words in reversed(rules) if matches(pattern, path)), ())


def matches(pattern: str, path: str) -> bool:
    """Whether a pattern of CODEOWNERS covers a file: the file itself, or a folder above it."""
    names = tuple(pattern.strip("/").split("/"))
    segments = names if "/" in pattern.rstrip("/") else ("**", *names)
    parts = tuple(path.split("/"))
    if _fits(segments, parts) and not pattern.endswith("/"):
        return True
    # `docs/*` covers the files in docs and nothing further down.
    if pattern.endswith("/*"):
        return False
    return any(_fits(segments, parts[:depth]) for depth in range(1, len(parts)))


def _fits(segments: tuple[str, ...], parts: tuple[str, ...]) -> bool:
    @cache
    def fits(at: int, part: int) -> bool:
        if at == len(segments):
            return part == len(parts)
        if segments[at] == "**":
            last = at + 1 == len(segments)
            return (part < len(parts) if last else fits(at + 1, part)) or (
                part < len(parts) and fits(at, part + 1)
            )
        return part < len(parts) and fnmatchcase(parts[part], segments[at]) and fits(at + 1, part + 1)

    return fits(0, 0)
