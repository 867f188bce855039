"""Who decides what: a locked key the tenant alone, else the repository before the tenant."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeVar

from pydantic import BaseModel

from docgen.errors import OptedOutError
from docgen.settings.file import NAME

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docgen.contract import Options, RepositorySettings

_Model = TypeVar("_Model", bound=BaseModel)


class Effective(NamedTuple):
    """What a repository is documented by, and what a person should know of how it came about."""

    options: Options
    notes: tuple[str, ...]


def merge(options: Options, own: RepositorySettings) -> Effective:
    """`own` over `options`: key by key, only that paths to exclude add up.

    Raises `OptedOutError` where the repository may, and does, say `enabled: false`.
    """
    said = own.model_fields_set
    if not own.enabled and "enabled" not in options.locked:
        raise OptedOutError(f"{NAME} says enabled: false; set it to true to have the repository documented")
    chosen = {key: getattr(own, key) for key in sorted(said - {"enabled", "exclude", *options.locked})}
    if "templates" in chosen:
        chosen["templates"] = _over(options.templates, own.templates)
    if "exclude" not in options.locked:
        chosen["exclude"] = tuple(dict.fromkeys((*options.exclude, *own.exclude)))
    return Effective(options.model_copy(update=chosen), tuple(_ignored(options, said)))


def _ignored(options: Options, said: set[str]) -> Iterator[str]:
    for key in sorted(said.intersection(options.locked)):
        yield f"{key} in {NAME} is overruled from outside the repository"


def _over(base: _Model, own: _Model) -> _Model:
    """`own` over `base`, down to the single value."""
    chosen = {key: getattr(own, key) for key in own.model_fields_set}
    for key, value in chosen.items():
        if isinstance(value, BaseModel):
            chosen[key] = _over(getattr(base, key), value)
    return base.model_copy(update=chosen)
