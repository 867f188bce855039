"""Rate limits as GitHub has them: points an hour, and content that may be created a minute and an hour."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from tests.fakes.github.messages import Answer, Refusal

if TYPE_CHECKING:
    from datetime import datetime

    from tests.fakes.github.auth import Token

_HOUR, _MINUTE = timedelta(hours=1), timedelta(minutes=1)
SECONDARY = (
    "You have exceeded a secondary rate limit. Please wait a few minutes before you try again."
    " If you reach out to GitHub Support for help, please include the request ID."
)


class GraphQLSpent(Refusal):
    """No points left for GraphQL, which says so with status 200."""

    def __init__(self, message: str, known: dict[str, str]) -> None:
        super().__init__(200, message, headers=known)

    def answer(self) -> Answer:
        """As GraphQL words it."""
        error = {"type": "RATE_LIMIT", "code": "graphql_rate_limit", "message": self.message}
        return Answer(200, {"errors": [error]}, dict(self.headers))


@dataclass
class Window:
    """What one credential has used of one resource since `started`."""

    limit: int
    started: datetime
    used: int = 0

    def reset_at(self) -> int:
        """When it starts anew, in epoch seconds."""
        return int((self.started + _HOUR).timestamp())

    def as_json(self) -> dict[str, int]:
        """As `GET /rate_limit` says it."""
        return {
            "limit": self.limit,
            "remaining": max(self.limit - self.used, 0),
            "reset": self.reset_at(),
            "used": self.used,
        }


@dataclass
class Limits:
    """`core` and `graphql` are points an hour for a credential; creations are for an account.

    `retry_after` in seconds is what a secondary refusal says; 0 leaves the header out, as GitHub may.
    """

    core: int = 5000
    graphql: int = 5000
    creations_a_minute: int = 80
    creations_an_hour: int = 500
    retry_after: int = 60
    _windows: dict[tuple[str, str], Window] = field(default_factory=dict)
    _created: dict[str, deque[datetime]] = field(default_factory=dict)

    def window(self, owner: str, resource: str, now: datetime) -> Window:
        """What `owner` has left."""
        window = self._windows.get((owner, resource))
        if window is None or now >= window.started + _HOUR:
            limit = {"core": self.core, "graphql": self.graphql}[resource]
            window = self._windows[owner, resource] = Window(limit, now)
        return window

    def spend(self, owner: str, resource: str, now: datetime) -> Window:
        """Take one point; raises `Refusal` 403, or for GraphQL 200, if none is left."""
        window = self.window(owner, resource, now)
        if window.used >= window.limit:
            known = headers(window, resource)
            if resource == "graphql":
                raise GraphQLSpent(f"API rate limit already exceeded for {owner}.", known)
            raise Refusal(403, f"API rate limit exceeded for {owner}.", headers=known)
        window.used += 1
        return window

    def create(self, owner: str, now: datetime) -> None:
        """Count one creation of content; raises `Refusal` 403 if that was too many."""
        created = self._created.setdefault(owner, deque())
        while created and created[0] <= now - _HOUR:
            created.popleft()
        in_minute = sum(1 for at in _newest(created, self.creations_a_minute) if at > now - _MINUTE)
        if len(created) >= self.creations_an_hour or in_minute >= self.creations_a_minute:
            raise self.refusal()
        created.append(now)

    def refusal(self) -> Refusal:
        """The answer to too many creations."""
        wait = {"retry-after": str(self.retry_after)} if self.retry_after else {}
        return Refusal(403, SECONDARY, headers=wait)


def headers(window: Window, resource: str) -> dict[str, str]:
    """`x-ratelimit-*`."""
    values = {**window.as_json(), "resource": resource}
    return {f"x-ratelimit-{name}": str(value) for name, value in values.items()}


def _newest(created: deque[datetime], count: int) -> list[datetime]:
    return [created[-at] for at in range(1, min(count, len(created)) + 1)]


def limited_as(token: Token | None) -> str:
    """Whose points a call spends."""
    if token is None:
        return "127.0.0.1"
    if token.installation is not None:
        return f"installation ID {token.installation.id}"
    return f"user ID {token.account.id}"
