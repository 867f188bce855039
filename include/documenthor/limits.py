"""How many requests a caller may make: counted in the database, so that all API workers count together.

A window is a fixed stretch of time and every caller has one row, so nothing ever has to be cleaned up.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import case
from sqlalchemy.dialects import postgresql, sqlite

from documenthor.db import RateLimitRow

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from documenthor.db import Database

_INSERT: dict[str, Callable[[Any], Any]] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


@dataclass(frozen=True, slots=True)
class Quota:
    """At most `requests` in each window of `seconds`; `name` is what callers know it by."""

    name: str
    requests: int
    seconds: int = 60


@dataclass(frozen=True, slots=True)
class Standing:
    """What is left of a quota in the window that ends in `reset` seconds."""

    quota: Quota
    remaining: int
    reset: int
    is_exceeded: bool


@dataclass(frozen=True, slots=True)
class Limiter:
    """Counts requests against quotas."""

    database: Database
    clock: Callable[[], datetime]
    # Who is known to have used up a window: their flood shall not reach the database.
    _exceeded: dict[str, int]

    @classmethod
    def over(cls, database: Database, clock: Callable[[], datetime]) -> Limiter:
        """A limiter that knows of nobody yet."""
        return cls(database, clock, {})

    def take(self, wanted: Sequence[tuple[Quota, str]]) -> list[Standing]:
        """Count one request of each subject against its quota. A quota's subjects are its own."""
        now = self.clock().timestamp()
        windows = {f"{quota.name}:{who}": int(now // quota.seconds) for quota, who in wanted}
        if any(self._exceeded.get(subject) == window for subject, window in windows.items()):
            used = {
                subject: math.inf if self._exceeded.get(subject) == window else 0
                for subject, window in windows.items()
            }
        else:
            with self.database.session() as session:
                used = _count(session, windows)
        standings = []
        for (quota, _), (subject, window) in zip(wanted, windows.items(), strict=True):
            if used[subject] > quota.requests:
                self._exceeded[subject] = window
            standings.append(_standing(quota, used[subject], (window + 1) * quota.seconds - now))
        return standings


def _standing(quota: Quota, used: float, left: float) -> Standing:
    remaining = int(max(0, quota.requests - used))
    return Standing(quota, remaining, max(1, math.ceil(left)), used > quota.requests)


def _count(session: Session, windows: dict[str, int]) -> dict[str, float]:
    """Add one to each subject's row, all in one statement, and return what the rows hold now."""
    insert = _INSERT[session.get_bind().dialect.name](RateLimitRow)
    new = insert.excluded
    used = case((RateLimitRow.window == new.window, RateLimitRow.used + 1), else_=1)
    statement = (
        insert.values([{"subject": who, "window": window, "used": 1} for who, window in windows.items()])
        .on_conflict_do_update(index_elements=["subject"], set_={"window": new.window, "used": used})
        .returning(RateLimitRow.subject, RateLimitRow.used)
    )
    return {row.subject: row.used for row in session.execute(statement)}
