"""What happens to a job's rows while a run works on them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from documenthor.db import JobRow, RepositoryRow
from documenthor.errors import JobNotFoundError
from documenthor.outcomes import Kind, Outcome, failed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from documenthor.db import Database

_LOST = "the run ended before this repository had an outcome; clear its map index to retry it"


@dataclass(frozen=True, slots=True)
class RunSummary:
    """How one run ended: its rows by outcome, and whether it closed the whole job."""

    counts: Mapping[str, int]
    job_finished: bool
    job_error: str = ""

    @property
    def has_failed(self) -> bool:
        """Whether an operator should look at this run."""
        return bool(self.job_error or self.counts.get(Kind.FAILED))


def start(database: Database, job_id: str, name: str, now: datetime) -> int:
    """Open a repository's row for another attempt, whatever it held, and return the attempt's number."""
    with database.session() as session:
        row = _row(session, job_id, name)
        row.attempt += 1
        row.started_at, row.finished_at, row.outcome = now, None, None
        _describe(row, Outcome(Kind.FAILED))
        _job(session, job_id).finished_at = None
        return row.attempt


def finish(database: Database, job_id: str, name: str, outcome: Outcome, now: datetime) -> None:
    """Record a repository's outcome."""
    with database.session() as session:
        _close(_row(session, job_id, name), outcome, now)


def close_run(database: Database, job_id: str, run_id: str, now: datetime) -> RunSummary:
    """Close what a finished run left open; if no row of the job is open then, finish the job."""
    with database.session() as session:
        job = _job(session, job_id)
        rows = session.scalars(select(RepositoryRow).where(*_of_run(job_id, run_id))).all()
        for row in rows:
            if row.outcome is None:
                _close(row, failed("run", _LOST), now)
        session.flush()
        if job.resolved_at is None:
            job.error = "the request could not be resolved; see the plan task's log, then clear it to retry"
        finished = job.finished_at is None and _count_open(session, job_id) == 0
        if finished:
            job.finished_at = now
        return RunSummary(Counter(row.outcome or "" for row in rows), finished, job.error)


def _close(row: RepositoryRow, outcome: Outcome, now: datetime) -> None:
    row.outcome, row.finished_at = outcome.kind.value, now
    _describe(row, outcome)


def _describe(row: RepositoryRow, outcome: Outcome) -> None:
    row.reason, row.message = outcome.reason, outcome.message
    row.commit, row.reference, row.pages = outcome.commit, outcome.reference, list(outcome.pages)


def _job(session: Session, job_id: str) -> JobRow:
    job = session.get(JobRow, job_id, with_for_update=True)
    if job is None:
        raise JobNotFoundError(f"there is no job {job_id!r}")
    return job


def _row(session: Session, job_id: str, name: str) -> RepositoryRow:
    query = select(RepositoryRow).where(RepositoryRow.job_id == job_id, RepositoryRow.name == name)
    row = session.scalars(query.with_for_update()).one_or_none()
    if row is None:
        raise JobNotFoundError(f"job {job_id!r} has no repository {name!r}")
    return row


def _of_run(job_id: str, run_id: str) -> tuple[ColumnElement[bool], ...]:
    return (RepositoryRow.job_id == job_id, RepositoryRow.run_id == run_id)


def _count_open(session: Session, job_id: str) -> int:
    open_rows = (RepositoryRow.job_id == job_id, RepositoryRow.outcome.is_(None))
    return session.scalar(select(func.count()).where(*open_rows)) or 0
