"""What the pages read of a job: its rows, filtered and sorted in the database."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from documenthor import usage
from documenthor.db import JobRow, ReportRow, RepositoryRow
from documenthor.jobs.status import COLUMNS, ROW_STATE, repository_of
from documenthor.usage import Totals

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy import Row, Select
    from sqlalchemy.orm import Session

    from documenthor.jobs.model import RepositoryStatus


class Order(StrEnum):
    """By what rows are sorted."""

    POSITION = "position"
    NAME = "name"
    SCORE = "score"
    SECONDS = "seconds"


_ORDERS: Mapping[Order, tuple[Any, ...]] = {
    Order.POSITION: (RepositoryRow.position,),
    Order.NAME: (func.lower(RepositoryRow.name),),
    Order.SCORE: (ReportRow.score.is_(None), ReportRow.score),
    Order.SECONDS: (RepositoryRow.busy_seconds.desc(),),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows: with `text` in the name and of one of `kinds` (outcomes or states; none means all)."""

    text: str = ""
    kinds: frozenset[str] = frozenset()
    order: Order = Order.POSITION
    start: int = 0
    limit: int = 100


@dataclass(frozen=True, slots=True)
class Line:
    """One repository of a job; `score` is what its bundle of this job said, `at` when it ended."""

    row: RepositoryStatus
    score: float | None
    busy_seconds: float
    job_id: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Found:
    """The rows from `start` on, and how many there are in all."""

    lines: tuple[Line, ...]
    total: int


def rows(session: Session, job_id: str, wanted: Wanted) -> Found:
    """The rows of a job that the caller has already found to be the visitor's."""
    conditions = [RepositoryRow.job_id == job_id]
    if wanted.text:
        conditions.append(func.lower(RepositoryRow.name).contains(wanted.text.lower(), autoescape=True))
    if wanted.kinds:
        conditions.append(func.coalesce(RepositoryRow.outcome, ROW_STATE).in_(sorted(wanted.kinds)))
    total = session.scalar(select(func.count()).select_from(RepositoryRow).where(*conditions)) or 0
    query = _lines().where(*conditions).order_by(*_ORDERS[wanted.order], RepositoryRow.position)
    found = session.execute(query.offset(wanted.start).limit(wanted.limit))
    used = usage.within_job(session, job_id)
    return Found(tuple(_line(row, used.get(row.name)) for row in found), total)


def history(session: Session, tenant: str, name: str, limit: int) -> list[Line]:
    """What the tenant's jobs made of a repository, newest first."""
    query = _lines().join(JobRow, JobRow.id == RepositoryRow.job_id)
    query = query.where(JobRow.tenant == tenant, RepositoryRow.name == name)
    found = session.execute(query.order_by(JobRow.created_at.desc()).limit(limit))
    used = usage.of_repository(session, tenant, name)
    return [_line(row, used.get(row.job_id)) for row in found]


def _lines() -> Select[*tuple[Any, ...]]:
    joined = (ReportRow.job_id == RepositoryRow.job_id) & (ReportRow.name == RepositoryRow.name)
    more = (ReportRow.score, RepositoryRow.busy_seconds, RepositoryRow.job_id)
    return select(*COLUMNS, *more).join_from(RepositoryRow, ReportRow, joined, isouter=True)


def _line(row: Row[*tuple[Any, ...]], used: Totals | None) -> Line:
    return Line(
        repository_of(row, used or Totals()), row.score, row.busy_seconds, row.job_id, row.finished_at
    )
