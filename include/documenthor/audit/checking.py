"""Verifying the log: every chain by itself, its end, and against the anchors that were kept elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from documenthor.audit.anchors import anchors as current_anchors
from documenthor.audit.entries import GENESIS, chained
from documenthor.audit.log import entries
from documenthor.db import AuditRow

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from documenthor.audit.anchors import Anchor
    from documenthor.db import Database


def verify(database: Database, kept: Sequence[Anchor] = ()) -> list[str]:
    """Everything that does not hold, one sentence each; an empty list when all of it does."""
    ends = {anchor.tenant: anchor for anchor in current_anchors(database)}
    tenants = sorted({*ends, *_tenants(database), *(anchor.tenant for anchor in kept)})
    return [finding for tenant in tenants for finding in _chain(database, tenant, ends.get(tenant), kept)]


def _chain(database: Database, tenant: str, end: Anchor | None, kept: Sequence[Anchor]) -> Iterator[str]:
    name = tenant or "(no tenant)"
    wanted = {anchor.number: anchor.hash for anchor in kept if anchor.tenant == tenant and anchor.number}
    number, previous = 0, GENESIS
    for entry in entries(database, tenant):
        if entry.number != number + 1:
            yield f"{name}: entries {number + 1} to {entry.number - 1} are missing"
        elif chained(entry.number, entry.at, entry.event, previous).hash != entry.hash:
            yield f"{name}: entry {entry.number} was changed, or is not in its place"
        number, previous = entry.number, entry.hash
        if wanted.pop(number, previous) != previous:
            yield f"{name}: entry {number} is not the one that was anchored; the log was written anew"
    if end is None or (end.number, end.hash) != (number, previous):
        yield f"{name}: the log ends at entry {number}, where it does not end by its own account"
    yield from (
        f"{name}: entry {missing} was anchored and is gone; the end was cut off" for missing in wanted
    )


def _tenants(database: Database) -> list[str]:
    with database.reading() as session:
        return list(session.scalars(select(AuditRow.tenant).distinct()))
