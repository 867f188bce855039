"""Rows open and close; the run that closes the last row finishes the job."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from documenthor.errors import JobNotFoundError, WindowClosedError
from documenthor.jobs import (
    JobRequest,
    JobStatus,
    Planned,
    claim,
    close_late,
    close_run,
    finish,
    record,
    resolve,
    retry,
    start,
    status,
)
from documenthor.jobs.model import JobState
from documenthor.outcomes import Kind, Outcome, failed, skipped

from tests.documenthor.support import NOW, spec

if TYPE_CHECKING:
    from documenthor.db import Database

_LATER = NOW + timedelta(seconds=90)
_DONE = Outcome(Kind.PULL_REQUEST, "", "opened", "c" * 40, "https://forge/pull/1", ("README.md",))


@pytest.fixture
def resolved(database: Database, job: str) -> str:
    """The job with two repositories to work on and one that planning skipped."""
    rows = [
        Planned("web", spec("web", job)),
        Planned("api", spec("api", job)),
        Planned("old", outcome=skipped("archived")),
    ]
    resolve(database, job, rows, NOW)
    return job


@pytest.fixture
def nightly(database: Database) -> str:
    """A job that may begin work for a minute, with two repositories, of which a run has claimed one."""
    ends_at = NOW + timedelta(minutes=1)
    job = record(
        database,
        tenant="acme",
        request=JobRequest(),
        requested_by="airflow:scheduled",
        now=NOW,
        ends_at=ends_at,
    )
    resolve(database, job.id, [Planned(name, spec(name, job.id)) for name in ("web", "api")], NOW)
    claim(database, job.id, "run-1", size=1)
    return job.id


def test_no_work_begins_after_the_window(database: Database, nightly: str) -> None:
    """What was begun goes on, and an operator may clear what was not."""
    start(database, nightly, "web", NOW)
    with pytest.raises(WindowClosedError, match="time was over"):
        start(database, nightly, "api", _LATER)
    assert [row.reason for row in _status(database, nightly).repositories] == ["", "window_closed"]
    assert start(database, nightly, "web", _LATER) == 2
    assert start(database, nightly, "api", _LATER) == 1


def test_what_nobody_claimed_in_the_window_takes_no_further_run(database: Database, nightly: str) -> None:
    close_late(database, nightly, NOW)
    assert claim(database, nightly, "run-1").remaining == 1
    close_late(database, nightly, _LATER)
    assert claim(database, nightly, "run-1").remaining == 0
    reasons = {row.name: row.reason for row in _status(database, nightly).repositories}
    assert reasons == {"web": "", "api": "window_closed"}


def test_a_retry_has_no_window(database: Database, nightly: str) -> None:
    for name in ("web", "api"):
        start(database, nightly, name, NOW)
        finish(database, nightly, name, failed("generate", "broken"), NOW)
    close_run(database, nightly, "run-1", NOW)
    retry(database, tenant="acme", job_id=nightly)
    close_late(database, nightly, _LATER)
    assert start(database, nightly, "web", _LATER) == 2
    assert _status(database, nightly).counts == {"running": 1, "waiting": 1}


def _status(database: Database, job: str) -> JobStatus:
    return status(database, tenant="acme", job_id=job)


def test_attempts_are_counted_and_open_the_row_again(database: Database, resolved: str) -> None:
    assert start(database, resolved, "web", NOW) == 1
    finish(database, resolved, "web", _DONE, _LATER)
    assert start(database, resolved, "web", _LATER) == 2
    row = _status(database, resolved).repositories[0]
    assert (row.state, row.outcome, row.attempt, row.seconds) == ("running", None, 2, None)
    assert (row.message, row.commit, row.reference, row.pages) == ("", "", "", [])


def test_outcome_is_kept_whole(database: Database, resolved: str) -> None:
    start(database, resolved, "web", NOW)
    finish(database, resolved, "web", _DONE, _LATER)
    row = _status(database, resolved).repositories[0]
    assert (row.outcome, row.message, row.commit, row.reference, row.pages, row.seconds) == (
        Kind.PULL_REQUEST,
        "opened",
        "c" * 40,
        "https://forge/pull/1",
        ["README.md"],
        90,
    )


def test_only_the_last_run_finishes_the_job(database: Database, resolved: str) -> None:
    for name, run in (("web", "run-1"), ("api", "run-2")):
        claim(database, resolved, run, size=1)
        start(database, resolved, name, NOW)
        finish(database, resolved, name, _DONE, _LATER)
        if run == "run-1":
            assert not close_run(database, resolved, run, _LATER).job_finished
            assert _status(database, resolved).state == JobState.RUNNING
    summary = close_run(database, resolved, "run-2", _LATER)
    assert (summary.job_finished, summary.has_failed) == (True, False)
    assert summary.counts == {"pull_request": 1}
    assert _status(database, resolved).finished_at == _LATER


def test_closing_a_run_twice_finishes_the_job_once(database: Database, resolved: str) -> None:
    claim(database, resolved, "run-1")
    assert close_run(database, resolved, "run-1", NOW).job_finished
    assert not close_run(database, resolved, "run-1", _LATER).job_finished
    assert _status(database, resolved).finished_at == NOW


def test_rows_left_open_by_a_run_have_failed(database: Database, resolved: str) -> None:
    claim(database, resolved, "run-1")
    finish(database, resolved, "web", _DONE, NOW)
    summary = close_run(database, resolved, "run-1", _LATER)
    assert summary.counts == {"pull_request": 1, "failed": 1}
    assert summary.has_failed
    report = _status(database, resolved)
    assert report.state == JobState.PARTIALLY_FAILED
    assert (report.repositories[1].outcome, report.repositories[1].reason) == (Kind.FAILED, "run")


def test_retry_after_the_end_opens_the_job_and_ends_it_again(database: Database, resolved: str) -> None:
    claim(database, resolved, "run-1")
    finish(database, resolved, "web", _DONE, NOW)
    finish(database, resolved, "api", failed("generate", "no"), NOW)
    close_run(database, resolved, "run-1", NOW)
    start(database, resolved, "api", _LATER)
    assert _status(database, resolved).state == JobState.RUNNING
    finish(database, resolved, "api", _DONE, _LATER)
    assert close_run(database, resolved, "run-1", _LATER).job_finished
    assert _status(database, resolved).state == JobState.SUCCEEDED


def test_job_that_was_never_resolved_has_failed(database: Database, job: str) -> None:
    summary = close_run(database, job, "run-1", NOW)
    assert (summary.job_finished, summary.has_failed) == (True, True)
    report = _status(database, job)
    assert report.state == JobState.FAILED
    assert "could not be resolved" in report.error


def test_resolving_after_that_failure_opens_the_job_again(database: Database, job: str) -> None:
    close_run(database, job, "run-1", NOW)
    resolve(database, job, [Planned("web", spec("web", job))], _LATER)
    report = _status(database, job)
    assert (report.state, report.error, report.finished_at) == (JobState.RUNNING, "", None)
    claim(database, job, "run-1")
    finish(database, job, "web", _DONE, _LATER)
    assert close_run(database, job, "run-1", _LATER).job_finished


def test_unknown_rows_and_jobs_are_errors(database: Database, resolved: str) -> None:
    with pytest.raises(JobNotFoundError, match="nothing"):
        start(database, resolved, "nothing", NOW)
    with pytest.raises(JobNotFoundError, match="nothing"):
        finish(database, resolved, "nothing", _DONE, NOW)
    with pytest.raises(JobNotFoundError, match="nowhere"):
        close_run(database, "nowhere", "run-1", NOW)
