"""What the control plane's tests share: a real, migrated database, SQLite or PostgreSQL."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from documenthor.db import Database
from sqlalchemy.engine import make_url

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.postgres import Postgres


@pytest.fixture
def database_url(tmp_path: Path, postgres: Postgres | None) -> str:
    """Where this test's database is; nothing is there yet."""
    return f"sqlite:///{tmp_path}/documenthor.db" if postgres is None else postgres.create()


@pytest.fixture(scope="session")
def migrated(postgres: Postgres | None) -> str | None:
    """The name of a migrated database on PostgreSQL, to copy from: quicker than migrating each."""
    if postgres is None:
        return None
    url = postgres.create()
    database = Database(url)
    database.migrate()
    database.close()
    return make_url(url).database


@pytest.fixture
def database(tmp_path: Path, postgres: Postgres | None, migrated: str | None) -> Iterator[Database]:
    """An empty database with the newest schema."""
    if postgres is not None and migrated is not None:
        database = Database(postgres.create(migrated))
    else:
        database = Database(f"sqlite:///{tmp_path}/documenthor.db")
        database.migrate()
    yield database
    database.close()
