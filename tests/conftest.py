"""Which database the control plane's tests use: SQLite, or with `--postgres` a real PostgreSQL."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.postgres import Postgres


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--postgres`."""
    parser.addoption("--postgres", action="store_true", help="use PostgreSQL instead of SQLite")


@pytest.fixture(scope="session")
def postgres(request: pytest.FixtureRequest) -> Iterator[Postgres | None]:
    """The session's PostgreSQL, or None for SQLite. Where it is missing, the session ends with an error."""
    if not request.config.getoption("--postgres"):
        yield None
        return
    # Some tiers have an environment of their own, without a driver.
    from tests.postgres import PostgresError, server

    try:
        with server() as running:
            yield running
    except PostgresError as error:
        pytest.exit(f"PostgreSQL is needed: {error}", returncode=1)
