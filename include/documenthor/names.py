"""What a repository may be called, and how many of them one job may name."""

from __future__ import annotations

import re

MAX_REPOSITORIES = 1000
# Letters, digits, '.', '_' and '-' as in GitHub's repository names. One that begins with '-' would be taken
# for an option, and of those that begin with '.' only '.' and '..' are none (`.github` is one).
NAME_PATTERN = r"^(?:[A-Za-z0-9_][A-Za-z0-9._-]{0,99}|\.[A-Za-z0-9_-][A-Za-z0-9._-]{0,98})$"
_NAME = re.compile(NAME_PATTERN.strip("^$"))


def is_repository_name(name: str) -> bool:
    """Whether a repository can have this name; `.git` at the end of one belongs to a folder's name."""
    return _NAME.fullmatch(name) is not None and not name.casefold().endswith(".git")
