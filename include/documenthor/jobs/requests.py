"""Recording a job, once: the same token or idempotency key, with the same request, finds its job again."""

from __future__ import annotations

import json
import uuid
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from documenthor.db import JobRow
from documenthor.errors import (
    IdempotencyKeyError,
    JobConflictError,
    JobInFlightError,
    JobNotFoundError,
)
from documenthor.jobs.locking import locked
from documenthor.jobs.model import JobView
from documenthor.jobs.wanted import JobRequest

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sqlalchemy.orm import Session

    from documenthor.db import Database

# Whoever records a job has this long to start its run before somebody else may try.
LEASE = timedelta(seconds=30)
# Parts of one round; a job has at most this many runs before it is retried.
_PARTS = 1000


def record(
    database: Database,
    *,
    tenant: str,
    request: JobRequest,
    requested_by: str,
    now: datetime,
    token_id: str | None = None,
    job_id: str | None = None,
    idempotency_key: str | None = None,
    colour: str = "",
    ends_at: datetime | None = None,
    use: Callable[[Session], None] = lambda _: None,
) -> JobView:
    """Record a job and return it; if its key, token or id was used before, the job that they made.

    No work on it begins of itself from `ends_at` on. `use` uses up in the same transaction what a job may
    be recorded with only once.

    Raises `IdempotencyKeyError` when the key, `JobConflictError` when the token or id was used for
    something else, and `JobInFlightError` while another request with the same key is being met.
    """
    row = JobRow(
        id=job_id or str(uuid.uuid4()),
        tenant=tenant,
        colour=colour,
        requested_by=requested_by[:255],
        token_id=token_id,
        idempotency_key=idempotency_key,
        request=request.canonical(),
        revision=1,
        round=0,
        created_at=now,
        starting_until=now + LEASE,
        ends_at=ends_at,
        error="",
    )
    try:
        with database.session() as session:
            use(session)
            session.add(row)
            session.flush()
            return view(row)
    except IntegrityError:
        with database.session() as session:
            return _again(_earlier(session, row), now)


def find(database: Database, *, tenant: str, job_id: str) -> JobView:
    """The tenant's job; raises `JobNotFoundError` for an unknown one and for another tenant's."""
    with database.reading() as session:
        row = session.get(JobRow, job_id)
        if row is None or row.tenant != tenant:
            raise JobNotFoundError(f"there is no job {job_id!r}")
        return view(row)


def triggered(database: Database, job_id: str, now: datetime) -> None:
    """The job's run was started."""
    with database.session() as session:
        job = locked(session, job_id)
        job.triggered_at, job.starting_until = now, None


def not_triggered(database: Database, job_id: str) -> None:
    """The job's run could not be started; the next one who asks may try."""
    with database.session() as session:
        locked(session, job_id).starting_until = None


def view(row: JobRow) -> JobView:
    """The row as others see it."""
    return JobView(
        id=row.id,
        tenant=row.tenant,
        request=_request(row),
        created_at=row.created_at,
        part=row.round * _PARTS + 1,
        is_triggered=row.triggered_at is not None,
        colour=row.colour,
    )


def _request(row: JobRow) -> JobRequest:
    # Strict parts of a request take JSON's types only, and the column hands out Python's.
    return JobRequest.model_validate_json(json.dumps(row.request))


def _earlier(session: Session, wanted: JobRow) -> JobRow:
    """The job that stands in the way of `wanted`, if it is the one that `wanted` asks for."""
    by_key = _one(session, wanted.tenant, idempotency_key=wanted.idempotency_key)
    by_token = _one(session, wanted.tenant, token_id=wanted.token_id)
    if by_key is not None and not _asks_for(by_key, wanted):
        raise IdempotencyKeyError("this Idempotency-Key was used for another request; choose a new one")
    found = by_key or by_token or session.get(JobRow, wanted.id, with_for_update=True)
    is_same = (
        found is not None
        and found.idempotency_key == wanted.idempotency_key
        and (by_token is None or by_token.id == found.id)
        and _asks_for(found, wanted)
    )
    if found is None or not is_same:
        # With nothing found, the token was used for something that is no job.
        raise JobConflictError("this token was used for another request; mint a new one for each request")
    return found


def _one(session: Session, tenant: str, **by: str | None) -> JobRow | None:
    if None in by.values():
        # The comparison would be IS NULL, which is true of every job made without one.
        return None
    return session.scalars(select(JobRow).filter_by(tenant=tenant, **by).with_for_update()).one_or_none()


def _asks_for(row: JobRow, wanted: JobRow) -> bool:
    # A row may be of a version that did not know every key of a request, so both are read first.
    return row.tenant == wanted.tenant and _request(row).canonical() == wanted.request


def _again(row: JobRow, now: datetime) -> JobView:
    if row.triggered_at is None:
        in_flight = row.starting_until is not None and row.starting_until > now
        if in_flight and row.idempotency_key is not None:
            raise JobInFlightError("a request with this Idempotency-Key is being met; ask again soon")
        row.starting_until = now + LEASE
    return view(row)
