"""Putting into the outbox what a tenant wants to be told, in the transaction that makes it true."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from documenthor import webhooks
from documenthor.db import JobRow, RepositoryRow

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from documenthor.db import Database


def tell_job(session: Session, job: JobRow, now: datetime) -> None:
    """The job has ended; a retry lets it end again, at another revision."""
    query = select(RepositoryRow.outcome, func.count()).where(RepositoryRow.job_id == job.id)
    counts = {
        str(outcome): count for outcome, count in session.execute(query.group_by(RepositoryRow.outcome))
    }
    event = webhooks.job_finished(job.tenant, job.id, ending=job.revision, counts=counts, error=job.error)
    webhooks.announce(session, event, now, _named(job))


def tell_late(database: Database, *, tenant: str, job_id: str, now: datetime) -> None:
    """The job will not be done in its window, or was not; one not recorded yet asked for no webhook."""
    with database.session() as session:
        job = session.get(JobRow, job_id)
        named = _named(job) if job is not None and job.tenant == tenant else []
        webhooks.announce(session, webhooks.job_late(tenant, job_id), now, named)


def tell_repository(session: Session, job: JobRow, row: RepositoryRow, now: datetime) -> None:
    """A repository has its outcome."""
    event = webhooks.repository_finished(
        job.tenant,
        job.id,
        name=row.name,
        attempt=row.attempt,
        outcome=row.outcome or "",
        reason=row.reason,
        reference=row.reference,
    )
    webhooks.announce(session, event, now, _named(job))


def _named(job: JobRow) -> list[str]:
    address = job.request.get("webhook")
    return [address] if address else []
