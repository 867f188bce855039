"""Tenants' key pairs: we keep the public halves, each bound to exactly one tenant."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from documenthor.db import PublicKeyRow
from documenthor.errors import KeyFormatError
from documenthor.tokens import rsa

if TYPE_CHECKING:
    from datetime import datetime

    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

    from documenthor.db import Database


@dataclass(frozen=True, slots=True)
class PrivateKey:
    """A key pair on its way to the tenant; we never store it. `kid` names it in tokens.

    `public_pem` is the half to register.
    """

    pem: str = field(repr=False)
    public_pem: str = field(repr=False)
    kid: str


@dataclass(frozen=True, slots=True)
class RegisteredKey:
    """A public key and the one tenant that it speaks for."""

    kid: str
    tenant: str
    created_at: datetime
    key: RSAPublicKey = field(repr=False)


def generate() -> PrivateKey:
    """Make a key pair."""
    pem = rsa.new_private_pem()
    public = rsa.private_key(pem).public_key()
    return PrivateKey(pem=pem, public_pem=rsa.public_pem(public), kid=rsa.thumbprint(public))


def register(database: Database, tenant: str, public_key_pem: str, now: datetime) -> str:
    """Bind a public key to a tenant and return its kid; doing it twice changes nothing.

    Raises `KeyFormatError` for a key that cannot be used or belongs to another tenant.
    """
    key = rsa.public_key(public_key_pem)
    kid = rsa.thumbprint(key)
    try:
        with database.session() as session:
            session.add(PublicKeyRow(kid=kid, tenant=tenant, jwk=rsa.to_jwk(key), created_at=now))
    except IntegrityError as error:
        earlier = lookup(database, kid)
        if earlier is None or earlier.tenant != tenant:
            raise KeyFormatError("this key belongs to another tenant; make a new one") from error
    return kid


def lookup(database: Database, kid: str) -> RegisteredKey | None:
    """The key that `kid` names, if we have it."""
    with database.session() as session:
        row = session.get(PublicKeyRow, kid)
        return None if row is None else _registered(row)


def listed(database: Database, tenant: str | None = None) -> list[RegisteredKey]:
    """All keys, or one tenant's, oldest first."""
    query = select(PublicKeyRow).order_by(PublicKeyRow.created_at, PublicKeyRow.kid)
    if tenant is not None:
        query = query.where(PublicKeyRow.tenant == tenant)
    with database.session() as session:
        return [_registered(row) for row in session.scalars(query)]


def published(database: Database) -> dict[str, list[dict[str, Any]]]:
    """The JSON Web Key Set (RFC 7517) of all tenants; it does not say whose a key is."""
    return {
        "keys": [
            {**rsa.to_jwk(entry.key), "kid": entry.kid, "alg": "RS256", "use": "sig"}
            for entry in listed(database)
        ]
    }


def _registered(row: PublicKeyRow) -> RegisteredKey:
    return RegisteredKey(row.kid, row.tenant, row.created_at, rsa.from_jwk(row.jwk))
