"""A job's status counts every repository once and shows nothing of other tenants."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from documenthor.errors import JobNotFoundError
from documenthor.jobs import Planned, claim, finish, resolve, start, status
from documenthor.jobs.model import JobState
from documenthor.outcomes import Kind, Outcome, failed, rejected, skipped

from tests.documenthor.support import NOW, spec

if TYPE_CHECKING:
    from documenthor.db import Database


def test_job_waits_in_the_queue_until_it_is_resolved(database: Database, job: str) -> None:
    report = status(database, tenant="acme", job_id=job)
    assert (report.state, report.counts, report.repositories) == (JobState.QUEUED, {}, [])


def test_every_row_is_counted_once(database: Database, job: str) -> None:
    outcomes = {
        "a": Outcome(Kind.COMMITTED),
        "b": Outcome(Kind.PULL_REQUEST),
        "c": Outcome(Kind.UNCHANGED),
        "d": rejected("links", "x"),
        "e": failed("generate", "x"),
        "f": skipped("superseded"),
    }
    planned = [Planned("g", outcome=skipped("archived")), Planned("h", outcome=Outcome(Kind.UNCHANGED))]
    working = [Planned(name, spec(name, job)) for name in (*outcomes, "i", "j")]
    resolve(database, job, [*planned, *working], NOW)
    claim(database, job, "run-1")
    for name, outcome in outcomes.items():
        start(database, job, name, NOW)
        finish(database, job, name, outcome, NOW)
    start(database, job, "i", NOW)
    report = status(database, tenant="acme", job_id=job)
    assert report.counts == {
        "committed": 1,
        "pull_request": 1,
        "unchanged": 2,
        "rejected": 1,
        "failed": 1,
        "skipped": 2,
        "running": 1,
        "waiting": 1,
    }
    assert sum(report.counts.values()) == len(report.repositories) == 10
    assert [row.name for row in report.repositories] == ["g", "h", *outcomes, "i", "j"]


def test_planned_outcome_says_why(database: Database, job: str) -> None:
    resolve(database, job, [Planned("old", outcome=skipped("archived", "it is read-only"))], NOW)
    row = status(database, tenant="acme", job_id=job).repositories[0]
    assert (row.state, row.outcome, row.reason, row.message) == (
        "done",
        "skipped",
        "archived",
        "it is read-only",
    )
    assert row.source_commit == ""


def test_row_names_the_commit_that_is_documented(database: Database, job: str) -> None:
    resolve(database, job, [Planned("web", spec("web", job))], NOW)
    assert status(database, tenant="acme", job_id=job).repositories[0].source_commit == "0" * 40


@pytest.mark.parametrize("tenant", ["other", ""])
def test_another_tenants_job_is_not_found(database: Database, job: str, tenant: str) -> None:
    with pytest.raises(JobNotFoundError):
        status(database, tenant=tenant, job_id=job)
