"""What operators' graphs show of jobs: counted over many of them, without a name in it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from documenthor.db import JobRow, RepositoryRow

if TYPE_CHECKING:
    from datetime import datetime

    from documenthor.db import Database


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A tenant's unfinished jobs: their rows without an outcome, and when the one that has stood still for
    longest last changed."""

    repositories: int
    still_since: datetime


def outcomes(database: Database, job_id: str) -> Counter[tuple[str, str]]:
    """How many rows of a job have which outcome and reason; both are empty where there is none yet."""
    query = select(RepositoryRow.outcome, RepositoryRow.reason, func.count())
    query = query.where(RepositoryRow.job_id == job_id)
    with database.reading() as session:
        found = session.execute(query.group_by(RepositoryRow.outcome, RepositoryRow.reason))
        return Counter({(outcome or "", reason): count for outcome, reason, count in found})


def unfinished(database: Database) -> dict[str, Unfinished]:
    """The tenants that have unfinished jobs, and what stands open in them."""
    row = RepositoryRow
    query = (
        select(
            JobRow.tenant,
            JobRow.created_at,
            func.max(row.started_at),
            func.max(row.finished_at),
            func.count(row.position) - func.count(row.outcome),
        )
        .outerjoin(row, row.job_id == JobRow.id)
        .where(JobRow.finished_at.is_(None))
        .group_by(JobRow.id, JobRow.tenant, JobRow.created_at)
    )
    found: dict[str, Unfinished] = {}
    with database.reading() as session:
        for tenant, created, started, finished, count in session.execute(query):
            since = max(moment for moment in (created, started, finished) if moment is not None)
            before = found.get(tenant, Unfinished(0, since))
            found[tenant] = Unfinished(before.repositories + count, min(before.still_since, since))
    return found
