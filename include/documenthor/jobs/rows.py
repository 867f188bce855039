"""A job's rows: made once when the job is resolved, then claimed by runs, 100 at most each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from docgen.contract import JobSpec
from sqlalchemy import func, select

from documenthor.db import JobRow, RepositoryRow
from documenthor.errors import JobNotFoundError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from documenthor.db import Database
    from documenthor.outcomes import Outcome

# Airflow's scheduler pays for every mapped index in every loop, so a run stays this small.
RUN_SIZE = 100


@dataclass(frozen=True, slots=True)
class Planned:
    """A row of a job: what to work on, the outcome it already has, or both (`unchanged` at a commit)."""

    name: str
    spec: JobSpec | None = None
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """The specs that one run has to work on, and how many rows of the job nobody has claimed."""

    specs: tuple[JobSpec, ...]
    remaining: int


def resolve(database: Database, job_id: str, rows: Iterable[Planned], now: datetime) -> None:
    """Store the job's rows; those without an outcome are there to be claimed.

    A job that is resolved stays as it is, so a retry changes nothing.
    """
    with database.session() as session:
        job = _job(session, job_id)
        if job.resolved_at is None:
            session.add_all(_row(job_id, i, planned, now) for i, planned in enumerate(rows))
            # A run that could not resolve it may have ended the job with an error before.
            job.resolved_at, job.finished_at, job.error = now, None, ""


def is_resolved(database: Database, job_id: str) -> bool:
    """Whether the job's rows are there."""
    with database.session() as session:
        return _job(session, job_id).resolved_at is not None


def claim(database: Database, job_id: str, run_id: str, size: int = RUN_SIZE) -> Claim:
    """Claim up to `size` rows for a run. A run that claimed before gets the same rows again."""
    with database.session() as session:
        own = _of_run(session, job_id, run_id)
        if not own:
            own = _unclaimed(session, job_id, size)
            for row in own:
                row.run_id = run_id
            session.flush()
        return Claim(
            tuple(JobSpec.model_validate_json(row.spec or "") for row in own),
            _count_unclaimed(session, job_id),
        )


def _job(session: Session, job_id: str) -> JobRow:
    job = session.get(JobRow, job_id, with_for_update=True)
    if job is None:
        raise JobNotFoundError(f"there is no job {job_id!r}")
    return job


def _row(job_id: str, position: int, planned: Planned, now: datetime) -> RepositoryRow:
    row = RepositoryRow(job_id=job_id, position=position, name=planned.name)
    row.spec = planned.spec.model_dump_json() if planned.spec else None
    if outcome := planned.outcome:
        row.outcome, row.reason, row.message = outcome.kind.value, outcome.reason, outcome.message
        row.reference, row.finished_at = outcome.reference, now
    return row


def _of_run(session: Session, job_id: str, run_id: str) -> list[RepositoryRow]:
    query = select(RepositoryRow).where(RepositoryRow.job_id == job_id, RepositoryRow.run_id == run_id)
    return list(session.scalars(query.order_by(RepositoryRow.position)))


def _unclaimed(session: Session, job_id: str, size: int) -> list[RepositoryRow]:
    query = select(RepositoryRow).where(*_is_unclaimed(job_id)).order_by(RepositoryRow.position).limit(size)
    return list(session.scalars(query.with_for_update(skip_locked=True)))


def _count_unclaimed(session: Session, job_id: str) -> int:
    return session.scalar(select(func.count()).where(*_is_unclaimed(job_id))) or 0


def _is_unclaimed(job_id: str) -> tuple[ColumnElement[bool], ...]:
    return (RepositoryRow.job_id == job_id, RepositoryRow.run_id.is_(None), RepositoryRow.outcome.is_(None))
