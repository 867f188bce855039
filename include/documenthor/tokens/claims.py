"""What a token must claim, as a table: every claim is required and has one form only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from documenthor.errors import ClaimError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

MAX_LIFETIME = timedelta(minutes=15)
LEEWAY = timedelta(seconds=30)
_MAX_TEXT = 255
# Far in the future; it bounds what `datetime` has to take and leaves out NaN and infinity.
_LAST_SECOND = 2**37


@dataclass(frozen=True, slots=True)
class VerifiedClaims:
    """Who calls. Only `Verifier.verify` makes these; nothing else in a token is ever trusted.

    `tenant` is the token's `org`, `token_id` its `jti`, `subject` its `sub` or else the tenant.
    """

    tenant: str
    token_id: str
    subject: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Expected:
    """What claims are held against. `tenant` is the one that the signing key is bound to."""

    issuer: str
    audience: str
    tenant: str
    now: datetime


def verified(claims: Mapping[str, Any], expected: Expected) -> VerifiedClaims:
    """The claims of a token whose signature holds; raises `ClaimError` for the first that does not."""
    for claim, demand, holds in _CHECKS:
        if claim not in claims:
            raise ClaimError(claim, "is missing")
        if not holds(claims[claim], expected):
            raise ClaimError(claim, demand)
    if not 0 < claims["exp"] - claims["iat"] <= MAX_LIFETIME.total_seconds():
        raise ClaimError("exp", f"is not after iat, or more than {MAX_LIFETIME} after it")
    subject = claims.get("sub", expected.tenant)
    if not _is_text(subject):
        raise ClaimError("sub", _TEXT)
    return VerifiedClaims(expected.tenant, claims["jti"], subject, datetime.fromtimestamp(claims["exp"], UTC))


def _is_text(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value) <= _MAX_TEXT and value.isprintable()


def _is_date(value: object) -> bool:
    # `bool` is an `int` in Python, but not a number in JSON.
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < _LAST_SECOND


def _has_passed(value: float, expected: Expected) -> bool:
    return value + LEEWAY.total_seconds() <= expected.now.timestamp()


def _is_to_come(value: float, expected: Expected) -> bool:
    return value - LEEWAY.total_seconds() > expected.now.timestamp()


_TEXT = f"is no printable text of 1 to {_MAX_TEXT} characters"
_DATE = "is no numeric date"
# In this order: a claim's form comes before its meaning.
_CHECKS: tuple[tuple[str, str, Callable[[Any, Expected], bool]], ...] = (
    ("iss", "is not our issuer", lambda value, expected: value == expected.issuer),
    ("aud", "is not exactly our audience", lambda value, expected: value == expected.audience),
    ("org", "is not the tenant of the key", lambda value, expected: value == expected.tenant),
    ("jti", _TEXT, lambda value, _: _is_text(value)),
    ("exp", _DATE, lambda value, _: _is_date(value)),
    ("nbf", _DATE, lambda value, _: _is_date(value)),
    ("iat", _DATE, lambda value, _: _is_date(value)),
    ("exp", "has passed", lambda value, expected: not _has_passed(value, expected)),
    ("nbf", "is yet to come", lambda value, expected: not _is_to_come(value, expected)),
    ("iat", "is yet to come", lambda value, expected: not _is_to_come(value, expected)),
)
