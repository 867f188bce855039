"""What is measured of what is stored, once a minute, by each server: all of them say the same."""

from __future__ import annotations

import logging
import threading
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from documenthor import proposals, tokens
from documenthor.db import DeliveryRow, EndpointRow
from documenthor.jobs import measured
from documenthor.metrics import labels
from documenthor.metrics.table import KEY_EXPIRY, MESSAGES, OPEN, PULL_REQUESTS, STANDSTILL

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from documenthor.db import Database
    from documenthor.metrics.port import Metrics

_log = logging.getLogger(__name__)
_SECONDS = 60.0
_FORGOTTEN = timedelta(days=30)
_STATES = labels.MESSAGES.values


def sample(database: Database, metrics: Metrics, now: datetime) -> None:
    """Send every gauge once."""
    _jobs(database, metrics, now)
    _keys(database, metrics, now)
    _messages(database, metrics)
    for tenant, fates in proposals.counts(database).items():
        for fate, count in fates.items():
            metrics.record(PULL_REQUESTS, count, tenant=tenant, fate=fate)


def _jobs(database: Database, metrics: Metrics, now: datetime) -> None:
    for tenant, found in measured.unfinished(database).items():
        metrics.record(OPEN, found.repositories, tenant=tenant)
        metrics.record(STANDSTILL, max(0.0, (now - found.still_since).total_seconds()), tenant=tenant)


def _keys(database: Database, metrics: Metrics, now: datetime) -> None:
    ends: dict[str, list[datetime | None]] = {}
    for key in tokens.listed(database):
        ends.setdefault(key.tenant, []).append(key.retired_at)
    for tenant, found in ends.items():
        known = [end for end in found if end is not None]
        # A tenant whose keys have all ended for long has left, or calls otherwise.
        if len(known) == len(found) and max(known) > now - _FORGOTTEN:
            metrics.record(KEY_EXPIRY, max(known).timestamp(), tenant=tenant)


def _messages(database: Database, metrics: Metrics) -> None:
    query = select(EndpointRow.tenant, DeliveryRow.state, func.count())
    query = query.join(DeliveryRow, DeliveryRow.endpoint_id == EndpointRow.id)
    query = query.where(DeliveryRow.state.in_(sorted(_STATES)))
    with database.reading() as session:
        rows = session.execute(query.group_by(EndpointRow.tenant, DeliveryRow.state)).all()
        tenants = session.scalars(select(EndpointRow.tenant).distinct()).all()
    counts = {(tenant, state): count for tenant, state, count in rows}
    for tenant in tenants:
        for state in _STATES:
            metrics.record(MESSAGES, counts.get((tenant, state), 0), tenant=tenant, state=state)


class Sampler:
    """Samples every minute, in a thread of its own that ends with the process."""

    def __init__(self, database: Database, metrics: Metrics, clock: Callable[[], datetime]) -> None:
        self._database, self._metrics, self._clock = database, metrics, clock
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="metrics", daemon=True)

    def start(self) -> None:
        """Begin, at once."""
        self._thread.start()

    def stop(self) -> None:
        """End after the sample that is being taken."""
        self._stopping.set()
        self._thread.join()

    def _run(self) -> None:
        while True:
            try:
                sample(self._database, self._metrics, self._clock())
            except Exception:  # noqa: BLE001 - a database that is away comes back
                _log.exception("what is stored could not be measured")
            if self._stopping.wait(_SECONDS):
                return
