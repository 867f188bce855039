"""`.gitignore`: paths that are not part of the project although they are present."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pathspec import GitIgnoreSpec

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

NAME = ".gitignore"
_MAX_PATTERNS = 2_000
# A pattern becomes a regular expression, whose time grows with the length of a path to this power.
_MAX_STARS = 3


class Ignored:
    """Decides by the text of every `.gitignore`, given by its folder (empty for the root)."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._specs = {folder: GitIgnoreSpec.from_lines(_patterns(text)) for folder, text in texts.items()}

    def ignores(self, path: str) -> bool:
        """Whether git would ignore `path`; the nearest file that has something to say decides."""
        for folder in _above(path) if self._specs else ():
            spec = self._specs.get(folder)
            inner = path[len(folder) + 1 :] if folder else path
            if spec and (verdict := spec.check_file(inner).include) is not None:
                return verdict
        return False


def _above(path: str) -> Iterator[str]:
    """The folders that `path` is in, the nearest first."""
    while path:
        path = path.rpartition("/")[0]
        yield path


def _patterns(text: str) -> Iterator[str]:
    """The lines that can be read and are simple enough to be matched in any case."""
    for line in text.splitlines()[:_MAX_PATTERNS]:
        if (
            len(line) <= 200
            and line.replace("**", "").count("*") <= _MAX_STARS
            and line.count("**") <= _MAX_STARS
            and _can_be_read(line)
        ):
            yield line


def _can_be_read(line: str) -> bool:
    try:
        GitIgnoreSpec.from_lines([line])
    except (ValueError, re.error):
        return False
    return True
