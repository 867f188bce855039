"""Tenants' key pairs: we keep the public halves, each bound to exactly one tenant."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from documenthor.db import PublicKeyRow
from documenthor.errors import KeyFormatError
from documenthor.tokens import rsa, shape

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime, timedelta

    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

    from documenthor.db import Database

_log = logging.getLogger(__name__)


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
    """A public key and the one tenant that it speaks for, until `retired_at` where that is set."""

    kid: str
    tenant: str
    created_at: datetime
    retired_at: datetime | None
    jwk: Mapping[str, object] = field(repr=False)

    @property
    def key(self) -> RSAPublicKey:
        """What checks signatures; raises `KeyFormatError` if what is stored is not good for that."""
        return rsa.from_jwk(self.jwk)

    def is_active(self, now: datetime) -> bool:
        """Whether the key counts."""
        return self.retired_at is None or now < self.retired_at


def generate() -> PrivateKey:
    """Make a key pair."""
    while True:
        pem = rsa.new_private_pem()
        public = rsa.private_key(pem).public_key()
        kid = rsa.thumbprint(public)
        # One in 64 looks like an option to every program that is given it.
        if not kid.startswith("-"):
            return PrivateKey(pem=pem, public_pem=rsa.public_pem(public), kid=kid)


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
    with database.reading() as session:
        row = session.get(PublicKeyRow, kid)
        return None if row is None else _registered(row)


def listed(database: Database, tenant: str | None = None) -> list[RegisteredKey]:
    """All keys, or one tenant's, oldest first."""
    query = select(PublicKeyRow).order_by(PublicKeyRow.created_at, PublicKeyRow.kid)
    if tenant is not None:
        query = query.where(PublicKeyRow.tenant == tenant)
    with database.reading() as session:
        return [_registered(row) for row in session.scalars(query)]


def retire(database: Database, kid: str, at: datetime) -> RegisteredKey:
    """Let a key count until `at`, or until the earlier time that was set before.

    Raises `KeyFormatError` for a key that is not registered.
    """
    with database.session() as session:
        row = session.get(PublicKeyRow, kid, with_for_update=True)
        if row is None:
            raise KeyFormatError(f"there is no key {kid!r}; `keys list` names them")
        _end(row, at)
        return _registered(row)


def rotate(
    database: Database, tenant: str, public_key_pem: str, now: datetime, overlap: timedelta
) -> tuple[str, tuple[RegisteredKey, ...]]:
    """Register a new key and let the tenant's other keys count for `overlap` more, in one transaction.

    Returns the new kid and the keys that end. Raises `KeyFormatError` for a key that was there before.
    """
    key = rsa.public_key(public_key_pem)
    kid = rsa.thumbprint(key)
    query = select(PublicKeyRow).where(PublicKeyRow.tenant == tenant).order_by(PublicKeyRow.kid)
    with database.session() as session:
        if session.get(PublicKeyRow, kid) is not None:
            raise KeyFormatError("this key is registered already; rotating takes a new one")
        rows = [row for row in session.scalars(query.with_for_update()) if _registered(row).is_active(now)]
        for row in rows:
            _end(row, now + overlap)
        session.add(PublicKeyRow(kid=kid, tenant=tenant, jwk=rsa.to_jwk(key), created_at=now))
        return kid, tuple(_registered(row) for row in rows)


def _end(row: PublicKeyRow, at: datetime) -> None:
    row.retired_at = min(at, row.retired_at or at)


def published(database: Database, now: datetime) -> dict[str, list[dict[str, Any]]]:
    """The JSON Web Key Set (RFC 7517) of all tenants' active keys; it does not say whose a key is."""
    active = [entry for entry in listed(database) if entry.is_active(now)]
    return {"keys": [jwk for entry in active if (jwk := _published(entry))]}


def _published(entry: RegisteredKey) -> dict[str, Any] | None:
    try:
        members = rsa.to_jwk(entry.key)
    except KeyFormatError:
        # One tenant's damaged key must not take the others' away.
        _log.exception("key %s of %s cannot be used", entry.kid, entry.tenant)
        return None
    return {**members, "kid": entry.kid, "alg": shape.ALGORITHM, "use": "sig"}


def _registered(row: PublicKeyRow) -> RegisteredKey:
    return RegisteredKey(row.kid, row.tenant, row.created_at, row.retired_at, row.jwk)
