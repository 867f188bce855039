"""What attempts add up to: of a tenant, by job, by repository, in a period."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from documenthor.db import UsageRow
from documenthor.usage.model import Totals

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import InstrumentedAttribute, Session

    from documenthor.db import Database

_SUMS = (
    UsageRow.gpu_ms,
    UsageRow.cpu_ms,
    UsageRow.cost_micros,
    UsageRow.reported_prompt_tokens,
    UsageRow.reported_reply_tokens,
    UsageRow.reported_bytes,
    UsageRow.bundle_bytes,
)


def totals(
    database: Database, tenant: str, since: datetime | None = None, until: datetime | None = None
) -> Totals:
    """Of all attempts of the tenant that ended from `since` on and before `until`."""
    with database.reading() as session:
        return grouped(session, (), UsageRow.tenant == tenant, *ended(since, until)).get((), Totals())


def of_jobs(session: Session, job_ids: Iterable[str]) -> dict[str, Totals]:
    """Of each of the jobs that has any; the caller knows that it may see them."""
    return _named(grouped(session, (UsageRow.job_id,), UsageRow.job_id.in_(list(job_ids))))


def within_job(session: Session, job_id: str) -> dict[str, Totals]:
    """Of each repository of a job that has any; the caller knows that it may see it."""
    return _named(grouped(session, (UsageRow.repository,), UsageRow.job_id == job_id))


def of_repository(session: Session, tenant: str, repository: str) -> dict[str, Totals]:
    """Of each of the tenant's jobs that has any on the repository."""
    own = (UsageRow.tenant == tenant, UsageRow.repository == repository)
    return _named(grouped(session, (UsageRow.job_id,), *own))


def ended(since: datetime | None, until: datetime | None) -> list[ColumnElement[bool]]:
    """The condition of a period: an attempt belongs to the one that it ended in, whole."""
    bounds = [] if since is None else [UsageRow.finished_at >= since]
    return bounds if until is None else [*bounds, UsageRow.finished_at < until]


def grouped(
    session: Session, by: tuple[InstrumentedAttribute[Any], ...], *conditions: ColumnElement[bool]
) -> dict[tuple[Any, ...], Totals]:
    """Totals by the values of `by`."""
    keys = (*by, UsageRow.waived, UsageRow.currency)
    query = select(*keys, func.count(), *(func.sum(column) for column in _SUMS)).where(*conditions)
    found: dict[tuple[Any, ...], Totals] = {}
    for row in session.execute(query.group_by(*keys)):
        values = tuple(row)
        group, (waived, currency, *numbers) = values[: len(by)], values[len(by) :]
        found[group] = found.get(group, Totals()) + _totals(waived, currency, [int(each) for each in numbers])
    return found


def _totals(waived: str, currency: str, numbers: list[int]) -> Totals:
    attempts, gpu_ms, cpu_ms, cost, prompts, replies, source, bundles = numbers
    return Totals(
        attempts=attempts,
        gpu_ms=gpu_ms,
        cpu_ms=cpu_ms,
        charged_gpu_ms=0 if waived else gpu_ms,
        charged_cpu_ms=0 if waived else cpu_ms,
        prompt_tokens=prompts,
        reply_tokens=replies,
        source_bytes=source,
        bundle_bytes=bundles,
        waived=Counter({waived: attempts}) if waived else Counter(),
        cost_micros=Counter() if waived else Counter({currency: cost}),
    )


def _named(found: dict[tuple[Any, ...], Totals]) -> dict[str, Totals]:
    return {str(key[0]): each for key, each in found.items()}
