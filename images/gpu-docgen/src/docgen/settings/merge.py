"""Who decides what: a locked key the tenant alone, else the repository before the tenant."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from docgen.contract import layered
from docgen.errors import OptedOutError
from docgen.settings.file import NAME

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docgen.contract import Options, RepositorySettings


class Effective(NamedTuple):
    """What a repository is documented by, and what a person should know of how it came about."""

    options: Options
    notes: tuple[str, ...]


def merge(options: Options, own: RepositorySettings) -> Effective:
    """`own` over `options`: key by key, only that paths to exclude add up.

    Raises `OptedOutError` where the repository may, and does, say `enabled: false`.
    """
    if not own.enabled and "enabled" not in options.locked:
        raise OptedOutError(f"{NAME} says enabled: false; set it to true to have the repository documented")
    return Effective(layered(options, own), tuple(_ignored(options, own.model_fields_set)))


def _ignored(options: Options, said: set[str]) -> Iterator[str]:
    for key in sorted(said.intersection(options.locked)):
        yield f"{key} in {NAME} is overruled from outside the repository"
