"""When a job at work will be done, if it goes on as it has until now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from documenthor.db import JobRow, RepositoryRow

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from sqlalchemy.orm import Session

    from documenthor.db import Database

# With fewer ends than this the pace is a guess.
_ENOUGH = 5


@dataclass(frozen=True, slots=True)
class Forecast:
    """When the job will be done, and when its time is over, if it ever is."""

    done_at: datetime
    ends_at: datetime | None

    @property
    def is_late(self) -> bool:
        """Whether it will not be done in its time."""
        return self.ends_at is not None and self.done_at > self.ends_at


def forecast(
    database: Database, job_id: str, now: datetime, window: timedelta | None = None
) -> Forecast | None:
    """As `forecast_in`, in a transaction of its own."""
    with database.reading() as session:
        return forecast_in(session, job_id, now, window)


def forecast_in(
    session: Session, job_id: str, now: datetime, window: timedelta | None = None
) -> Forecast | None:
    """What is left, at the pace at which repositories have ended since the first one began.

    A job without an end to its time is given `window` from when it was recorded. None where nothing is left,
    where too little was done to tell, and for a retry, whose repositories' times are older than itself.
    """
    row, was_begun = RepositoryRow, RepositoryRow.started_at.is_not(None)
    query = (
        select(
            JobRow.created_at,
            JobRow.ends_at,
            func.min(row.started_at).label("since"),
            func.count().filter(was_begun, row.outcome.is_not(None)).label("done"),
            func.count().filter(row.outcome.is_(None)).label("left"),
        )
        .join(row, row.job_id == JobRow.id)
        .where(JobRow.id == job_id, JobRow.round == 0, JobRow.finished_at.is_(None))
        .group_by(JobRow.id, JobRow.created_at, JobRow.ends_at)
    )
    found = session.execute(query).one_or_none()
    if found is None or not found.left or found.done < _ENOUGH:
        return None
    ends_at = found.ends_at or (found.created_at + window if window is not None else None)
    return Forecast(now + found.left * (now - found.since) / found.done, ends_at)
