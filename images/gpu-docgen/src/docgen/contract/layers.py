"""One layer of settings over another: request over repository over organisation over tenant."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel

if TYPE_CHECKING:
    from docgen.contract.settings import Settings
    from docgen.contract.spec import Options

_Model = TypeVar("_Model", bound=BaseModel)


def layered(options: Options, own: Settings) -> Options:
    """`own` over `options`: key by key, only that paths to exclude add up; locked keys stay as they are."""
    said = own.model_fields_set - {"enabled", "exclude", *options.locked}
    chosen = {key: getattr(own, key) for key in sorted(said)}
    if "templates" in chosen:
        chosen["templates"] = _over(options.templates, own.templates)
    if "exclude" not in options.locked:
        chosen["exclude"] = tuple(dict.fromkeys((*options.exclude, *own.exclude)))
    return options.model_copy(update=chosen)


def _over(base: _Model, own: _Model) -> _Model:
    """`own` over `base`, down to the single value."""
    chosen = {key: getattr(own, key) for key in own.model_fields_set}
    for key, value in chosen.items():
        if isinstance(value, BaseModel):
            chosen[key] = _over(getattr(base, key), value)
    return base.model_copy(update=chosen)
