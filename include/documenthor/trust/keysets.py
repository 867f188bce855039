"""Issuers' keys, kept in memory for all threads of a process.

- A key set is asked for anew when it is `FRESH` old, and when a token names a key that is not in it.
- Whatever comes of it, an issuer is asked again after `PAUSE` at the earliest: callers who make up names
  of keys cannot make us ask more often.
- While an issuer cannot be reached, its known keys count until the set is `STALE` old, and no longer.
"""

from __future__ import annotations

import logging
import threading
from datetime import timedelta
from typing import TYPE_CHECKING

from documenthor.errors import KeySetError
from documenthor.trust.fetching import fetch

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

FRESH = timedelta(minutes=5)
PAUSE = timedelta(seconds=30)
STALE = timedelta(hours=3)
# More callers than these do not wait for an answer: a server has 40 threads, and others need some.
_WAITING = 16

_log = logging.getLogger(__name__)


class KeySets:
    """The key sets of any number of issuers, fetched when they are needed."""

    def __init__(self, fetch: Callable[[str], Mapping[str, RSAPublicKey]] = fetch) -> None:
        self._fetch = fetch
        self._lock = threading.Lock()
        self._sets: dict[str, _KeySet] = {}

    def key(self, issuer: str, kid: str, now: datetime) -> RSAPublicKey | None:
        """The issuer's key of that name; `None` if there is none, or none that still counts."""
        with self._lock:
            key_set = self._sets.setdefault(issuer, _KeySet(issuer, self._fetch))
        return key_set.key(kid, now)


class _KeySet:
    """One issuer's keys. What is read without the lock is replaced as a whole, never changed."""

    def __init__(self, issuer: str, fetch: Callable[[str], Mapping[str, RSAPublicKey]]) -> None:
        self._issuer = issuer
        self._fetch = fetch
        self._asking = threading.Lock()
        self._waiting = threading.BoundedSemaphore(_WAITING)
        self._held: tuple[Mapping[str, RSAPublicKey], datetime] | None = None
        self._asked_at: datetime | None = None

    def key(self, kid: str, now: datetime) -> RSAPublicKey | None:
        if self._is_due(kid, now):
            self._ask(kid, now)
        return self._known(kid, now, STALE)

    def _is_due(self, kid: str, now: datetime) -> bool:
        rested = self._asked_at is None or _between(self._asked_at, now) >= PAUSE
        return rested and self._known(kid, now, FRESH) is None

    def _known(self, kid: str, now: datetime, age: timedelta) -> RSAPublicKey | None:
        keys, fetched_at = self._held or ({}, now)
        return keys.get(kid) if _between(fetched_at, now) < age else None

    def _ask(self, kid: str, now: datetime) -> None:
        if not self._waiting.acquire(blocking=False):
            return
        try:
            # Whoever has a key that counts goes on with it while another asks.
            if self._asking.acquire(blocking=self._known(kid, now, STALE) is None):
                try:
                    if self._is_due(kid, now):
                        self._renew(now)
                finally:
                    self._asking.release()
        finally:
            self._waiting.release()

    def _renew(self, now: datetime) -> None:
        try:
            self._held = (self._fetch(self._issuer), now)
        except KeySetError as error:
            _log.warning("the keys of an issuer could not be renewed: %s", error)
        finally:
            # Only now: until here others find it due, and wait for the answer.
            self._asked_at = now


def _between(then: datetime, now: datetime) -> timedelta:
    """The time between the two; a clock that was set back must not stop us from asking."""
    return abs(now - then)
