"""The outbox: what is to be told is written in the transaction that makes it true."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import select

from documenthor.db import DeliveryRow, EndpointRow
from documenthor.errors import WebhookError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sqlalchemy.orm import Session

    from documenthor.db import Database
    from documenthor.webhooks.events import Event


class DeliveryState(StrEnum):
    """Where a message stands. `dead` ones are not tried again unless somebody asks for it."""

    PENDING = "pending"
    DELIVERED = "delivered"
    DEAD = "dead"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message for one endpoint. `result` is what the last attempt met."""

    id: str
    endpoint: str
    event: str
    state: DeliveryState
    attempts: int
    due_at: datetime
    result: str


def announce(session: Session, event: Event, now: datetime, named: Iterable[str] = ()) -> None:
    """Put an event into the outbox for each endpoint that wants it; telling it twice changes nothing.

    `named` are addresses that the job asked for; endpoints that wait to be asked get nothing otherwise.
    """
    wanted = set(named)
    query = select(EndpointRow).where(EndpointRow.tenant == event.tenant, EndpointRow.disabled == "")
    for endpoint in session.scalars(query):
        if event.name in endpoint.events.split(",") and (not endpoint.on_request or endpoint.url in wanted):
            _put(session, endpoint, event, now)


def deliveries(database: Database, tenant: str, state: DeliveryState) -> list[Delivery]:
    """The tenant's messages in a state, oldest first."""
    query = select(DeliveryRow).join(EndpointRow, EndpointRow.id == DeliveryRow.endpoint_id)
    query = query.where(EndpointRow.tenant == tenant, DeliveryRow.state == state.value)
    with database.reading() as session:
        return [_delivery(row) for row in session.scalars(query.order_by(DeliveryRow.created_at))]


def resend(database: Database, *, tenant: str, delivery_id: str, now: datetime) -> None:
    """Try a message again from the start, whatever became of it."""
    with database.session() as session:
        row = session.get(DeliveryRow, delivery_id, with_for_update=True)
        endpoint = session.get(EndpointRow, row.endpoint_id) if row else None
        if row is None or endpoint is None or endpoint.tenant != tenant:
            raise WebhookError(f"the tenant has no message {delivery_id!r}; `webhooks dead` lists some")
        row.state, row.attempts, row.due_at = DeliveryState.PENDING.value, 0, now


def _put(session: Session, endpoint: EndpointRow, event: Event, now: datetime) -> None:
    identity = f"msg_{uuid5(NAMESPACE_URL, f'{endpoint.id}/{event.name}/{event.key}').hex}"
    if session.get(DeliveryRow, identity) is not None:
        return
    payload = {"type": event.name, "timestamp": now.isoformat(), "data": event.data}
    session.add(
        DeliveryRow(
            id=identity,
            endpoint_id=endpoint.id,
            event=event.name,
            payload=json.dumps(payload, separators=(",", ":")),
            created_at=now,
            due_at=now,
            state=DeliveryState.PENDING.value,
            attempts=0,
            result="",
        )
    )


def _delivery(row: DeliveryRow) -> Delivery:
    return Delivery(
        row.id, row.endpoint_id, row.event, DeliveryState(row.state), row.attempts, row.due_at, row.result
    )
