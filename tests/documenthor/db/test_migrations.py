"""The migrations make exactly the tables that the models describe."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from documenthor.db import Database
from documenthor.db.models import Base
from documenthor.errors import ConfigurationError
from sqlalchemy import create_engine, text

from tests.documenthor.support import NOW

if TYPE_CHECKING:
    from pathlib import Path


def test_migrated_schema_is_what_the_models_say(database: Database) -> None:
    engine = create_engine(database.url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
    engine.dispose()


def test_migrating_twice_keeps_what_is_there(database: Database) -> None:
    insert = text(
        "INSERT INTO jobs (id, tenant, requested_by, request, created_at, error) "
        "VALUES ('j', 'acme', 'me', '{}', :now, '')"
    )
    with database.session() as session:
        session.execute(insert, {"now": NOW.isoformat()})
    database.migrate()
    with database.session() as session:
        assert session.scalar(text("SELECT count(*) FROM jobs")) == 1


def test_readiness_needs_the_tables(database_url: str) -> None:
    database = Database(database_url)
    assert not database.is_ready()
    database.migrate()
    assert database.is_ready()
    database.close()


def test_unreachable_database_is_not_ready(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/missing/documenthor.db")
    assert not database.is_ready()
    database.close()


def test_newer_database_is_refused_by_name(database: Database) -> None:
    with database.session() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(ConfigurationError, match="9999"):
        database.migrate()


@pytest.mark.parametrize(
    "url", ["", "nonsense", "oracle+nothing://u:hunter2@host/db", "foo://u:hunter2@host/db"]
)
def test_unusable_url_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(ConfigurationError, match="DOCUMENTHOR_DATABASE_URL") as caught:
        Database(url)
    assert "hunter2" not in str(caught.value)
