"""What every token must claim, as a table: every claim is required and has one form only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from documenthor.errors import ClaimError
from documenthor.tenants import matches

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

MAX_LIFETIME = timedelta(minutes=15)
LEEWAY = timedelta(seconds=30)
_MAX_TEXT = 255
# Far in the future; it bounds what `datetime` has to take and leaves out infinity.
_LAST_SECOND = 2**37


@dataclass(frozen=True, slots=True)
class Targets:
    """The repositories that a caller may ask for: itself, and those whose names fit a pattern."""

    itself: str
    patterns: tuple[str, ...]

    def refused(self, names: Collection[str] | None) -> tuple[str, ...]:
        """Those of `names` that the caller may not ask for; `None` asks for all, and is refused as `*`."""
        if names is None:
            return () if "*" in self.patterns else ("*",)
        return tuple(name for name in names if not self._has(name))

    def _has(self, name: str) -> bool:
        # Names of repositories are the same in capitals.
        wanted = name.casefold()
        if self.itself and wanted == self.itself.casefold():
            return True
        return any(matches(pattern.casefold(), wanted) for pattern in self.patterns)


@dataclass(frozen=True, slots=True)
class VerifiedClaims:
    """Who calls. Only `Verifier.verify` makes these; nothing else in a token is ever trusted.

    `token_id` is the token's `jti`, unique for its `issuer` and tenant. `subject` is for people to read
    and decides nothing. `caller` names what is counted for limits: a key of the tenant or a repository
    on the issuer's forge. `repository` is the name of the calling repository, empty where the tenant
    itself calls.
    """

    tenant: str
    token_id: str
    subject: str
    expires_at: datetime
    issuer: str
    caller: str
    repository: str
    targets: Targets


@dataclass(frozen=True, slots=True)
class Expected:
    """What claims are held against. `tenant` is the one that the signing key is bound to."""

    issuer: str
    audience: str
    tenant: str
    now: datetime


Check = tuple[str, str, "Callable[[Any, Expected], bool]"]


def require(claims: Mapping[str, Any], checks: Iterable[Check], expected: Expected) -> None:
    """Raise `ClaimError` for the first claim that is missing or does not hold."""
    for claim, demand, holds in checks:
        if claim not in claims:
            raise ClaimError(claim, "is missing")
        if not holds(claims[claim], expected):
            raise ClaimError(claim, demand)


def require_lifetime(claims: Mapping[str, Any]) -> None:
    """Raise `ClaimError` unless the token lives for a while, and not for long."""
    if not 0 < claims["exp"] - claims["iat"] <= MAX_LIFETIME.total_seconds():
        raise ClaimError("exp", f"is not after iat, or more than {MAX_LIFETIME} after it")


def is_text(value: object) -> bool:
    """Whether a claim is text that may be stored and logged."""
    return isinstance(value, str) and 0 < len(value) <= _MAX_TEXT and value.isprintable()


def _is_date(value: object) -> bool:
    # `bool` is an `int` in Python, but not a number in JSON.
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < _LAST_SECOND


def _has_passed(value: float, expected: Expected) -> bool:
    return value + LEEWAY.total_seconds() <= expected.now.timestamp()


def _is_to_come(value: float, expected: Expected) -> bool:
    return value - LEEWAY.total_seconds() > expected.now.timestamp()


TEXT = f"is no printable text of 1 to {_MAX_TEXT} characters"
_DATE = "is no numeric date"
# In this order: a claim's form comes before its meaning.
COMMON: tuple[Check, ...] = (
    ("iss", "is not the issuer of the key", lambda value, expected: value == expected.issuer),
    ("aud", "is not exactly our audience", lambda value, expected: value == expected.audience),
    ("jti", TEXT, lambda value, _: is_text(value)),
    ("exp", _DATE, lambda value, _: _is_date(value)),
    ("nbf", _DATE, lambda value, _: _is_date(value)),
    ("iat", _DATE, lambda value, _: _is_date(value)),
    ("exp", "has passed", lambda value, expected: not _has_passed(value, expected)),
    ("nbf", "is yet to come", lambda value, expected: not _is_to_come(value, expected)),
    ("iat", "is yet to come", lambda value, expected: not _is_to_come(value, expected)),
)
