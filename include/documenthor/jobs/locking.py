"""Holding a job while it or its rows change, so that its revision names one state of all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from documenthor.db import JobRow
from documenthor.errors import JobNotFoundError

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from documenthor.db import RepositoryRow


def locked(session: Session, job_id: str, tenant: str | None = None) -> JobRow:
    """The job, held to the end of the transaction; a job of another tenant is not there."""
    job = session.get(JobRow, job_id, with_for_update=True)
    if job is None or tenant not in {None, job.tenant}:
        raise JobNotFoundError(f"there is no job {job_id!r}")
    return job


def changed(job: JobRow, *rows: RepositoryRow) -> None:
    """Give the held job, and the rows that changed with it, a new revision."""
    job.revision += 1
    for row in rows:
        row.revision = job.revision
