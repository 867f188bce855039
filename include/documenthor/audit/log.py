"""Appending to a tenant's chain, and reading it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from documenthor.audit.entries import GENESIS, Entry, Event, Result, chained
from documenthor.db import AuditHeadRow, AuditRow

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from documenthor.db import Database

_PAGE = 1000


def append(database: Database, event: Event, now: datetime) -> Entry:
    """Append one event; writers of the same tenant wait for one another."""
    bounded = event.bounded()
    _open_chain(database, bounded.tenant)
    with database.session() as session:
        head = session.get_one(AuditHeadRow, bounded.tenant, with_for_update=True)
        entry = chained(head.number + 1, now, bounded, head.hash)
        session.add(_row(entry))
        head.number, head.hash = entry.number, entry.hash
    return entry


def entries(database: Database, tenant: str, after: int = 0) -> Iterator[Entry]:
    """A tenant's entries in the order of their numbers, from the one behind `after`."""
    while True:
        with database.reading() as session:
            query = select(AuditRow).where(AuditRow.tenant == tenant, AuditRow.number > after)
            found = [_entry(row) for row in session.scalars(query.order_by(AuditRow.number).limit(_PAGE))]
        yield from found
        if len(found) < _PAGE:
            return
        after = found[-1].number


def newest(database: Database, tenant: str, limit: int) -> list[Entry]:
    """A tenant's last entries, the newest first."""
    with database.reading() as session:
        query = select(AuditRow).where(AuditRow.tenant == tenant)
        return [_entry(row) for row in session.scalars(query.order_by(AuditRow.number.desc()).limit(limit))]


def _open_chain(database: Database, tenant: str) -> None:
    with database.reading() as session:
        if session.get(AuditHeadRow, tenant) is not None:
            return
    try:
        with database.session() as session:
            session.add(AuditHeadRow(tenant=tenant, number=0, hash=GENESIS))
    except IntegrityError:
        # Another writer opened it meanwhile.
        return


def _row(entry: Entry) -> AuditRow:
    event = entry.event
    return AuditRow(
        tenant=event.tenant,
        number=entry.number,
        at=entry.at,
        actor=event.actor,
        operation=event.operation,
        target=event.target,
        outcome=event.result.value,
        reason=event.reason,
        request=event.request,
        token=event.token,
        source=event.source,
        hash=entry.hash,
    )


def _entry(row: AuditRow) -> Entry:
    event = Event(
        tenant=row.tenant,
        actor=row.actor,
        operation=row.operation,
        result=Result(row.outcome),
        target=row.target,
        reason=row.reason,
        request=row.request,
        token=row.token,
        source=row.source,
    )
    return Entry(row.number, row.at, event, row.hash)
