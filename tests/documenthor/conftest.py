"""What the control plane's tests share: a real, migrated SQLite database."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from documenthor.db import Database

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    """Where this test's database is; nothing is there yet."""
    return f"sqlite:///{tmp_path}/documenthor.db"


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """An empty database with the newest schema."""
    database = Database(database_url)
    database.migrate()
    yield database
    database.close()
