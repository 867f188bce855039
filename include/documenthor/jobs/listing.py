"""A tenant's jobs, newest first, page by page."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import and_, or_, select

from documenthor.db import JobRow
from documenthor.jobs.status import STATE, summaries

if TYPE_CHECKING:
    from collections.abc import Collection

    from documenthor.db import Database
    from documenthor.jobs.model import JobState, JobSummary


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place between two jobs: after the one of this time and id. New jobs do not move it."""

    created_at: datetime
    job_id: str

    def __str__(self) -> str:
        text = f"{self.created_at.astimezone(UTC).isoformat()} {self.job_id}"
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")

    @classmethod
    def parse(cls, text: str) -> Cursor:
        """The cursor that `text` is; raises `ValueError` if it is none of ours."""
        try:
            raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True).decode()
            time, _, job_id = raw.partition(" ")
            created_at = datetime.fromisoformat(time)
        except ValueError as error:
            raise ValueError("not a cursor") from error
        if created_at.tzinfo is None or not (job_id and job_id.isprintable()):
            raise ValueError("not a cursor")
        return cls(created_at, job_id)


@dataclass(frozen=True, slots=True)
class Page:
    """Some jobs, and where the next page starts unless this is the last."""

    jobs: tuple[JobSummary, ...]
    after: Cursor | None


def listed(
    database: Database,
    *,
    tenant: str,
    limit: int,
    states: Collection[JobState] = (),
    after: Cursor | None = None,
) -> Page:
    """Up to `limit` jobs of the tenant in any of `states` (none means all), from `after` on."""
    query = select(JobRow, STATE).where(JobRow.tenant == tenant)
    if states:
        query = query.where(STATE.in_([state.value for state in states]))
    if after is not None:
        same = and_(JobRow.created_at == after.created_at, JobRow.id < after.job_id)
        query = query.where(or_(JobRow.created_at < after.created_at, same))
    query = query.order_by(JobRow.created_at.desc(), JobRow.id.desc()).limit(limit + 1)
    with database.reading() as session:
        found = summaries(session, query)
    last = found[limit - 1] if len(found) > limit else None
    return Page(tuple(found[:limit]), Cursor(last.created_at, last.id) if last else None)
