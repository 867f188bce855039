"""A tenant's repositories, the worst first, and how the quality of its jobs went."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import case, func, select

from documenthor.db import JobRow, ReportRow, RepositoryRow
from documenthor.outcomes import Kind

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement, ScalarSelect, Select
    from sqlalchemy.orm import Session

# What an operator should look at first comes first; all else is sorted by its score.
_URGENCY = {Kind.FAILED.value: 0, Kind.REJECTED.value: 1}

# A nightly run has every repository in it; what no job has met for so long before the newest is no more.
_PERIOD = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a repository stands: the outcome of its newest job, and its newest score with its time."""

    name: str
    job_id: str
    outcome: str
    reason: str
    message: str
    at: datetime
    score: float | None


@dataclass(frozen=True, slots=True)
class Quality:
    """A job's scores: how many, their mean and the lowest, each 0 to 100."""

    job_id: str
    at: datetime
    scored: int
    mean: float
    lowest: float


def worst_first(
    session: Session, tenant: str, *, text: str = "", start: int = 0, limit: int = 100
) -> tuple[list[Standing], int]:
    """The tenant's repositories from `start` on, and how many there are in all (0 beyond the last)."""
    newest = session.scalar(select(func.max(JobRow.created_at)).where(JobRow.tenant == tenant))
    if newest is None:
        return [], 0
    rows = _newest_rows(tenant, newest - _PERIOD).subquery()
    scored = select(rows, _newest_score(rows.c.name, tenant).label("score"))
    if text:
        scored = scored.where(func.lower(rows.c.name).contains(text.lower(), autoescape=True))
    each = scored.subquery()
    urgency = case(_URGENCY, value=each.c.outcome, else_=len(_URGENCY))
    query = select(each, func.count().over().label("total"))
    query = query.order_by(urgency, each.c.score.is_(None), each.c.score, each.c.name)
    found = session.execute(query.offset(start).limit(limit)).all()
    total = found[0].total if found else 0
    return [Standing(**_without(row._asdict(), "total")) for row in found], total


def trend(session: Session, tenant: str, jobs: int = 30) -> list[Quality]:
    """The newest jobs in which anything was scored, oldest first."""
    query = (
        select(
            ReportRow.job_id,
            func.max(ReportRow.at).label("at"),
            func.count(ReportRow.score).label("scored"),
            func.avg(ReportRow.score).label("mean"),
            func.min(ReportRow.score).label("lowest"),
        )
        .where(ReportRow.tenant == tenant, ReportRow.score.is_not(None))
        .group_by(ReportRow.job_id)
        .order_by(func.max(ReportRow.at).desc())
        .limit(jobs)
    )
    return [Quality(**row._asdict()) for row in session.execute(query)][::-1]


def _without(values: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in values.items() if key != name}


def _newest_rows(tenant: str, since: datetime) -> Select[*tuple[Any, ...]]:
    order = (RepositoryRow.finished_at.desc(), RepositoryRow.job_id)
    rank = func.row_number().over(partition_by=RepositoryRow.name, order_by=order).label("rank")
    columns = (RepositoryRow.name, RepositoryRow.job_id, RepositoryRow.position, rank)
    recent = (JobRow.tenant == tenant, JobRow.created_at >= since)
    ended = (*recent, RepositoryRow.outcome.is_not(None))
    ranked = select(*columns).join(JobRow).where(*ended).subquery()
    # Texts are long, so only those of the newest rows are read.
    newest = (RepositoryRow.job_id == ranked.c.job_id) & (RepositoryRow.position == ranked.c.position)
    shown = (
        RepositoryRow.name,
        RepositoryRow.job_id,
        RepositoryRow.outcome,
        RepositoryRow.reason,
        RepositoryRow.message,
        RepositoryRow.finished_at.label("at"),
    )
    return select(*shown).join(ranked, newest).where(ranked.c.rank == 1)


def _newest_score(name: ColumnElement[str], tenant: str) -> ScalarSelect[float | None]:
    """Looked up by each name in the index, instead of ranking all reports that there are."""
    scored = (ReportRow.tenant == tenant, ReportRow.name == name, ReportRow.score.is_not(None))
    newest = select(ReportRow.score).where(*scored).order_by(ReportRow.at.desc(), ReportRow.job_id)
    return newest.limit(1).scalar_subquery()
