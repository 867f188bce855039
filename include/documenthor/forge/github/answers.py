"""What GitHub's answers mean: a value, or one of our own errors. Nothing is sent from here.

Of a refusal only the first line of GitHub's `message` is repeated, shortened and without the token.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from documenthor.errors import (
    CredentialRefusedError,
    ForbiddenError,
    ForgeError,
    RateLimitedError,
    RefusedError,
    UnavailableError,
    UnknownRepositoryError,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

# GitHub asks for a minute at least where it does not say how long; nobody is made to wait for days.
_DEFAULT_WAIT, _LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=2)
_LIMITED = re.compile(r"rate limit|abuse detection", re.IGNORECASE)
_SCOPES = re.compile(r"one of the following scopes: (\[[^\]]{1,200}\])")
_MESSAGE = 300
_PERMISSION_HEADER = "x-accepted-github-permissions"

# GraphQL's types of errors. What stands in none of them is a refusal.
_LIMITED_TYPES = frozenset({"RATE_LIMITED", "RATE_LIMIT", "MAX_NODE_LIMIT_EXCEEDED"})
_FORBIDDEN_TYPES = frozenset({"FORBIDDEN", "INSUFFICIENT_SCOPES"})
_BROKEN_TYPES = frozenset({"INTERNAL", "SERVICE_UNAVAILABLE", "TIMEOUT"})


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer as it came: headers by lower-case name, `now` the time at which it came."""

    status: int
    headers: Mapping[str, str]
    text: str
    now: datetime


def value(reply: Reply, what: str) -> Any:  # noqa: ANN401 - JSON
    """The decoded body of a good answer, None for an empty one; raises for any other. `what` was asked."""
    if 200 <= reply.status < 300:
        return _decode(reply.text) if reply.text.strip() else None
    raise refusal(reply, what)


def data(reply: Reply, *, partial: bool) -> dict[str, Any]:
    """GraphQL's `data`; with `partial`, what was not found is None in it instead of an error."""
    answer = value(reply, "GraphQL")
    if not isinstance(answer, dict):
        raise UnavailableError("GitHub's GraphQL answer is no object; try again")
    errors = answer.get("errors") or []
    found = answer.get("data")
    left = [error for error in _list(errors) if not (partial and _type(error) == "NOT_FOUND")]
    if left:
        raise _graphql_error(reply, left)
    if not isinstance(found, dict):
        raise UnavailableError("GitHub's GraphQL answer holds no data; try again")
    return found


def refusal(reply: Reply, what: str) -> ForgeError:
    """The error that an answer other than 2xx stands for."""
    status, said = reply.status, _said(reply)
    if status in {403, 429} and _is_limited(reply, said):
        return RateLimitedError(f"GitHub limits calls: {said}", wait_until(reply))
    if status == 401:
        return CredentialRefusedError(f"GitHub does not accept the credential for {what}: {said}; renew it")
    if status == 403:
        needed = reply.headers.get(_PERMISSION_HEADER, "")[:200]
        hint = f" (needs {needed})" if needed else ""
        return ForbiddenError(f"GitHub forbids {what}: {said}{hint}", needed)
    if status == 404:
        return UnknownRepositoryError(f"GitHub knows nothing at {what}, or hides it from this credential")
    if 400 <= status < 500:
        return RefusedError(f"GitHub refused {what} ({status}): {said}", status, _code(reply))
    return UnavailableError(f"GitHub answered {what} with {status}; it may have been carried out")


def wait_until(reply: Reply) -> datetime:
    """When to ask again: after `retry-after`, else at the reset of a spent budget, else in a minute."""
    after, reset = reply.headers.get("retry-after", ""), reply.headers.get("x-ratelimit-reset", "")
    until = reply.now + _DEFAULT_WAIT
    if after.isascii() and after.isdigit():
        until = reply.now + timedelta(seconds=min(int(after[:9]), _LONGEST_WAIT.total_seconds()))
    elif _is_spent(reply) and reset.isascii() and reset.isdigit():
        until = datetime.fromtimestamp(min(int(reset[:12]), 253_402_300_799), UTC)
    return max(reply.now, min(until, reply.now + _LONGEST_WAIT))


def _is_spent(reply: Reply) -> bool:
    return reply.headers.get("x-ratelimit-remaining", "").strip() == "0"


def _is_limited(reply: Reply, said: str) -> bool:
    named = reply.status == 429 or "retry-after" in reply.headers
    return named or _is_spent(reply) or _LIMITED.search(said) is not None


def _graphql_error(reply: Reply, errors: Sequence[Any]) -> ForgeError:
    first = errors[0]
    kind, said = _type(first), _clean(_message(first))
    if kind in _LIMITED_TYPES or _LIMITED.search(said):
        return RateLimitedError(f"GitHub limits calls: {said}", wait_until(reply))
    if kind in _FORBIDDEN_TYPES:
        scopes = _SCOPES.search(said)
        return ForbiddenError(f"GitHub forbids this query: {said}", scopes[1] if scopes else "")
    if kind == "NOT_FOUND":
        return UnknownRepositoryError(f"GitHub knows no such thing, or hides it: {said}")
    # Without a type it is a document that does not fit GitHub's schema, which says where, or a failure.
    if kind in _BROKEN_TYPES or (not kind and not _is_invalid(first)):
        return UnavailableError(f"GitHub could not carry out the query: {said}")
    return RefusedError(f"GitHub refused the query: {said}", reply.status, kind)


def _is_invalid(error: Any) -> bool:  # noqa: ANN401 - JSON
    return isinstance(error, dict) and ("extensions" in error or "locations" in error)


def _decode(text: str) -> Any:  # noqa: ANN401 - JSON
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise UnavailableError("GitHub's answer is no JSON; it may have been carried out") from None


def _said(reply: Reply) -> str:
    try:
        answer = json.loads(reply.text)
    except (ValueError, RecursionError):
        return "no reason given"
    detail = [_message(answer), *(_message(error) for error in _list(_get(answer, "errors")))]
    return _clean("; ".join(part for part in detail if part)) or "no reason given"


def _code(reply: Reply) -> str:
    """The code of the first error that a refusal lists, such as `already_exists`."""
    try:
        errors = _list(_get(json.loads(reply.text), "errors"))
    except (ValueError, RecursionError):
        return ""
    codes = [_get(error, "code") for error in errors]
    return next((code[:50] for code in codes if isinstance(code, str)), "")


def _clean(text: str) -> str:
    """One line of bounded length, without control characters."""
    line = " ".join(text[: 4 * _MESSAGE].split())
    return "".join(char if char.isprintable() else "?" for char in line)[:_MESSAGE]


def _message(error: Any) -> str:  # noqa: ANN401 - JSON
    found = error if isinstance(error, str) else _get(error, "message")
    return found if isinstance(found, str) else ""


def _type(error: Any) -> str:  # noqa: ANN401 - JSON
    found = _get(error, "type")
    return found[:50] if isinstance(found, str) else ""


def _get(thing: Any, key: str) -> Any:  # noqa: ANN401 - JSON
    return thing.get(key) if isinstance(thing, Mapping) else None


def _list(thing: Any) -> list[Any]:  # noqa: ANN401 - JSON
    return thing[:10] if isinstance(thing, list) else []
