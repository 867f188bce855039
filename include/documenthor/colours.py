"""Colours: deployments of this service over one database, of which one is active (docs/blue-green.md).

Each colour has an Airflow of its own. A job belongs to the colour whose Airflow works on it. Scheduled work
is due in every colour at the same minute, and belongs to the one that is active when the first records it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, or_, select

from documenthor.db import ActiveColourRow, JobRow
from documenthor.jobs.locking import locked

if TYPE_CHECKING:
    from datetime import datetime

    from documenthor.db import Database

_ONLY = 1


def activate(database: Database, name: str, now: datetime) -> None:
    """Give scheduled work that is recorded from now on to this colour."""
    with database.session() as session:
        session.merge(ActiveColourRow(id=_ONLY, name=name, since=now))


def active(database: Database) -> str:
    """The active colour; empty while none was ever made so."""
    with database.reading() as session:
        return session.scalar(select(ActiveColourRow.name)) or ""


def take(database: Database, job_id: str, colour: str) -> None:
    """Give a job that no Airflow works on to this colour."""
    with database.session() as session:
        locked(session, job_id).colour = colour


def at_work(database: Database) -> dict[str, int]:
    """How many jobs each colour has begun and not ended; 0 of them is drained.

    A request that was recorded and not started does not count: whoever repeats it brings it to the colour
    that it meets. What has no token was recorded by a run, maybe another colour's that left it to this one.
    """
    by_a_run = JobRow.token_id.is_(None)
    begun = or_(JobRow.triggered_at.is_not(None), JobRow.resolved_at.is_not(None), by_a_run)
    query = select(JobRow.colour, func.count().label("jobs")).where(JobRow.finished_at.is_(None), begun)
    with database.reading() as session:
        found = session.execute(query.group_by(JobRow.colour)).all()
    return {row.colour: row.jobs for row in found}
