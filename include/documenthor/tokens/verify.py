"""Verifying a caller's token: RS256, signed with a registered key, and every claim as `claims` has it.

PyJWT checks the signature only. Claims are checked by our own table, because PyJWT would hold dates
against a clock of its own and let pass what is absent.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import jwt

from documenthor.errors import MalformedTokenError, SignatureError, TokenError
from documenthor.tokens.claims import Expected, VerifiedClaims, verified
from documenthor.tokens.keys import RegisteredKey, lookup

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from jwt.types import Options

    from documenthor.db import Database

ALGORITHM = "RS256"
MAX_BYTES = 16 * 1024
# Anything else in a header (`jku`, `jwk`, `x5u`, `crit`, `b64`, `zip`, ...) changes how a token is read.
_HEADER = {"alg", "kid", "typ"}
_KID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_SIGNATURE_ONLY: Options = {
    "verify_signature": True,
    "enforce_minimum_key_length": True,
    "verify_exp": False,
    "verify_nbf": False,
    "verify_iat": False,
    "verify_aud": False,
    "verify_iss": False,
    "verify_sub": False,
    "verify_jti": False,
}


@dataclass(frozen=True, slots=True)
class Verifier:
    """Verifies tokens; while its issuer or audience is empty, it refuses them all."""

    database: Database
    issuer: str
    audience: str
    clock: Callable[[], datetime]

    def verify(self, token: str) -> VerifiedClaims:
        """The token's claims; raises `TokenError`, whose text is for logs only."""
        if not (self.issuer.strip() and self.audience.strip()):
            raise TokenError(
                "every token is refused until DOCUMENTHOR_ISSUER and DOCUMENTHOR_AUDIENCE are set"
            )
        kid = _kid(token)
        key = lookup(self.database, kid)
        if key is None:
            raise SignatureError(f"key {kid!r} is not registered")
        expected = Expected(self.issuer, self.audience, key.tenant, self.clock())
        return verified(_signed(token, key), expected)


def _kid(token: str) -> str:
    """The name of the signing key. The header is not verified yet, so it must be exactly what we mint."""
    if len(token) > MAX_BYTES or not token.isascii():
        raise MalformedTokenError(f"longer than {MAX_BYTES} bytes, or not ASCII")
    try:
        header = jwt.get_unverified_header(token)
    except jwt.PyJWTError as error:
        raise MalformedTokenError(f"not a signed token ({type(error).__name__})") from error
    if not header.keys() <= _HEADER or header.get("typ", "JWT") != "JWT":
        raise MalformedTokenError("its header holds more than alg, kid and typ=JWT")
    if header.get("alg") != ALGORITHM:
        raise MalformedTokenError(f"its algorithm is not {ALGORITHM}")
    kid = header.get("kid")
    if not isinstance(kid, str) or not _KID.fullmatch(kid):
        raise MalformedTokenError("its header names no key")
    return kid


def _signed(token: str, key: RegisteredKey) -> dict[str, Any]:
    try:
        return jwt.decode(token, key.key, algorithms=[ALGORITHM], options=_SIGNATURE_ONLY)
    except jwt.PyJWTError as error:
        raise SignatureError(f"not signed with key {key.kid!r} ({type(error).__name__})") from error
