"""Cancelling a job, and retrying what failed in it. Neither talks to whatever runs the work.

Work that has not begun asks `is_cancelled` first; a retry is a new run that claims the rows opened here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select, update

from documenthor.db import JobRow, RepositoryRow
from documenthor.errors import JobStateError
from documenthor.jobs.locking import changed, locked
from documenthor.jobs.requests import view
from documenthor.jobs.telling import tell_job
from documenthor.outcomes import Kind, skipped

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from documenthor.db import Database
    from documenthor.jobs.model import JobView
    from documenthor.outcomes import Outcome

CANCELLED = skipped("cancelled", "the job was cancelled before anything of this repository was published")
WINDOW_CLOSED = skipped("window_closed", "the night's time was over before the work on this repository began")
_OPEN: dict[str, object] = {
    "outcome": None,
    "reason": "",
    "message": "",
    "commit": "",
    "reference": "",
    "pages": [],
    "run_id": None,
    "started_at": None,
    "finished_at": None,
}


def cancel(database: Database, *, tenant: str, job_id: str, now: datetime) -> int:
    """End what has not begun as `skipped(cancelled)`; what is being worked on ends by itself.

    Returns how many repositories ended. Doing it twice changes nothing. Raises `JobStateError` when the job
    has ended otherwise.
    """
    with database.session() as session:
        job = locked(session, job_id, tenant)
        if job.cancelled_at is not None:
            return 0
        if job.finished_at is not None:
            raise JobStateError("the job has ended already, so there is nothing to cancel")
        job.cancelled_at = now
        changed(job)
        waiting = select(func.count()).where(*_waiting(job_id))
        ended = session.scalar(waiting) or 0
        session.execute(update(RepositoryRow).where(*_waiting(job_id)).values(**_ended(job, CANCELLED, now)))
        if count_open(session, job_id) == 0:
            job.finished_at = now
            tell_job(session, job, now)
        return ended


def retry(database: Database, *, tenant: str, job_id: str, names: Collection[str] = ()) -> JobView:
    """Open the failed rows once more, at the commits they had; returns the job with its new run's part.

    Only those of `names`, if any are given. Also returns a job whose run is still to be started, so that a
    retry cut short can be repeated. Raises `JobStateError` when there is nothing to retry.
    """
    with database.session() as session:
        job = locked(session, job_id, tenant)
        if job.cancelled_at is not None:
            raise JobStateError("the job was cancelled; post the request again, with a new token")
        if job.finished_at is not None:
            _reopen(session, job, set(names))
        elif job.triggered_at is not None:
            raise JobStateError("the job is still at work; retry it when it has ended")
        return view(job)


def close_late(database: Database, job_id: str, now: datetime) -> int:
    """Once the job's time is over, end what no run has claimed, so that no run is made for it.

    Returns how many repositories ended.
    """
    with database.session() as session:
        job = locked(session, job_id)
        if not is_over(job, now):
            return 0
        changed(job)
        unclaimed = (*_waiting(job_id), RepositoryRow.run_id.is_(None))
        ended = session.scalar(select(func.count()).where(*unclaimed)) or 0
        session.execute(update(RepositoryRow).where(*unclaimed).values(**_ended(job, WINDOW_CLOSED, now)))
        return ended


def is_over(job: JobRow, now: datetime) -> bool:
    """Whether the job's time is over; what an operator retries has no such bound."""
    return job.ends_at is not None and job.ends_at <= now and job.round == 0


def is_cancelled(database: Database, job_id: str) -> bool:
    """Whether no more work on the job should begin."""
    with database.reading() as session:
        query = select(JobRow.cancelled_at.is_not(None)).where(JobRow.id == job_id)
        return bool(session.scalar(query))


def count_open(session: Session, job_id: str) -> int:
    """How many rows have no outcome."""
    open_rows = (RepositoryRow.job_id == job_id, RepositoryRow.outcome.is_(None))
    return session.scalar(select(func.count()).where(*open_rows)) or 0


def _reopen(session: Session, job: JobRow, names: set[str]) -> None:
    failed = [RepositoryRow.job_id == job.id, RepositoryRow.outcome == Kind.FAILED.value]
    if names:
        failed.append(RepositoryRow.name.in_(names))
    count = session.scalar(select(func.count()).where(*failed)) or 0
    if names and count < len(names):
        raise JobStateError("not all of these repositories have failed in this job; name those that have")
    if not count and not job.error:
        raise JobStateError("nothing in this job has failed, so there is nothing to retry")
    changed(job)
    opened = {**_OPEN, "asked": RepositoryRow.asked + 1, "revision": job.revision}
    session.execute(update(RepositoryRow).where(*failed).values(**opened))
    job.round += 1
    job.error, job.finished_at, job.triggered_at = "", None, None


def _waiting(job_id: str) -> tuple[ColumnElement[bool], ...]:
    return (
        RepositoryRow.job_id == job_id,
        RepositoryRow.outcome.is_(None),
        RepositoryRow.started_at.is_(None),
    )


def _ended(job: JobRow, outcome: Outcome, now: datetime) -> dict[str, object]:
    return {
        "outcome": outcome.kind.value,
        "reason": outcome.reason,
        "message": outcome.message,
        "finished_at": now,
        "revision": job.revision,
    }
