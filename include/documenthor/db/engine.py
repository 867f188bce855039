"""Opening the database, and bringing its schema up to date."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import create_engine, event, inspect
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from documenthor.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.engine import Engine

_MIGRATIONS = Path(__file__).with_name("migrations")
# Long enough for a burst of task processes to queue up behind one another on SQLite.
_LOCK_TIMEOUT_SECONDS = 30
# How a reading transaction is opened, by whether this is SQLite.
_READING: dict[bool, dict[str, Any]] = {
    True: {"reading": True},
    False: {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True},
}


class Database:
    """One connection pool. `session()` is one transaction: committed at its end, or rolled back."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._engine = _open(url)
        self._reader = self._engine.execution_options(**_READING[self._engine.name == "sqlite"])

    @contextmanager
    def session(self) -> Iterator[Session]:
        """A transaction that may write."""
        with Session(self._engine, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A transaction that sees one state of the database throughout, and waits for no writer."""
        with Session(self._reader, expire_on_commit=False) as session, session.begin():
            yield session

    def migrate(self) -> None:
        """Bring the schema to the newest revision; harmless when it is there already.

        Raises `ConfigurationError` when the database is not one that this version knows.
        """
        # Heavy, and every task opens the database but none migrates it.
        from alembic import command
        from alembic.config import Config
        from alembic.util.exc import CommandError

        config = Config()
        config.set_main_option("script_location", str(_MIGRATIONS))
        with self._engine.begin() as connection:
            config.attributes["connection"] = connection
            try:
                command.upgrade(config, "head")
            except CommandError as error:
                raise ConfigurationError(f"the database cannot be migrated: {error}") from error

    def is_ready(self) -> bool:
        """Whether the database answers and has our tables."""
        try:
            return inspect(self._engine).has_table("jobs")
        except SQLAlchemyError:
            return False

    def close(self) -> None:
        """Drop all connections."""
        self._engine.dispose()


def _open(url: str) -> Engine:
    try:
        parsed = make_url(url)
        sqlite = parsed.get_backend_name() == "sqlite"
        options: dict[str, Any] = {"connect_args": {"timeout": _LOCK_TIMEOUT_SECONDS}} if sqlite else {}
        engine = create_engine(parsed, pool_pre_ping=not sqlite, **options)
    except (SQLAlchemyError, ImportError) as error:
        # The URL may hold a password, so it is not repeated.
        raise ConfigurationError(
            f"DOCUMENTHOR_DATABASE_URL cannot be used ({type(error).__name__}); "
            "write it as sqlite:////path/to/file.db or postgresql+psycopg://host/database"
        ) from error
    if sqlite:
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_immediate)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:  # noqa: ANN401 - DB-API objects have no types
    # Our `begin` below starts transactions, so the driver must not start its own.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def _begin_immediate(connection: Any) -> None:  # noqa: ANN401 - passed on untyped by the event
    # Taking the write lock at once makes writers wait; upgrading a read lock would fail instead.
    reading = connection.get_execution_options().get("reading", False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
