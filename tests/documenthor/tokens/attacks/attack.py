"""What an attack is, and the usual kinds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from documenthor.errors import ClaimError, MalformedTokenError, SignatureError

from tests.documenthor.tokens.crafting import ABSENT, token

if TYPE_CHECKING:
    from collections.abc import Callable

    from documenthor.errors import TokenError


@dataclass(frozen=True)
class Attack:
    """A token, and the error that it must end in: its type, and words of its text."""

    name: str
    make: Callable[[], str]
    error: type[TokenError]
    words: str


def header(words: str, **members: object) -> Attack:
    """A token with these header members, refused for its form."""
    shown = ", ".join(f"{name}={'absent' if value is ABSENT else value!r}" for name, value in members.items())
    return Attack(f"header {shown}"[:70], lambda: token(header=members), MalformedTokenError, words)


def claim(which: str, name: str, **claims: object) -> Attack:
    """A token with these claims, refused for the claim `which`."""
    return Attack(name, lambda: token(claims), ClaimError, f"claim '{which}'")


def form(name: str, make: Callable[[], str], words: str) -> Attack:
    """A text that is refused for its form."""
    return Attack(name, make, MalformedTokenError, words)


def forged(name: str, make: Callable[[], str]) -> Attack:
    """A token of the right form that nobody signed."""
    return Attack(name, make, SignatureError, "not signed with key")
