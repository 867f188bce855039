"""What only reads waits for no writer: somebody who writes for long delays nobody's token or webhooks."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from documenthor import audit, jobs, tokens, webhooks
from documenthor.db import Database, JobRow
from documenthor.jobs.memory import settled

from tests.documenthor.support import NOW

if TYPE_CHECKING:
    from collections.abc import Callable

_READINGS: dict[str, Callable[[Database], Any]] = {
    "a token's key": lambda database: tokens.keys.lookup(database, "kid"),
    "keys": tokens.listed,
    "audit entries": lambda database: list(audit.entries(database, "acme")),
    "anchors": audit.anchors,
    "the audit log's chains": audit.verify,
    "webhooks": lambda database: webhooks.endpoints(database, "acme"),
    "messages": lambda database: webhooks.deliveries(database, "acme", webhooks.DeliveryState.DEAD),
    "what is settled": lambda database: settled(database, "acme"),
    "jobs": lambda database: jobs.listed(database, tenant="acme", limit=5).jobs,
}


@pytest.mark.timeout(60)
@pytest.mark.parametrize("what", _READINGS)
def test_reading_goes_on_beside_a_writer(
    database: Database, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    monkeypatch.setattr("documenthor.db.engine._LOCK_TIMEOUT_SECONDS", 1)
    with database.session() as writing:
        writing.add(JobRow(id="j", tenant="acme", requested_by="me", request={}, created_at=NOW, error=""))
        writing.flush()
        with closing(Database(database.url)) as reader:
            assert not _READINGS[what](reader)
