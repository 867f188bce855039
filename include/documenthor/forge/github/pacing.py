"""When something may be written so that no minute and no hour holds too much. Pure arithmetic."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

HOUR = timedelta(hours=1)
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Booked:
    """So many creations at a time, made or promised."""

    at: datetime
    count: int


@dataclass(frozen=True, slots=True)
class Caps:
    """The most creations in any 60 seconds and in any 3600."""

    a_minute: int
    an_hour: int

    def pause_after(self, count: int) -> timedelta:
        """How long to leave between `count` creations and the next so that an hour's fill it evenly."""
        return HOUR * count / self.an_hour

    def earliest(self, booked: Sequence[Booked], start: datetime, count: int) -> datetime:
        """The first time from `start` on at which `count` more fit; nothing may be booked later than it."""
        at, count = start, min(count, self.a_minute, self.an_hour)
        while (later := self._later(booked, at, count)) > at:
            at = later
        return at

    def _later(self, booked: Sequence[Booked], at: datetime, count: int) -> datetime:
        return max(
            _free(booked, at, count, _MINUTE, self.a_minute), _free(booked, at, count, HOUR, self.an_hour)
        )


def _free(booked: Sequence[Booked], at: datetime, count: int, window: timedelta, cap: int) -> datetime:
    """`at`, or when enough of what is in the window that ends there has left it."""
    inside = sorted((one for one in booked if one.at > at - window), key=lambda one: one.at)
    excess = sum(one.count for one in inside) + count - cap
    if excess <= 0:
        return at
    for one in inside:
        excess -= one.count
        if excess <= 0:
            return one.at + window
    return at + window
