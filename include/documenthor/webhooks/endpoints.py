"""The addresses of a tenant, and the secrets that its messages are signed with."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from documenthor.db import EndpointRow
from documenthor.errors import WebhookError
from documenthor.webhooks.addresses import check_url
from documenthor.webhooks.events import EVENTS, JOB_FINISHED
from documenthor.webhooks.sealing import new_secret

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from documenthor.db import Database
    from documenthor.webhooks.addresses import Network
    from documenthor.webhooks.sealing import Sealer

# A message carries a signature for each; more than two at once is no rotation any more.
_MOST_SECRETS = 2


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One address. `on_request` ones are told of jobs that name them alone; `disabled` says why none."""

    id: str
    tenant: str
    url: str
    events: tuple[str, ...]
    on_request: bool
    disabled: str


def add(
    database: Database,
    sealer: Sealer,
    *,
    tenant: str,
    url: str,
    now: datetime,
    events: Sequence[str] = (JOB_FINISHED,),
    on_request: bool = False,
    networks: Sequence[Network] = (),
) -> tuple[Endpoint, str]:
    """Register an address; returns it with its signing secret, which is not shown again."""
    check_url(url, networks)
    if unknown := sorted(set(events).difference(EVENTS)) or not events:
        raise WebhookError(f"unknown events: {unknown}; use {', '.join(EVENTS)}")
    secret = new_secret()
    row = EndpointRow(
        id=f"ep_{uuid.uuid4().hex}",
        tenant=tenant,
        url=url,
        events=",".join(sorted(set(events))),
        on_request=on_request,
        secrets=sealer.seal([secret]),
        created_at=now,
        disabled="",
    )
    try:
        with database.session() as session:
            session.add(row)
    except IntegrityError as error:
        raise WebhookError("the tenant has this address already; remove it first") from error
    return _endpoint(row), secret


def endpoints(database: Database, tenant: str) -> list[Endpoint]:
    """The tenant's addresses, oldest first."""
    with database.reading() as session:
        query = select(EndpointRow).where(EndpointRow.tenant == tenant)
        return [_endpoint(row) for row in session.scalars(query.order_by(EndpointRow.created_at))]


def rotate(database: Database, sealer: Sealer, *, tenant: str, endpoint_id: str, drop_old: bool) -> str:
    """A new secret, returned; messages are signed with the old one too until a call with `drop_old`."""
    secret = new_secret()
    with database.session() as session:
        row = _row(session, tenant, endpoint_id)
        old = [] if drop_old else sealer.open(row.secrets)
        row.secrets = sealer.seal([secret, *old][:_MOST_SECRETS])
    return secret


def remove(database: Database, *, tenant: str, endpoint_id: str) -> None:
    """Forget an address and what was still to be told it."""
    with database.session() as session:
        session.delete(_row(session, tenant, endpoint_id))


def enable(database: Database, *, tenant: str, endpoint_id: str) -> None:
    """Send again to an address that was disabled."""
    with database.session() as session:
        _row(session, tenant, endpoint_id).disabled = ""


def _row(session: Session, tenant: str, endpoint_id: str) -> EndpointRow:
    row = session.get(EndpointRow, endpoint_id, with_for_update=True)
    if row is None or row.tenant != tenant:
        raise WebhookError(f"the tenant has no endpoint {endpoint_id!r}; `webhooks list` names them")
    return row


def _endpoint(row: EndpointRow) -> Endpoint:
    events = tuple(row.events.split(","))
    return Endpoint(row.id, row.tenant, row.url, events, row.on_request, row.disabled)
