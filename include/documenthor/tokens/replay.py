"""Using a token up: of any number of requests with one token, in any process, exactly one is the first.

Only what changes something uses tokens up. Reading and `/api/verify` leave them as they are.
"""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from documenthor.db import UsedTokenRow
from documenthor.tokens.claims import LEEWAY

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from documenthor.db import Database
    from documenthor.tokens.claims import VerifiedClaims

# Processes' clocks differ; a row goes when no clock can take its token for valid any more.
_MARGIN = LEEWAY + timedelta(minutes=5)
_SWEEP = 100


def consume(database: Database, claims: VerifiedClaims, now: datetime) -> bool:
    """Use the token up; whether this was its first use."""
    try:
        with database.session() as session:
            use(session, claims, now)
    except IntegrityError:
        return False
    return True


def use(session: Session, claims: VerifiedClaims, now: datetime) -> None:
    """Use the token up together with what it is used for; that fails as a whole for a used token."""
    _sweep(session, now)
    row = UsedTokenRow(
        digest=digest(claims), tenant=claims.tenant, used_at=now, forget_at=claims.expires_at + _MARGIN
    )
    session.add(row)


def digest(claims: VerifiedClaims) -> str:
    """What tells the token from all others: a `jti` is unique for its issuer and tenant only."""
    identity = json.dumps([claims.issuer, claims.tenant, claims.token_id])
    return hashlib.sha256(identity.encode()).hexdigest()


def _sweep(session: Session, now: datetime) -> None:
    """Forget some tokens that have long expired, leaving those that another process is forgetting."""
    over = select(UsedTokenRow.digest).where(UsedTokenRow.forget_at < now).limit(_SWEEP)
    found = session.scalars(over.with_for_update(skip_locked=True)).all()
    if found:
        session.execute(delete(UsedTokenRow).where(UsedTokenRow.digest.in_(found)))
