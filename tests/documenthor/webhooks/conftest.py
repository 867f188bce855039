"""An outbox, and a receiver that a tenant registered."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from cryptography.fernet import Fernet
from documenthor import webhooks
from documenthor.metrics import Metrics
from documenthor.webhooks.addresses import Destinations

from tests.documenthor.support import Clock
from tests.fakes.metrics import Recorder
from tests.fakes.webhook_receiver import Receiver

if TYPE_CHECKING:
    from collections.abc import Iterator

    from documenthor.db import Database
    from documenthor.webhooks import Delivery, DeliveryState, Event

LOOPBACK = (ipaddress.ip_network("127.0.0.0/8"),)


@dataclass
class Outbox:
    """Everything that a test of deliveries needs, over a real database."""

    database: Database
    sealer: webhooks.Sealer
    clock: Clock
    measured: Recorder = field(default_factory=Recorder)

    def register(
        self, receiver: Receiver, tenant: str = "acme", *events: str, on_request: bool = False
    ) -> str:
        """Register the receiver; it knows its secret, and the id is returned."""
        endpoint, secret = webhooks.add(
            self.database,
            self.sealer,
            tenant=tenant,
            url=receiver.url,
            now=self.clock(),
            events=events or ("job.finished",),
            on_request=on_request,
            networks=LOOPBACK,
        )
        receiver.secrets.insert(0, secret)
        return endpoint.id

    def announce(self, event: Event, *named: str) -> None:
        """Put an event into the outbox."""
        with self.database.session() as session:
            webhooks.announce(session, event, self.clock(), named)

    def deliver(self) -> int:
        """One pass."""
        sender = webhooks.Sender(Destinations(LOOPBACK))
        return webhooks.deliver_due(
            self.database, self.sealer, lambda _: sender, self.clock, Metrics(self.measured)
        )

    def later(self, **by: float) -> int:
        """Let time pass, then one pass."""
        self.clock.advance(timedelta(**by))
        return self.deliver()

    def having(self, state: DeliveryState, tenant: str = "acme") -> list[Delivery]:
        """The tenant's messages in a state."""
        return webhooks.deliveries(self.database, tenant, state)


@pytest.fixture
def outbox(database: Database) -> Outbox:
    """An empty outbox; its clock begins now, because receivers refuse old messages."""
    sealer = webhooks.Sealer([Fernet.generate_key().decode()])
    return Outbox(database, sealer, Clock(datetime.now(UTC)))


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """A receiver that answers 204."""
    with Receiver() as running:
        yield running


def finished(job: str = "job-1", ending: int = 1, tenant: str = "acme") -> Event:
    """A job's end."""
    return webhooks.job_finished(tenant, job, ending=ending, counts={"committed": 2}, error="")
