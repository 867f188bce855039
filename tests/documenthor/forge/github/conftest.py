"""What the GitHub forge's tests share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from documenthor.forge.github.client import Client
from documenthor.forge.github.secrets import Fixed

from tests.documenthor.forge.github.scripted import Scripted
from tests.documenthor.forge.github.support import Place
from tests.documenthor.support import Clock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from documenthor.db import Database

    from tests.documenthor.forge.github.scripted import Asked, Said

TOKEN = "ghp_averysecretword"


@pytest.fixture
def clock() -> Clock:
    """Time that stands still."""
    return Clock()


@pytest.fixture
def serve(clock: Clock) -> Iterator[Callable[[Callable[[Asked], Said]], tuple[Client, Scripted]]]:
    """Start a server that answers so, with a client of it."""
    opened: list[Client | Scripted] = []

    def start(answer: Callable[[Asked], Said]) -> tuple[Client, Scripted]:
        server = Scripted(answer)
        client = Client(server.url + "/api/v3", Fixed(TOKEN), clock)
        opened.extend((client, server))
        return client, server

    yield start
    for thing in opened:
        thing.close()


@pytest.fixture
def place(tmp_path: Path, clock: Clock, database: Database) -> Place:
    """A fake GitHub with our App and our user."""
    return Place.make(tmp_path / "github", clock, database)
