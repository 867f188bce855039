"""Writing usage down, once for each pod or process tree however often it is told."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from docgen.contract import BundleError
from sqlalchemy import select

from documenthor.db import UsageRow
from documenthor.usage.charging import NOT_PUBLISHED, cost_micros, is_undelivered, settle
from documenthor.usage.model import Reported

if TYPE_CHECKING:
    from docgen.contract import Envelope
    from sqlalchemy.orm import Session

    from documenthor.db import JobRow, RepositoryRow
    from documenthor.runtimes import Measured
    from documenthor.tenants import Cost
    from documenthor.usage.model import Try

# More than any generation takes: a number beyond it is a lie, and would make every sum one.
MAX_REPORTED = 10**12
_RUN_ID = 250


def record(
    session: Session, job: JobRow, row: RepositoryRow, task: Try, measured: Measured, cost: Cost
) -> bool:
    """Write down what an attempt took and who pays, if that is news; the caller holds job and row.

    Of what was seen twice the final sight stays, or else the longer one. A pod belongs to the attempt, and
    has the prices, that it was first seen with: taken up by the next attempt it is charged once.
    """
    found = session.get(UsageRow, measured.unit)
    if found is None:
        found = _opened(job, row, task, measured.unit, cost)
        session.add(found)
    elif _rank(measured.is_final, measured) <= _rank(found.is_final, found):
        return False
    _fill(found, measured)
    session.flush()
    settle_request(session, row, found.asked)
    return True


def settle_request(session: Session, row: RepositoryRow, asked: int | None = None) -> None:
    """Say who pays for the attempts on the row's repository: for its newest request by its outcome.

    An earlier request stays delivered or not as its own outcome left it.
    """
    number = row.asked if asked is None else asked
    same = (UsageRow.job_id == row.job_id, UsageRow.repository == row.name, UsageRow.asked == number)
    attempts = session.scalars(select(UsageRow).where(*same)).all()
    if number == row.asked:
        undelivered = is_undelivered(row.outcome, row.reason)
    else:
        undelivered = any(attempt.waived == NOT_PUBLISHED for attempt in attempts)
    settle(attempts, undelivered=undelivered)


def reported(envelope: Envelope) -> Reported:
    """What a bundle says of its making; nothing if it cannot be opened."""
    try:
        said = envelope.open().usage
    except BundleError:
        return Reported()
    return Reported(said.prompt_tokens, said.reply_tokens, said.bytes)


def report(session: Session, row: RepositoryRow, said: Reported, bundle_bytes: int) -> None:
    """Keep what the generator of the newest attempt says, bounded, beside what was measured."""
    same = (UsageRow.job_id == row.job_id, UsageRow.repository == row.name, UsageRow.asked == row.asked)
    query = select(UsageRow).where(*same).order_by(UsageRow.started_at.desc(), UsageRow.unit).limit(1)
    newest = session.scalars(query).one_or_none()
    if newest is not None:
        newest.reported_prompt_tokens = _bounded(said.prompt_tokens)
        newest.reported_reply_tokens = _bounded(said.reply_tokens)
        newest.reported_bytes = _bounded(said.source_bytes)
        newest.bundle_bytes = bundle_bytes


def _opened(job: JobRow, row: RepositoryRow, task: Try, unit: str, cost: Cost) -> UsageRow:
    return UsageRow(
        unit=unit,
        tenant=job.tenant,
        job_id=job.id,
        repository=row.name,
        asked=row.asked,
        run_id=task.run_id[:_RUN_ID],
        map_index=task.map_index,
        try_number=task.try_number,
        waived="",
        currency=cost.currency,
        gpu_hour=f"{cost.gpu_hour:f}",
        cpu_hour=f"{cost.cpu_hour:f}",
    )


def _fill(row: UsageRow, measured: Measured) -> None:
    row.is_final, row.ending = measured.is_final, measured.ending.value
    row.started_at, row.finished_at = measured.started_at, measured.finished_at
    row.gpu_ms, row.cpu_ms = measured.gpu_ms, measured.cpu_ms
    prices = Decimal(row.gpu_hour), Decimal(row.cpu_hour)
    row.cost_micros = cost_micros(measured.gpu_ms, measured.cpu_ms, *prices)


def _rank(is_final: bool, seen: Measured | UsageRow) -> tuple[bool, int, int, float, float, str]:  # noqa: FBT001
    """Two sights of one thing in order; the same sight is no more than itself."""
    times = seen.finished_at.timestamp(), seen.started_at.timestamp()
    return is_final, seen.gpu_ms, seen.cpu_ms, *times, str(seen.ending)


def _bounded(number: int) -> int:
    return max(0, min(number, MAX_REPORTED))
