"""Reading `.documenthor.yml`, which is as hostile as the rest of the repository."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from docgen.contract import ContentError, RepositorySettings, load_yaml
from docgen.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

NAME = ".documenthor.yml"
# Names that people give it by mistake; a file that is silently not read would be worse than an error.
_MISSPELLED = (".documenthor.yaml", "documenthor.yml", "documenthor.yaml")
MAX_BYTES = 64 * 1024
_MAX_PROBLEMS = 5


def read_settings(root: Path, sizes: Mapping[str, int], left_out: Mapping[str, str]) -> RepositorySettings:
    """What the repository says; its defaults where there is no such file.

    `sizes` has the regular files of the tree, `left_out` the reason for each path that is not there.
    Raises `ConfigurationError`.
    """
    for name in _MISSPELLED:
        if name in sizes or name in left_out:
            raise ConfigurationError(f"{name} is not read; rename it to {NAME}")
    if NAME in left_out:
        raise ConfigurationError(f"{NAME} cannot be read ({left_out[NAME]}); make it a small regular file")
    if NAME not in sizes:
        return RepositorySettings()
    try:
        return load_yaml(RepositorySettings, _content(root / NAME))
    except ContentError as error:
        raise ConfigurationError(_message(error.problems)) from error


def _content(path: Path) -> bytes:
    with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW), "rb") as file:
        content = file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise ConfigurationError(f"{NAME} is larger than {MAX_BYTES} bytes; shorten it")
    return content


def _message(problems: tuple[str, ...]) -> str:
    more = f" and {len(problems) - _MAX_PROBLEMS} more" if len(problems) > _MAX_PROBLEMS else ""
    return f"{NAME} is wrong at {' / '.join(problems[:_MAX_PROBLEMS])}{more}; correct it"
