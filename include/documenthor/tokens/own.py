"""Callers with a key pair of their own: the tenant's, whose public half is registered here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from documenthor.errors import ClaimError, KeyFormatError, SignatureError, TenantFileError
from documenthor.names import NAME_PATTERN
from documenthor.tenants import load_tenant
from documenthor.tokens.claims import TEXT, Check, Targets, is_text, require
from documenthor.tokens.keys import lookup
from documenthor.tokens.sources import Caller, Signer

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

    from documenthor.db import Database
    from documenthor.tokens.claims import Expected

_CHECKS: tuple[Check, ...] = (
    ("org", "is not the tenant of the key", lambda value, expected: value == expected.tenant),
)
_NAME = re.compile(NAME_PATTERN.strip("^$"))


@dataclass(frozen=True, slots=True)
class OwnKeys:
    """Tokens that tenants sign. A key registered here speaks for its tenant and for nobody else.

    A token without `repository` is the tenant's own word and may ask for all its repositories; one that
    names a repository of the tenant is bound to it, and to what the tenant's policy adds.
    """

    database: Database
    issuer: str
    tenants: Path | None = None
    header: frozenset[str] = frozenset({"alg", "kid", "typ"})

    def issues(self, issuer: str) -> bool:
        """Whether the issuer is the one that tenants' tokens name."""
        return issuer == self.issuer

    def signer(self, kid: str, claims: Mapping[str, Any], now: datetime) -> Signer:  # noqa: ARG002
        """The registered key; raises `SignatureError` for one that is unknown or retired."""
        key = lookup(self.database, kid)
        if key is None:
            raise SignatureError(f"key {kid!r} is not registered")
        if not key.is_active(now):
            raise SignatureError(f"key {kid!r} is retired")
        try:
            return Signer(kid, key.tenant, key.key)
        except KeyFormatError as error:
            raise SignatureError(f"key {kid!r} cannot be used: {error}") from error

    def caller(self, claims: Mapping[str, Any], signer: Signer, expected: Expected) -> Caller:
        """The tenant, or the repository of it that the token names."""
        require(claims, _CHECKS, expected)
        subject = claims.get("sub", signer.tenant)
        if not is_text(subject):
            raise ClaimError("sub", TEXT)
        repository = _repository(claims, signer.tenant)
        targets = Targets(repository, self._patterns(signer.tenant) if repository else ("*",))
        return Caller(subject, f"key:{signer.kid}", repository, targets)

    def _patterns(self, tenant: str) -> tuple[str, ...]:
        if self.tenants is None:
            return ()
        try:
            status = (self.tenants / f"{tenant}.yaml").stat()
            return _targets(self.tenants, tenant, (status.st_mtime_ns, status.st_ino))
        except (TenantFileError, OSError):
            # Whoever works for the tenant will meet the same error, and say so.
            return ()


@lru_cache(maxsize=1024)
def _targets(folder: Path, tenant: str, _state: tuple[int, int]) -> tuple[str, ...]:
    """What the tenant's file says; reading it for every token would take longer than all else."""
    return load_tenant(folder, tenant).trust.targets


def _repository(claims: Mapping[str, Any], tenant: str) -> str:
    """The name after `TENANT/`; empty if the token names no repository."""
    if "repository" not in claims:
        return ""
    value = claims["repository"]
    owner, _, name = value.partition("/") if isinstance(value, str) else ("", "", "")
    if owner.casefold() != tenant or not _NAME.fullmatch(name):
        raise ClaimError("repository", "is no repository of the tenant, written TENANT/NAME")
    return name
