"""Which repositories of an organisation are documented, as a tenant file or a request says it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from documenthor.outcomes import skipped

if TYPE_CHECKING:
    from collections.abc import Callable

    from documenthor.outcomes import Outcome

_MANY = 100
# A name has 100 characters at most, and a glob with many stars would take long to match.
_GLOB = r"^[A-Za-z0-9._?\[\]!-]*(?:\*[A-Za-z0-9._?\[\]!-]+){0,8}\*?$"
_SINCE = r"^(?:20[0-9]{2}-[01][0-9]-[0-3][0-9]|P[0-9]{1,4}D)$"


def since(text: str, now: datetime) -> datetime:
    """The moment that `pushed_since` names; raises `ValueError` for a day that no calendar has."""
    if text.startswith("P"):
        return now - timedelta(days=int(text[1:-1]))
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def _checked(text: str) -> str:
    since(text, datetime(9999, 1, 1, tzinfo=UTC))
    return text


Glob = Annotated[str, Field(pattern=_GLOB, min_length=1, max_length=100)]
Topic = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,49}$")]
Language = Annotated[str, Field(min_length=1, max_length=50)]
Since = Annotated[str, Field(pattern=_SINCE), AfterValidator(_checked)]


class Visibility(StrEnum):
    """Who sees a repository."""

    PUBLIC = "public"
    PRIVATE = "private"
    INTERNAL = "internal"


class Filters(BaseModel):
    """All that are set must hold; an empty one holds for every repository.

    `include` and `exclude` are globs on names, without regard to case. Of `topics` and of `languages` one has
    to fit. `smallest_kib` and `largest_kib` bound the size that GitHub names. `pushed_since` is a date
    (`2026-01-31`) or a number of days back (`P90D`).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    include: Annotated[tuple[Glob, ...], Field(max_length=_MANY)] = ()
    exclude: Annotated[tuple[Glob, ...], Field(max_length=_MANY)] = ()
    topics: Annotated[tuple[Topic, ...], Field(max_length=_MANY)] = ()
    languages: Annotated[tuple[Language, ...], Field(max_length=_MANY)] = ()
    smallest_kib: int | None = Field(default=None, ge=0)
    largest_kib: int | None = Field(default=None, ge=0)
    pushed_since: Since | None = None
    visibility: tuple[Visibility, ...] = ()

    def refuse(self, traits: Traits, now: datetime) -> Outcome | None:
        """Why a repository is not documented, or None where every filter holds."""
        return next(
            (skipped(reason, text) for reason, fits, text in _RULES if not fits(self, traits, now)), None
        )


@dataclass(frozen=True, slots=True)
class Traits:
    """What filters look at. `pushed_at` is None where nothing was pushed yet."""

    name: str
    topics: frozenset[str] = frozenset()
    language: str = ""
    size_kib: int = 0
    pushed_at: datetime | None = None
    visibility: str = "private"


def _is_included(filters: Filters, traits: Traits, _now: datetime) -> bool:
    return not filters.include or _matches(filters.include, traits.name)


def _is_not_excluded(filters: Filters, traits: Traits, _now: datetime) -> bool:
    return not _matches(filters.exclude, traits.name)


def _has_topic(filters: Filters, traits: Traits, _now: datetime) -> bool:
    return not filters.topics or not traits.topics.isdisjoint(filters.topics)


def _has_language(filters: Filters, traits: Traits, _now: datetime) -> bool:
    wanted = {language.casefold() for language in filters.languages}
    return not wanted or traits.language.casefold() in wanted


def _is_seen(filters: Filters, traits: Traits, _now: datetime) -> bool:
    return not filters.visibility or traits.visibility in {*filters.visibility}


def _has_size(filters: Filters, traits: Traits, _now: datetime) -> bool:
    smallest, largest = filters.smallest_kib, filters.largest_kib
    return (smallest is None or traits.size_kib >= smallest) and (
        largest is None or traits.size_kib <= largest
    )


def _is_pushed(filters: Filters, traits: Traits, now: datetime) -> bool:
    if filters.pushed_since is None:
        return True
    return traits.pushed_at is not None and traits.pushed_at >= since(filters.pushed_since, now)


def _matches(globs: tuple[str, ...], name: str) -> bool:
    return any(fnmatchcase(name.casefold(), glob.casefold()) for glob in globs)


_RULES: tuple[tuple[str, Callable[[Filters, Traits, datetime], bool], str], ...] = (
    ("not_included", _is_included, "its name matches no glob of filters.include"),
    ("excluded", _is_not_excluded, "its name matches a glob of filters.exclude"),
    ("other_topic", _has_topic, "it has no topic of filters.topics"),
    ("other_language", _has_language, "its main language is none of filters.languages"),
    ("other_visibility", _is_seen, "its visibility is none of filters.visibility"),
    ("other_size", _has_size, "its size is outside of filters.smallest_kib and filters.largest_kib"),
    ("not_pushed", _is_pushed, "nothing was pushed to it since filters.pushed_since"),
)
