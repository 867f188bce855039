"""What an entry says, and the hash that ties it to the one before it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, fields, replace
from datetime import UTC
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

# What the first entry of a chain follows.
GENESIS = "0" * 64
_LONGEST = {
    "tenant": 64,
    "actor": 255,
    "operation": 64,
    "target": 2000,
    "reason": 2000,
    "request": 64,
    "source": 64,
}


class Result(StrEnum):
    """Whether the operation took place."""

    SUCCESS = "success"
    FAILURE = "failure"


@dataclass(frozen=True, slots=True)
class Event:
    """An operation as its caller knows it.

    `tenant` is empty where nobody could be told apart (a refused token), `token` is a hash of the token,
    `request` the request's id, `source` the address that it came from. No field ever holds a secret.
    """

    tenant: str
    actor: str
    operation: str
    result: Result
    target: str = ""
    reason: str = ""
    request: str = ""
    token: str = ""
    source: str = ""

    def bounded(self) -> Event:
        """The same in the lengths and characters that the table takes."""
        texts = {name: _bounded(getattr(self, name), length) for name, length in _LONGEST.items()}
        return replace(self, **texts)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Entry:
    """An event in its tenant's chain. `number` counts from 1."""

    number: int
    at: datetime
    event: Event
    hash: str


def chained(number: int, at: datetime, event: Event, previous: str) -> Entry:
    """The entry that follows the hash `previous`."""
    moment = at.astimezone(UTC)
    content = {
        "number": number,
        "at": moment.isoformat(timespec="microseconds"),
        "previous": previous,
        **{field.name: str(getattr(event, field.name)) for field in fields(event)},
    }
    raw = json.dumps(content, sort_keys=True, separators=(",", ":")).encode()
    return Entry(number, moment, event, hashlib.sha256(raw).hexdigest())


def token_hash(token: str) -> str:
    """Tells tokens apart without holding one."""
    return hashlib.sha256(token.encode(errors="surrogatepass")).hexdigest()


def _bounded(text: str, length: int) -> str:
    return "".join(char if char.isprintable() else "�" for char in text[:length])
