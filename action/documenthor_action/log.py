"""What the step prints. Names and messages come from repositories, so none may be read as a command."""

from __future__ import annotations

import secrets
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_LONGEST = 2000


@contextmanager
def quoted() -> Iterator[None]:
    """Nothing printed in here is a workflow command."""
    mark = secrets.token_hex(16)
    print(f"::stop-commands::{mark}", flush=True)
    try:
        yield
    finally:
        print(f"::{mark}::", flush=True)


def say(text: str) -> None:
    """One line."""
    print(one_line(text), flush=True)


def error(text: str) -> None:
    """One line that the run's page shows as an error."""
    print(f"::error title=Documenthor::{_escaped(one_line(text))}", flush=True)


def one_line(text: str) -> str:
    """Without line breaks and characters that a terminal acts on."""
    return "".join(char if char.isprintable() else " " for char in text[:_LONGEST])


def _escaped(text: str) -> str:
    return text.replace("%", "%25")
