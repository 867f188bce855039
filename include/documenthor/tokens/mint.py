"""Minting a token with a tenant's private key: what the CLI does, and what a caller's CI would."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta
from typing import TYPE_CHECKING

import jwt

from documenthor.errors import ConfigurationError
from documenthor.names import NAME_PATTERN
from documenthor.tokens import rsa
from documenthor.tokens.claims import MAX_LIFETIME
from documenthor.tokens.shape import ALGORITHM

if TYPE_CHECKING:
    from datetime import datetime

DEFAULT_LIFETIME = timedelta(minutes=5)
_NAME = re.compile(NAME_PATTERN.strip("^$"))


def mint(
    private_pem: str,
    *,
    issuer: str,
    audience: str,
    org: str,
    now: datetime,
    lifetime: timedelta = DEFAULT_LIFETIME,
    jti: str | None = None,
    repository: str | None = None,
) -> str:
    """A token for one request of `org`; raises `ConfigurationError` for what no verifier would accept.

    With a `repository` (its name alone), the token speaks for that repository only.
    """
    if not (issuer.strip() and audience.strip()):
        raise ConfigurationError("DOCUMENTHOR_ISSUER and DOCUMENTHOR_AUDIENCE must both be set")
    if not timedelta(seconds=1) <= lifetime <= MAX_LIFETIME:
        longest = int(MAX_LIFETIME.total_seconds())
        raise ConfigurationError(f"a token lives 1 to {longest} seconds")
    if repository is not None and not _NAME.fullmatch(repository):
        raise ConfigurationError(
            f"{repository!r} is no repository's name; give the name alone, without its owner"
        )
    key = rsa.private_key(private_pem)
    issued = int(now.timestamp())
    claims: dict[str, str | int] = {
        "iss": issuer,
        "aud": audience,
        "org": org,
        "iat": issued,
        "nbf": issued,
        "exp": issued + int(lifetime.total_seconds()),
        "jti": str(uuid.uuid4()) if jti is None else jti,
    }
    if repository is not None:
        claims["repository"] = f"{org}/{repository}"
    return jwt.encode(claims, key, algorithm=ALGORITHM, headers={"kid": rsa.thumbprint(key.public_key())})
