"""What the organisation's page counts and ranks over many nights is read from indexes alone."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from documenthor import jobs
from documenthor.db import Database
from documenthor.pages.standings import trend, worst_first
from sqlalchemy import event, text
from sqlalchemy.engine import Engine

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sqlalchemy.orm import Session

_READS: dict[str, Callable[[Database], object]] = {
    "counting": lambda database: jobs.listed(database, tenant="acme", limit=25),
    "ranking": lambda database: _within(database, lambda session: worst_first(session, "acme")),
    "the trend": lambda database: _within(database, lambda session: trend(session, "acme")),
}
# Which index, and by what plans begin that may use nothing else. Of the worst ranked, rows are read.
_INDEXES = {
    "counting": ("ix_repositories_counted", "SEARCH repositories "),
    "ranking": ("ix_repositories_counted", "no plan"),
    "the trend": ("ix_reports_scored", "SEARCH reports "),
}


def _within(database: Database, read: Callable[[Session], object]) -> object:
    with database.reading() as session:
        return read(session)


@pytest.mark.parametrize("what", _READS)
def test_no_row_is_read_for(what: str, tmp_path: Path) -> None:
    """As SQLite plans it, which has no statistics to change its mind by."""
    plans: list[str] = []

    def explain(_c: Any, cursor: Any, statement: str, parameters: Any, *_others: Any) -> None:  # noqa: ANN401 - the DB-API's
        if statement.startswith("SELECT"):
            plans.extend(
                row[3] for row in cursor.connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
            )

    with closing(Database(f"sqlite:///{tmp_path}/documenthor.db")) as database:
        database.migrate()
        with database.session() as session:
            job = "INSERT INTO jobs (id, tenant, requested_by, request, created_at, error) "
            session.execute(text(job + "VALUES ('j', 'acme', 'me', '{}', '2026-01-01 00:00:00', '')"))
        event.listen(Engine, "before_cursor_execute", explain)
        try:
            _READS[what](database)
        finally:
            event.remove(Engine, "before_cursor_execute", explain)
    index, begin = _INDEXES[what]
    used = f"USING COVERING INDEX {index}"
    assert [plan for plan in plans if used in plan], plans
    assert not [plan for plan in plans if plan.startswith(begin) and used not in plan], plans
