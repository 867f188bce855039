"""Verifying a caller's token: its form, its key, its signature, and then every claim by the tables.

PyJWT checks the signature only. Claims are checked by our own tables, because PyJWT would hold dates
against a clock of its own and let pass what is absent.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import jwt

from documenthor.errors import ClaimError, SignatureError, TokenError
from documenthor.tokens import shape
from documenthor.tokens.claims import COMMON, Expected, VerifiedClaims, require, require_lifetime

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from documenthor.tokens.sources import Caller, Signer, Source

_SIGNATURES = jwt.PyJWS(algorithms=[shape.ALGORITHM], options={"enforce_minimum_key_length": True})


@dataclass(frozen=True, slots=True)
class Verifier:
    """Verifies tokens for `audience`, of the issuers that one of `sources` knows.

    While the audience is empty or there is no source, every token is refused.
    """

    sources: Sequence[Source]
    audience: str
    clock: Callable[[], datetime]

    def verify(self, token: str) -> VerifiedClaims:
        """The token's claims; raises `TokenError`, whose text is for logs only."""
        if not self.audience.strip():
            raise TokenError("every token is refused until DOCUMENTHOR_AUDIENCE is set")
        found = shape.read(token)
        issuer = found.claims.get("iss")
        source = self._source(issuer)
        found.require_header(source.header)
        now = self.clock()
        signer = source.signer(found.kid, found.claims, now)
        _require_signature(token, signer)
        expected = Expected(str(issuer), self.audience, signer.tenant, now)
        require(found.claims, COMMON, expected)
        require_lifetime(found.claims)
        return _verified(found.claims, expected, source.caller(found.claims, signer, expected))

    def _source(self, issuer: object) -> Source:
        """Whose token it claims to be; that it is, its signature has to show."""
        if isinstance(issuer, str) and issuer.strip():
            for source in self.sources:
                if source.issues(issuer):
                    return source
        raise ClaimError("iss", "is missing, or no issuer that we know")


def _require_signature(token: str, signer: Signer) -> None:
    try:
        _SIGNATURES.decode(token, signer.key, algorithms=[shape.ALGORITHM])
    except jwt.PyJWTError as error:
        raise SignatureError(f"not signed with key {signer.kid!r} ({type(error).__name__})") from error


def _verified(claims: Mapping[str, Any], expected: Expected, caller: Caller) -> VerifiedClaims:
    return VerifiedClaims(
        tenant=expected.tenant,
        token_id=claims["jti"],
        subject=caller.subject,
        expires_at=datetime.fromtimestamp(claims["exp"], UTC),
        issuer=expected.issuer,
        caller=caller.caller,
        repository=caller.repository,
        targets=caller.targets,
    )
