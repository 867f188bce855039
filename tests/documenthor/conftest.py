"""What the control plane's tests share: a real, migrated database, SQLite or PostgreSQL."""

from __future__ import annotations

import shutil
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
def migrated(tmp_path_factory: pytest.TempPathFactory, postgres: Postgres | None) -> str:
    """The URL of a migrated database to copy from: quicker than migrating each."""
    folder = tmp_path_factory.mktemp("migrated")
    url = f"sqlite:///{folder}/documenthor.db" if postgres is None else postgres.create()
    database = Database(url)
    database.migrate()
    database.close()
    return url


@pytest.fixture
def database(tmp_path: Path, postgres: Postgres | None, migrated: str) -> Iterator[Database]:
    """An empty database with the newest schema."""
    template = str(make_url(migrated).database)
    if postgres is None:
        copy = shutil.copy(template, tmp_path / "documenthor.db")
        database = Database(f"sqlite:///{copy}")
    else:
        database = Database(postgres.create(template))
    yield database
    database.close()
