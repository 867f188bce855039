"""A job's rows: made once when the job is resolved, then claimed by runs, a share each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from docgen.contract import JobSpec
from sqlalchemy import func, select

from documenthor.db import JobRow, RepositoryRow
from documenthor.jobs.locking import changed, locked
from documenthor.tenants import MAX_RUN

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from documenthor.db import Database
    from documenthor.outcomes import Outcome


@dataclass(frozen=True, slots=True)
class Planned:
    """A row of a job: what to work on, the outcome it already has, or both (`unchanged` at a commit)."""

    name: str
    spec: JobSpec | None = None
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """The specs that one run has to work on, and how many rows of the job nobody has claimed.

    `late` is how many the end of the job's time has closed just now.
    """

    specs: tuple[JobSpec, ...]
    remaining: int
    late: int = 0


def resolve(database: Database, job_id: str, rows: Iterable[Planned], now: datetime) -> None:
    """Store the job's rows; those without an outcome are there to be claimed.

    A job that is resolved, or was cancelled meanwhile, stays as it is.
    """
    with database.session() as session:
        job = locked(session, job_id)
        if job.resolved_at is None and job.cancelled_at is None:
            changed(job)
            session.add_all(_row(job, i, planned, now) for i, planned in enumerate(rows))
            # A run that could not resolve it may have ended the job with an error before.
            job.resolved_at, job.finished_at, job.error = now, None, ""


def is_resolved(database: Database, job_id: str) -> bool:
    """Whether the job's rows are there."""
    with database.reading() as session:
        return session.scalar(select(JobRow.resolved_at).where(JobRow.id == job_id)) is not None


def unplanned(database: Database, job_id: str) -> list[str]:
    """Repositories that a retry opened although planning had failed on them: they have no spec yet."""
    with database.reading() as session:
        query = select(RepositoryRow.name).where(*_is_unclaimed(job_id), RepositoryRow.spec.is_(None))
        return list(session.scalars(query.order_by(RepositoryRow.position)))


def plan_again(database: Database, job_id: str, rows: Iterable[Planned], now: datetime) -> None:
    """Give unplanned rows the spec or outcome that they have now."""
    with database.session() as session:
        job = locked(session, job_id)
        query = select(RepositoryRow).where(*_is_unclaimed(job_id), RepositoryRow.spec.is_(None))
        by_name = {row.name: row for row in session.scalars(query)}
        for planned in rows:
            if (row := by_name.get(planned.name)) is not None:
                _fill(row, planned, now)
        changed(job, *by_name.values())


def claim(database: Database, job_id: str, run_id: str, size: int = MAX_RUN) -> Claim:
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


def _row(job: JobRow, position: int, planned: Planned, now: datetime) -> RepositoryRow:
    row = RepositoryRow(job_id=job.id, position=position, name=planned.name, revision=job.revision)
    _fill(row, planned, now)
    return row


def _fill(row: RepositoryRow, planned: Planned, now: datetime) -> None:
    if planned.spec:
        row.spec, row.source_commit = planned.spec.model_dump_json(), planned.spec.commit
    if outcome := planned.outcome:
        row.outcome, row.reason, row.message = outcome.kind.value, outcome.reason, outcome.message
        row.reference, row.finished_at = outcome.reference, now


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
