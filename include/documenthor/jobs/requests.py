"""Recording a job, once: the same token and request find the job that they made."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from documenthor.db import JobRow
from documenthor.errors import JobConflictError, JobNotFoundError
from documenthor.jobs.model import JobRequest, JobView

if TYPE_CHECKING:
    from datetime import datetime

    from documenthor.db import Database


def record(
    database: Database,
    *,
    tenant: str,
    request: JobRequest,
    requested_by: str,
    now: datetime,
    token_id: str | None = None,
    job_id: str | None = None,
) -> JobView:
    """Record a job and return it; if `token_id` or `job_id` was used before, the job they made.

    Raises `JobConflictError` when that job asks for something else.
    """
    row = JobRow(
        id=job_id or str(uuid.uuid4()),
        tenant=tenant,
        requested_by=requested_by[:255],
        token_id=token_id,
        request=request.model_dump(mode="json"),
        created_at=now,
        error="",
    )
    try:
        with database.session() as session:
            session.add(row)
            session.flush()
            return _view(row)
    except IntegrityError:
        return _earlier(database, row)


def find(database: Database, *, tenant: str, job_id: str) -> JobView:
    """The tenant's job; raises `JobNotFoundError` for an unknown one and for another tenant's."""
    with database.session() as session:
        row = session.get(JobRow, job_id)
        if row is None or row.tenant != tenant:
            raise JobNotFoundError(f"there is no job {job_id!r}")
        return _view(row)


def _earlier(database: Database, wanted: JobRow) -> JobView:
    same = JobRow.id == wanted.id
    # Without a token this comparison would be IS NULL, which is true of every job made without one.
    if wanted.token_id is not None:
        same |= (JobRow.tenant == wanted.tenant) & (JobRow.token_id == wanted.token_id)
    with database.session() as session:
        row = session.scalars(select(JobRow).where(same)).one()
        earlier = _view(row)
        # Compared as requests: one that was recorded before a field was added says the field's default.
        if row.tenant != wanted.tenant or earlier.request != JobRequest.model_validate(wanted.request):
            raise JobConflictError("this token was used for another request; mint a new one for each request")
        return earlier


def _view(row: JobRow) -> JobView:
    request = JobRequest.model_validate(row.request)
    return JobView(id=row.id, tenant=row.tenant, request=request, created_at=row.created_at)
