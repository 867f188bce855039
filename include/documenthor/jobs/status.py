"""A job as its caller sees it: counted by repository rows, never by task instances."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from docgen.contract import JobSpec
from sqlalchemy import select

from documenthor.db import JobRow, RepositoryRow
from documenthor.errors import JobNotFoundError
from documenthor.jobs.model import JobState, JobStatus, RepositoryStatus, RowState
from documenthor.outcomes import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from documenthor.db import Database


def status(database: Database, *, tenant: str, job_id: str) -> JobStatus:
    """The tenant's job with all its rows; `JobNotFoundError` also for another tenant's job."""
    with database.session() as session:
        job = session.get(JobRow, job_id)
        if job is None or job.tenant != tenant:
            raise JobNotFoundError(f"there is no job {job_id!r}")
        query = select(RepositoryRow).where(RepositoryRow.job_id == job_id).order_by(RepositoryRow.position)
        rows = [_repository(row) for row in session.scalars(query)]
        return JobStatus(
            id=job.id,
            tenant=job.tenant,
            state=_state(job, rows),
            error=job.error,
            created_at=job.created_at,
            finished_at=job.finished_at,
            counts=Counter(str(row.outcome or row.state) for row in rows),
            repositories=rows,
        )


def _state(job: JobRow, rows: Sequence[RepositoryStatus]) -> JobState:
    if job.error:
        return JobState.FAILED
    if job.resolved_at is None:
        return JobState.QUEUED
    if job.finished_at is None:
        return JobState.RUNNING
    return JobState.FAILED if any(row.outcome == Kind.FAILED for row in rows) else JobState.SUCCEEDED


def _repository(row: RepositoryRow) -> RepositoryStatus:
    return RepositoryStatus(
        name=row.name,
        state=_row_state(row),
        outcome=Kind(row.outcome) if row.outcome else None,
        reason=row.reason,
        message=row.message,
        source_commit=JobSpec.model_validate_json(row.spec).commit if row.spec else "",
        commit=row.commit,
        reference=row.reference,
        pages=row.pages,
        attempt=row.attempt,
        seconds=_seconds(row),
    )


def _row_state(row: RepositoryRow) -> RowState:
    if row.outcome:
        return RowState.DONE
    return RowState.RUNNING if row.started_at else RowState.WAITING


def _seconds(row: RepositoryRow) -> float | None:
    if row.started_at is None or row.finished_at is None:
        return None
    return (row.finished_at - row.started_at).total_seconds()
