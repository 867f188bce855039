"""What is old goes, what is not stays, and nothing goes while it is only asked about."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from documenthor import jobs
from documenthor.db import (
    DeliveryRow,
    EndpointRow,
    GitHubCreationRow,
    GitHubTurnRow,
    JobRow,
    NoticeRow,
    RepositoryRow,
    UsedTokenRow,
)
from documenthor.housekeeping import RULES, rows, sweep
from documenthor.jobs import JobRequest, Planned
from documenthor.outcomes import skipped
from sqlalchemy import func, select

from tests.documenthor.support import NOW

if TYPE_CHECKING:
    from datetime import datetime

    import pytest
    from documenthor.db import Database

_OLD = NOW - timedelta(days=181)
_ENDPOINT: dict[str, Any] = {
    "tenant": "acme",
    "url": "https://a",
    "events": "",
    "on_request": False,
    "secrets": "",
    "created_at": _OLD,
}
_KEPT = {"audit", "audit_heads", "usage", "proposals", "public_keys"}


def _record(database: Database, name: str, at: datetime) -> None:
    jobs.record(database, tenant="acme", request=JobRequest(), requested_by="me", now=at, job_id=name)


def _used(name: str, at: datetime) -> UsedTokenRow:
    return UsedTokenRow(digest=name, tenant="acme", used_at=at, forget_at=at + timedelta(hours=1))


def _delivery(name: str, state: str, at: datetime) -> DeliveryRow:
    more: dict[str, Any] = {"created_at": at, "due_at": at, "state": state, "attempts": 1}
    return DeliveryRow(id=name, endpoint_id="e", event="job.finished", payload="{}", **more)


def _fill(database: Database) -> None:
    """Of everything something old and something new; a job that never ended is never old."""
    for name, at in (("old", _OLD), ("new", NOW)):
        _record(database, name, at)
        jobs.resolve(database, name, [Planned("web", outcome=skipped("empty"))], at)
        jobs.close_run(database, name, "run", at)
    _record(database, "open", _OLD)
    with database.session() as session:
        session.add(EndpointRow(id="e", **_ENDPOINT))
        session.flush()
        for name, at in (("old", _OLD), ("new", NOW)):
            session.add(_used(name, at))
            session.add(NoticeRow(job_id=name, topic="late", channel="c", claimed_at=at))
            session.add(GitHubCreationRow(account="a", at=at, count=1))
            session.add(GitHubTurnRow(account=name, who="a", at=at, remaining=1))
            for state in ("delivered", "pending"):
                session.add(_delivery(f"{name}-{state}", state, at))


def test_a_dry_run_counts_what_the_real_one_deletes(database: Database) -> None:
    _fill(database)
    expected = {rule.name: 1 for rule in RULES}
    assert sweep(database, NOW) == expected
    assert sweep(database, NOW, dry_run=False) == expected
    assert sweep(database, NOW, dry_run=False) == dict.fromkeys(expected, 0)
    with database.reading() as session:
        assert set(session.scalars(select(JobRow.id))) == {"new", "open"}
        assert set(session.scalars(select(RepositoryRow.job_id))) == {"new"}
        kept = set(session.scalars(select(DeliveryRow.id)))
    assert kept == {"old-pending", "new-pending", "new-delivered"}


def test_large_numbers_go_in_several_transactions(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows, "_BATCH", 2)
    with database.session() as session:
        session.add_all(_used(str(number), _OLD) for number in range(5))
    assert sweep(database, NOW, dry_run=False)["used_tokens"] == 5
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(UsedTokenRow)) == 0


def test_what_has_to_be_kept_has_no_rule() -> None:
    assert {rule.name for rule in RULES}.isdisjoint(_KEPT)
