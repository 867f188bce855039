"""What happens to a job's rows while a run works on them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from documenthor import proposals, usage
from documenthor.db import RepositoryRow
from documenthor.errors import JobCancelledError, JobError, JobNotFoundError, WindowClosedError
from documenthor.jobs.control import CANCELLED, WINDOW_CLOSED, count_open, is_over
from documenthor.jobs.locking import changed, locked
from documenthor.jobs.model import is_of
from documenthor.jobs.telling import tell_job, tell_repository
from documenthor.outcomes import Kind, Outcome, failed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from docgen.contract import Envelope
    from sqlalchemy.orm import Session

    from documenthor.db import Database, JobRow
    from documenthor.tenants import Cost

_LOST = "the run ended before this repository had an outcome; clear its map index to retry it"
_REFUSALS: Mapping[str, type[JobError]] = {
    CANCELLED.reason: JobCancelledError,
    WINDOW_CLOSED.reason: WindowClosedError,
}
_UNRESOLVED = "the request could not be resolved; see the plan task's log, then clear it to retry"


@dataclass(frozen=True, slots=True)
class RunSummary:
    """How one run ended: its rows by outcome, how many were open until now, whether it closed the job.

    `failed` are the names of the repositories that did.
    """

    counts: Counter[str]
    job_finished: bool
    lost: int
    job_error: str = ""
    failed: tuple[str, ...] = ()

    @property
    def has_failed(self) -> bool:
        """Whether an operator should look at this run."""
        return bool(self.job_error or self.counts.get(Kind.FAILED))


def is_open(database: Database, job_id: str, name: str) -> bool:
    """Whether the job has the repository, and no outcome for it yet."""
    with database.reading() as session:
        query = select(RepositoryRow.position).where(
            RepositoryRow.job_id == job_id, RepositoryRow.name == name, RepositoryRow.outcome.is_(None)
        )
        return session.scalar(query) is not None


def start(database: Database, job_id: str, name: str, now: datetime) -> int:
    """Open a repository's row for another attempt, whatever it held, and return the attempt's number.

    Raises `JobCancelledError` when the job was cancelled, and `WindowClosedError` when its time is over
    before the first attempt; the row then has its outcome.
    """
    with database.session() as session:
        job = locked(session, job_id)
        row = _row(session, job_id, name)
        refusal = _refusal(job, row, now)
        if refusal is None:
            row.busy_seconds += _busy(row, now)
            row.attempt += 1
            # With an outcome it was done; whoever wants it done once more asks for it.
            row.asked += row.outcome is not None
            row.started_at, row.finished_at, row.outcome = now, None, None
            _describe(row, Outcome(Kind.FAILED))
            job.finished_at = None
            changed(job, row)
        elif row.outcome is None:
            _close(session, job, row, refusal, now)
            changed(job, row)
    if refusal is not None:
        raise _REFUSALS[refusal.reason](refusal.message)
    return row.attempt


def finish(database: Database, job_id: str, name: str, outcome: Outcome, now: datetime) -> None:
    """Record a repository's outcome."""
    with database.session() as session:
        job = locked(session, job_id)
        row = _row(session, job_id, name)
        _close(session, job, row, outcome, now)
        changed(job, row)


def measure(
    database: Database, job_id: str, name: str, task: usage.Try, measured: usage.Measured, cost: Cost
) -> bool:
    """Write down what an attempt on a repository took; told again, it changes nothing.

    Returns whether it was news.
    """
    with database.session() as session:
        job = locked(session, job_id)
        row = _row(session, job_id, name)
        is_news = usage.record(session, job, row, task, measured, cost)
        if is_news:
            changed(job, row)
        return is_news


def report(database: Database, job_id: str, name: str, envelope: Envelope) -> None:
    """Keep what the generator of the newest attempt says that it took, and how large its bundle is."""
    said = usage.reported(envelope)
    with database.session() as session:
        job = locked(session, job_id)
        row = _row(session, job_id, name)
        usage.report(session, row, said, len(envelope.payload))
        changed(job, row)


def close_run(database: Database, job_id: str, run_id: str, now: datetime, colour: str = "") -> RunSummary:
    """Close what a finished run left open; if no row of the job is open then, finish the job.

    A run of a colour that the job does not belong to, and that claimed nothing of it, changes nothing.
    """
    with database.session() as session:
        job = locked(session, job_id)
        this_run = (RepositoryRow.job_id == job_id, RepositoryRow.run_id == run_id)
        rows = session.scalars(select(RepositoryRow).where(*this_run)).all()
        if not rows and not is_of(job.colour, colour):
            return RunSummary(Counter(), job_finished=False, lost=0)
        lost = [row for row in rows if row.outcome is None]
        for row in lost:
            _close(session, job, row, failed("run", _LOST), now)
        session.flush()
        if job.resolved_at is None and job.cancelled_at is None:
            job.error = _UNRESOLVED
        finished = job.finished_at is None and count_open(session, job_id) == 0
        if finished:
            job.finished_at = now
        changed(job, *lost)
        if finished:
            tell_job(session, job, now)
        counts = Counter(row.outcome or "" for row in rows)
        broken = sorted(row.name for row in rows if row.outcome == Kind.FAILED)
        return RunSummary(counts, finished, len(lost), job.error, tuple(broken))


def _refusal(job: JobRow, row: RepositoryRow, now: datetime) -> Outcome | None:
    """Why no work on the row begins. What was begun, or is cleared by an operator, goes on."""
    if job.cancelled_at is not None:
        return CANCELLED
    is_first = row.attempt == 0 and row.outcome is None
    return WINDOW_CLOSED if is_first and is_over(job, now) else None


def _close(session: Session, job: JobRow, row: RepositoryRow, outcome: Outcome, now: datetime) -> None:
    row.busy_seconds += _busy(row, now)
    row.outcome, row.finished_at = outcome.kind.value, now
    _describe(row, outcome)
    usage.settle_request(session, row)
    proposals.note(session, job, row.name, outcome, now)
    tell_repository(session, job, row, now)


def _busy(row: RepositoryRow, now: datetime) -> float:
    """Seconds of an attempt that has not been closed yet; an outcome told twice counts once."""
    if row.started_at is None or row.finished_at is not None:
        return 0
    return max(0.0, (now - row.started_at).total_seconds())


def _describe(row: RepositoryRow, outcome: Outcome) -> None:
    row.reason, row.message = outcome.reason, outcome.message
    row.commit, row.reference, row.pages = outcome.commit, outcome.reference, list(outcome.pages)


def _row(session: Session, job_id: str, name: str) -> RepositoryRow:
    query = select(RepositoryRow).where(RepositoryRow.job_id == job_id, RepositoryRow.name == name)
    row = session.scalars(query.with_for_update()).one_or_none()
    if row is None:
        raise JobNotFoundError(f"job {job_id!r} has no repository {name!r}")
    return row
