"""Telling who asks too often to come back later, at the least cost: others shall not feel a flood.

A token that was verified, counted and found to have used up its quota is refused again by its hash alone
until the window ends. And every such refusal takes its time, so that whoever asks anew as soon as there is an
answer does so twice a second and not a thousand times.
"""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import anyio

if TYPE_CHECKING:
    from collections.abc import Sequence

    from documenthor.limits import Standing

# More than that at once are answered at once: waiting costs a connection.
_MOST_WAITING = 500
_MOST_KNOWN = 1000


@dataclass(slots=True)
class Refusals:
    """What this process knows of refusals; `pause` is in seconds. Nothing is lost if it is forgotten."""

    pause: float = 0.5
    _known: dict[bytes, tuple[float, tuple[Standing, ...]]] = field(default_factory=dict)
    _waiting: int = 0

    def remember(self, token: str, standings: Sequence[Standing], now: float) -> None:
        """Refuse this verified token until all that it exceeds begins anew."""
        if len(self._known) >= _MOST_KNOWN:
            self._known.clear()
        until = now + max(standing.reset for standing in standings if standing.is_exceeded)
        self._known[_hash(token)] = until, tuple(standings)

    def known(self, token: str, now: float) -> list[Standing]:
        """How a token stands that is to be refused again; empty for any other."""
        until, standings = self._known.get(_hash(token), (0.0, ())) if self._known else (0.0, ())
        left = math.ceil(until - now)
        return [replace(standing, reset=min(standing.reset, left)) for standing in standings if left > 0]

    async def wait(self) -> None:
        """Let who is refused wait for the answer."""
        if self._waiting >= _MOST_WAITING:
            return
        self._waiting += 1
        try:
            await anyio.sleep(self.pause)
        finally:
            self._waiting -= 1


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode(errors="replace")).digest()
