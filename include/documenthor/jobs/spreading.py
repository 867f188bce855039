"""When a night's pull requests are due, so that they come evenly over its window and not all at once.

A time follows from the job's rows alone: nobody has to keep it, and whoever is late for it does not wait.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, or_, select

from documenthor.db import JobRow, RepositoryRow

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from documenthor.db import Database

# How much of the window, once it is planned, they are spread over. The rest is for the last run's generators
# and for what has to be tried again.
_SHARE = 0.75
# Nobody is buried by one in five minutes, and a job in which nothing changes for an hour raises an alarm.
_LONGEST = timedelta(minutes=5)


def due(database: Database, job_id: str, name: str) -> datetime | None:
    """When the pull request of a repository is due.

    None where nothing is spread: a job without an end to its time, as the API's and a backfill's, a retry,
    and a repository that somebody asked for again.
    """
    row = RepositoryRow
    asked_once = (row.job_id == job_id, row.name == name, row.asked == 1)
    with database.reading() as session:
        position = session.scalar(select(row.position).where(*asked_once))
        return None if position is None else _due(session, job_id, row.position < position)


def next_due(database: Database, job_id: str) -> datetime | None:
    """The same for the first repository that no run has claimed."""
    with database.reading() as session:
        return _due(session, job_id, RepositoryRow.run_id.is_not(None))


def _due(session: Session, job_id: str, is_earlier: ColumnElement[bool]) -> datetime | None:
    row = RepositoryRow
    # What planning has closed has no run and an outcome: there is nothing to publish.
    was_planned = or_(row.run_id.is_not(None), row.outcome.is_(None))
    has_window = (JobRow.round == 0, JobRow.resolved_at.is_not(None), JobRow.ends_at.is_not(None))
    query = (
        select(JobRow.resolved_at, JobRow.ends_at, func.count().label("planned"))
        .add_columns(func.count().filter(is_earlier).label("earlier"))
        .join(row, row.job_id == JobRow.id)
        .where(JobRow.id == job_id, *has_window, was_planned)
        .group_by(JobRow.id, JobRow.resolved_at, JobRow.ends_at)
    )
    found = session.execute(query).one_or_none()
    if found is None:
        return None
    step = min((found.ends_at - found.resolved_at) * _SHARE / found.planned, _LONGEST)
    at: datetime = found.resolved_at + found.earlier * step
    return at
