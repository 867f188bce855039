"""A job as its caller sees it: counted by repository rows, never by task instances."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter
from sqlalchemy import and_, case, func, literal, select

from documenthor import usage
from documenthor.db import JobRow, RepositoryRow
from documenthor.errors import JobNotFoundError
from documenthor.jobs.model import JobState, JobStatus, JobSummary, RepositoryStatus, RowState, Usage
from documenthor.outcomes import Kind
from documenthor.usage import Totals

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import ColumnElement, Row, Select
    from sqlalchemy.orm import Session

    from documenthor.db import Database


def _has_row(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return select(literal(1)).where(RepositoryRow.job_id == JobRow.id, *conditions).exists()


_FAILED = RepositoryRow.outcome == Kind.FAILED.value
# The first condition that holds names the state.
STATE: ColumnElement[str] = case(
    (and_(JobRow.cancelled_at.is_not(None), JobRow.finished_at.is_(None)), JobState.CANCELLING.value),
    (JobRow.cancelled_at.is_not(None), JobState.CANCELLED.value),
    (JobRow.error != "", JobState.FAILED.value),
    (JobRow.resolved_at.is_(None), JobState.QUEUED.value),
    (JobRow.finished_at.is_(None), JobState.RUNNING.value),
    (~_has_row(_FAILED), JobState.SUCCEEDED.value),
    (~_has_row(RepositoryRow.outcome != Kind.FAILED.value), JobState.FAILED.value),
    else_=JobState.PARTIALLY_FAILED.value,
)
ROW_STATE: ColumnElement[str] = case(
    (RepositoryRow.outcome.is_not(None), RowState.DONE.value),
    (RepositoryRow.started_at.is_not(None), RowState.RUNNING.value),
    else_=RowState.WAITING.value,
)
# Specs are large and stay where they are.
COLUMNS: tuple[Any, ...] = (
    RepositoryRow.position,
    RepositoryRow.revision,
    RepositoryRow.name,
    ROW_STATE.label("state"),
    RepositoryRow.outcome,
    RepositoryRow.reason,
    RepositoryRow.message,
    RepositoryRow.source_commit,
    RepositoryRow.commit,
    RepositoryRow.reference,
    RepositoryRow.pages,
    RepositoryRow.attempt,
    RepositoryRow.busy_seconds,
    RepositoryRow.started_at,
    RepositoryRow.finished_at,
)
_ROWS = TypeAdapter(list[RepositoryStatus])
_NONE = Totals()


def status(
    database: Database, *, tenant: str, job_id: str, start: int = 0, limit: int | None = None
) -> JobStatus:
    """The tenant's job with up to `limit` rows from position `start` on.

    Raises `JobNotFoundError` also for another tenant's job.
    """
    with database.reading() as session:
        found = summary_in(session, tenant, job_id)
        query = select(*COLUMNS).where(RepositoryRow.job_id == job_id, RepositoryRow.position >= start)
        # One more than asked for tells whether there is another page.
        query = query.order_by(RepositoryRow.position).limit(None if limit is None else limit + 1)
        rows = session.execute(query).all()
        used = usage.within_job(session, job_id)
    more = limit is not None and len(rows) > limit
    return JobStatus(
        **dict(found),
        # Validated in one go: a thousand models built one by one are most of the time of a status.
        repositories=_ROWS.validate_python([_fields(row, used.get(row.name, _NONE)) for row in rows[:limit]]),
        next_position=rows[-1].position if more else None,
    )


def summary(database: Database, *, tenant: str, job_id: str) -> JobSummary:
    """The tenant's job in numbers; raises `JobNotFoundError` also for another tenant's."""
    with database.reading() as session:
        return summary_in(session, tenant, job_id)


def revision(database: Database, *, tenant: str, job_id: str) -> int:
    """The job's revision; raises `JobNotFoundError` also for another tenant's job."""
    with database.reading() as session:
        query = select(JobRow.revision).where(JobRow.id == job_id, JobRow.tenant == tenant)
        found = session.scalar(query)
    if found is None:
        raise JobNotFoundError(f"there is no job {job_id!r}")
    return found


def summaries(session: Session, query: Select[*tuple[Any, ...]]) -> list[JobSummary]:
    """The jobs that `query` selects (`JobRow` and `STATE`), in its order."""
    found = session.execute(query).all()
    ids = [job.id for job, _ in found]
    counted, used = _counted(session, ids), usage.of_jobs(session, ids)
    return [_describe(job, state, counted.get(job.id, ()), used.get(job.id, _NONE)) for job, state in found]


def changes(session: Session, job_id: str, since: int) -> list[tuple[int, RepositoryStatus]]:
    """Rows that changed after revision `since`, each with its own revision, in the order of change."""
    query = select(*COLUMNS).where(RepositoryRow.job_id == job_id, RepositoryRow.revision > since)
    rows = session.execute(query.order_by(RepositoryRow.revision, RepositoryRow.position)).all()
    used = usage.within_job(session, job_id)
    return [(row.revision, repository_of(row, used.get(row.name, _NONE))) for row in rows]


def revisions(session: Session, ids: Iterable[str]) -> dict[str, int]:
    """The revisions of those of the jobs that exist."""
    found = session.execute(select(JobRow.id, JobRow.revision).where(JobRow.id.in_(list(ids))))
    return {row.id: row.revision for row in found}


def summary_in(session: Session, tenant: str, job_id: str) -> JobSummary:
    """As `summary`, in a transaction that the caller holds."""
    found = summaries(session, select(JobRow, STATE).where(JobRow.id == job_id, JobRow.tenant == tenant))
    if not found:
        raise JobNotFoundError(f"there is no job {job_id!r}")
    return found[0]


def _counted(session: Session, ids: Sequence[str]) -> dict[str, list[Row[*tuple[Any, ...]]]]:
    """For each job and each outcome or state of its rows: how many, their attempts and their seconds."""
    column = func.coalesce(RepositoryRow.outcome, ROW_STATE).label("kind")
    query = (
        select(
            RepositoryRow.job_id,
            column,
            func.count().label("rows"),
            func.sum(RepositoryRow.attempt).label("attempts"),
            func.sum(RepositoryRow.busy_seconds).label("seconds"),
        )
        .where(RepositoryRow.job_id.in_(ids))
        .group_by(RepositoryRow.job_id, column)
    )
    counted: dict[str, list[Row[*tuple[Any, ...]]]] = {}
    for row in session.execute(query):
        counted.setdefault(row.job_id, []).append(row)
    return counted


def _describe(job: JobRow, state: str, groups: Iterable[Row[*tuple[Any, ...]]], used: Totals) -> JobSummary:
    groups = list(groups)
    return JobSummary(
        id=job.id,
        tenant=job.tenant,
        state=JobState(state),
        error=job.error,
        requested_by=job.requested_by,
        created_at=job.created_at,
        cancelled_at=job.cancelled_at,
        finished_at=job.finished_at,
        total=sum(group.rows for group in groups),
        counts={group.kind: group.rows for group in groups},
        usage=Usage.model_validate(
            Usage.fields_of(
                sum(group.attempts for group in groups), sum(group.seconds for group in groups), used
            )
        ),
        revision=job.revision,
    )


def repository_of(row: Row[*tuple[Any, ...]], used: Totals) -> RepositoryStatus:
    """A row of a query with all of `COLUMNS`, and what was `used` for it."""
    return RepositoryStatus.model_validate(_fields(row, used))


def _fields(row: Row[*tuple[Any, ...]], used: Totals) -> dict[str, Any]:
    seconds = None
    if row.started_at is not None and row.finished_at is not None:
        seconds = (row.finished_at - row.started_at).total_seconds()
    took = Usage.fields_of(row.attempt, row.busy_seconds, used)
    return {**row._mapping, "seconds": seconds, "usage": took}  # noqa: SLF001 - public in spite of its name
