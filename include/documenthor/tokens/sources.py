"""Kinds of callers. A source knows its tokens' keys, and what their claims say beyond the common ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

    from documenthor.tokens.claims import Expected, Targets


@dataclass(frozen=True, slots=True)
class Signer:
    """The key that a token names, and the one tenant for which what it signs may count."""

    kid: str
    tenant: str
    key: RSAPublicKey


@dataclass(frozen=True, slots=True)
class Caller:
    """What a source makes of claims that hold; the fields are those of `VerifiedClaims`."""

    subject: str
    caller: str
    repository: str
    targets: Targets


class Source(Protocol):
    """One kind of caller."""

    @property
    def header(self) -> frozenset[str]:
        """The members that the header of its tokens may hold."""

    def issues(self, issuer: str) -> bool:
        """Whether tokens of this issuer are its own."""

    def signer(self, kid: str, claims: Mapping[str, Any], now: datetime) -> Signer:
        """The key to hold a token against, whose claims are not verified yet.

        Raises `SignatureError`, or `ClaimError` if a claim that is needed to find the key is not right.
        """

    def caller(self, claims: Mapping[str, Any], signer: Signer, expected: Expected) -> Caller:
        """Who calls, by claims whose signature holds; raises `ClaimError` or `PolicyError`."""
