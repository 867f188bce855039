"""Working through the outbox. Several processes may: a message belongs to whoever took it, for a while."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING

from sqlalchemy import select
from standardwebhooks import Webhook

from documenthor.db import DeliveryRow, EndpointRow
from documenthor.metrics import SILENT
from documenthor.metrics.table import WEBHOOKS
from documenthor.webhooks.outbox import DeliveryState

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from documenthor.db import Database
    from documenthor.metrics import Metrics
    from documenthor.webhooks.sealing import Sealer
    from documenthor.webhooks.sending import Reply, Sender

# After the n-th failure it waits for the n-th of these: the schedule that Standard Webhooks proposes,
# three days and three quarters in all.
PAUSES = tuple(
    timedelta(seconds=seconds) for seconds in (5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400)
)
# A process that dies while it sends leaves its message to the others after this long.
_LEASE = timedelta(minutes=2)
_LONGEST_WAIT = timedelta(hours=24)
_RESULTS = {
    DeliveryState.DELIVERED: "delivered",
    DeliveryState.PENDING: "failed",
    DeliveryState.DEAD: "dead",
}


@dataclass(frozen=True, slots=True)
class _Message:
    id: str
    tenant: str
    url: str
    secrets: str
    payload: str


def deliver_due(
    database: Database,
    sealer: Sealer,
    sender_of: Callable[[str], Sender],
    now: Callable[[], datetime],
    metrics: Metrics = SILENT,
) -> int:
    """Send every message that is due, once; returns how many attempts were made.

    `sender_of` makes the sender for a tenant, whose policy may allow more addresses.
    """
    attempts = 0
    while (message := _take(database, now())) is not None:
        reply = sender_of(message.tenant).send(message.url, _headers(sealer, message, now()), _body(message))
        state = _record(database, message.id, reply, now())
        metrics.record(WEBHOOKS, tenant=message.tenant, result=_RESULTS[state])
        attempts += 1
    return attempts


def _take(database: Database, now: datetime) -> _Message | None:
    """The message that has waited longest; it counts as not due for others while it is sent."""
    with database.session() as session:
        query = (
            select(DeliveryRow, EndpointRow)
            .join(EndpointRow, EndpointRow.id == DeliveryRow.endpoint_id)
            .where(DeliveryRow.state == DeliveryState.PENDING.value, DeliveryRow.due_at <= now)
            .where(EndpointRow.disabled == "")
            .order_by(DeliveryRow.due_at)
            .limit(1)
            .with_for_update(skip_locked=True, of=DeliveryRow)
        )
        found = session.execute(query).one_or_none()
        if found is None:
            return None
        row, endpoint = found
        row.due_at = now + _LEASE
        return _Message(row.id, endpoint.tenant, endpoint.url, endpoint.secrets, row.payload)


def _headers(sealer: Sealer, message: _Message, now: datetime) -> dict[str, str]:
    signatures = [
        Webhook(secret).sign(message.id, now, message.payload) for secret in sealer.open(message.secrets)
    ]
    return {
        "Content-Type": "application/json",
        "User-Agent": "Documenthor",
        "webhook-id": message.id,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": " ".join(signatures),
    }


def _body(message: _Message) -> bytes:
    return message.payload.encode()


def _record(database: Database, message_id: str, reply: Reply, now: datetime) -> DeliveryState:
    """Write down how an attempt ended; returns where that leaves the message."""
    with database.session() as session:
        row = session.get_one(DeliveryRow, message_id, with_for_update=True)
        row.attempts += 1
        row.result = (str(reply.status) if reply.status else reply.reason)[:255]
        if reply.is_success:
            row.state = DeliveryState.DELIVERED.value
        elif reply.status == HTTPStatus.GONE or row.attempts > len(PAUSES):
            row.state = DeliveryState.DEAD.value
        else:
            asked = min(timedelta(seconds=reply.wait), _LONGEST_WAIT)
            row.due_at = now + max(PAUSES[row.attempts - 1], asked)
        if reply.status == HTTPStatus.GONE:
            session.get_one(EndpointRow, row.endpoint_id).disabled = f"answered 410 at {now.isoformat()}"
        return DeliveryState(row.state)
