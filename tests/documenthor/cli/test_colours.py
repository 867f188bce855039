"""`documenthor colours`: what a switch and a drain look at."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from documenthor import audit, cli, jobs
from documenthor.jobs import JobRequest

from tests.documenthor.support import NOW

if TYPE_CHECKING:
    from documenthor.db import Database


@pytest.fixture(autouse=True)
def deployment(monkeypatch: pytest.MonkeyPatch, database: Database) -> None:
    """The environment names this test's database."""
    monkeypatch.setenv("DOCUMENTHOR_DATABASE_URL", database.url)


def _run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    status = cli.main(["colours", *arguments])
    captured = capsys.readouterr()
    return status, captured.out or captured.err


def test_a_colour_is_activated_and_shown(database: Database, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(capsys, "list") == (0, "")
    assert _run(capsys, "activate", "blue") == (0, "blue\n")
    assert _run(capsys, "activate", "green") == (0, "green\n")
    assert _run(capsys, "list") == (0, "green\t0\tactive\n")
    entries = [(each.event.operation, each.event.target) for each in audit.entries(database, "")]
    assert entries == [("colour.activate", "blue"), ("colour.activate", "green")]


def test_a_wrong_name_changes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    status, said = _run(capsys, "activate", "Blue; DROP")
    assert status == 1
    assert "is no colour" in said
    assert _run(capsys, "list") == (0, "")


def test_drained_says_so_by_its_status(database: Database, capsys: pytest.CaptureFixture[str]) -> None:
    job = jobs.record(
        database, tenant="acme", request=JobRequest(), requested_by="me", now=NOW, colour="blue"
    )
    jobs.triggered(database, job.id, NOW)
    assert _run(capsys, "drained", "blue") == (3, "1\n")
    assert _run(capsys, "drained", "green") == (0, "0\n")
    assert _run(capsys, "list") == (0, "blue\t1\t\n")
