"""Cancelling and retrying: what has not begun ends, what failed begins again, and all is counted once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from documenthor.errors import JobCancelledError, JobNotFoundError, JobStateError
from documenthor.jobs import (
    JobState,
    JobStatus,
    Planned,
    cancel,
    claim,
    close_run,
    finish,
    is_cancelled,
    plan_again,
    resolve,
    retry,
    start,
    status,
    triggered,
    unplanned,
)
from documenthor.outcomes import Kind, Outcome, failed, skipped

from tests.documenthor.support import NOW, spec

if TYPE_CHECKING:
    from documenthor.db import Database

_LATER = NOW + timedelta(seconds=60)
_DONE = Outcome(Kind.PULL_REQUEST)


def _resolve(database: Database, job: str, *names: str) -> None:
    triggered(database, job, NOW)
    resolve(database, job, [Planned(name, spec(name, job)) for name in names], NOW)
    claim(database, job, "run-1")


def _status(database: Database, job: str) -> JobStatus:
    return status(database, tenant="acme", job_id=job)


def _cancel(database: Database, job: str) -> None:
    cancel(database, tenant="acme", job_id=job, now=_LATER)


def _end(database: Database, job: str, **outcomes: Outcome) -> None:
    for name, outcome in outcomes.items():
        start(database, job, name, NOW)
        finish(database, job, name, outcome, _LATER)
    close_run(database, job, "run-1", _LATER)


def test_cancelled_job_waits_for_what_is_at_work(database: Database, job: str) -> None:
    _resolve(database, job, "done", "busy", "waiting")
    for name in ("done", "busy"):
        start(database, job, name, NOW)
    finish(database, job, "done", _DONE, NOW)
    _cancel(database, job)
    report = _status(database, job)
    assert (report.state, report.counts) == (
        JobState.CANCELLING,
        {"pull_request": 1, "running": 1, "skipped": 1},
    )
    assert [row.reason for row in report.repositories] == ["", "", "cancelled"]
    with pytest.raises(JobCancelledError):
        start(database, job, "waiting", _LATER)
    finish(database, job, "busy", _DONE, _LATER)
    assert close_run(database, job, "run-1", _LATER).job_finished
    report = _status(database, job)
    assert (report.state, report.counts) == (JobState.CANCELLED, {"pull_request": 2, "skipped": 1})


def test_job_with_nothing_at_work_is_cancelled_at_once(database: Database, job: str) -> None:
    _resolve(database, job, "web")
    _cancel(database, job)
    report = _status(database, job)
    assert (report.state, report.finished_at) == (JobState.CANCELLED, _LATER)


def test_job_cancelled_in_the_queue_is_never_resolved(database: Database, job: str) -> None:
    """Also not by a run that was planning it at that moment."""
    _cancel(database, job)
    resolve(database, job, [Planned("web", spec("web", job))], _LATER)
    assert claim(database, job, "run-1").specs == ()
    assert close_run(database, job, "run-1", _LATER).job_error == ""
    assert (_status(database, job).state, _status(database, job).total) == (JobState.CANCELLED, 0)


def test_attempt_that_airflow_repeats_after_the_cancelling_ends_cancelled(
    database: Database, job: str
) -> None:
    _resolve(database, job, "web")
    start(database, job, "web", NOW)
    _cancel(database, job)
    with pytest.raises(JobCancelledError):
        start(database, job, "web", _LATER)
    row = _status(database, job).repositories[0]
    assert (row.outcome, row.reason, row.attempt) == (Kind.SKIPPED, "cancelled", 1)


def test_cancelling_twice_changes_nothing_and_an_ended_job_refuses(database: Database, job: str) -> None:
    _resolve(database, job, "web")
    _end(database, job, web=_DONE)
    with pytest.raises(JobStateError, match="ended"):
        _cancel(database, job)
    assert not is_cancelled(database, job)


def test_cancelling_and_starting_at_once_leave_no_row_in_between(database: Database, job: str) -> None:
    names = [f"r{number}" for number in range(20)]
    _resolve(database, job, *names)

    def begin(name: str) -> bool:
        try:
            start(database, job, name, NOW)
        except JobCancelledError:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        begun = pool.map(begin, names[:10])
        pool.submit(_cancel, database, job).result()
        begun_later = pool.map(begin, names[10:])
        running = sum([*begun, *begun_later])
    counts = _status(database, job).counts
    assert counts.get("running", 0) == running
    assert counts.get("skipped", 0) == 20 - running


def test_retry_opens_what_failed_at_the_same_commit(database: Database, job: str) -> None:
    _resolve(database, job, "good", "bad")
    _end(database, job, good=_DONE, bad=failed("generate", "no"))
    assert _status(database, job).state == JobState.PARTIALLY_FAILED
    view = retry(database, tenant="acme", job_id=job)
    assert (view.part, view.is_triggered) == (1001, False)
    report = _status(database, job)
    assert (report.state, report.counts) == (JobState.RUNNING, {"pull_request": 1, "waiting": 1})
    claimed = claim(database, job, "run-2")
    assert claimed.specs == (spec("bad", job),)
    start(database, job, "bad", _LATER)
    finish(database, job, "bad", _DONE, _LATER)
    assert close_run(database, job, "run-2", _LATER).job_finished
    report = _status(database, job)
    assert (report.state, report.counts) == (JobState.SUCCEEDED, {"pull_request": 2})
    assert (report.usage.attempts, report.usage.seconds) == (3, 120)


def test_only_what_is_named_is_opened(database: Database, job: str) -> None:
    _resolve(database, job, "good", "bad", "worse")
    _end(database, job, good=_DONE, bad=failed("generate", "no"), worse=failed("generate", "no"))
    for names in (["good", "bad"], ["nowhere"]):
        with pytest.raises(JobStateError, match="not all of these"):
            retry(database, tenant="acme", job_id=job, names=names)
    assert retry(database, tenant="acme", job_id=job, names=["bad"]).part == 1001
    assert _status(database, job).counts == {"pull_request": 1, "waiting": 1, "failed": 1}


def test_retry_of_a_retry_starts_a_run_of_its_own(database: Database, job: str) -> None:
    _resolve(database, job, "bad")
    _end(database, job, bad=failed("fetch", "no"))
    assert retry(database, tenant="acme", job_id=job).part == 1001
    assert retry(database, tenant="acme", job_id=job).part == 1001, "its run was not started yet"
    triggered(database, job, _LATER)
    with pytest.raises(JobStateError, match="still at work"):
        retry(database, tenant="acme", job_id=job)
    _end(database, job, bad=failed("fetch", "no"))
    assert retry(database, tenant="acme", job_id=job).part == 2001


def test_nothing_failed_or_cancelled_is_nothing_to_retry(database: Database, job: str) -> None:
    _resolve(database, job, "web")
    _end(database, job, web=skipped("superseded"))
    with pytest.raises(JobStateError, match="nothing"):
        retry(database, tenant="acme", job_id=job)


def test_cancelled_job_is_not_retried(database: Database, job: str) -> None:
    _resolve(database, job, "web", "bad")
    start(database, job, "bad", NOW)
    _cancel(database, job)
    finish(database, job, "bad", failed("generate", "no"), _LATER)
    close_run(database, job, "run-1", _LATER)
    with pytest.raises(JobStateError, match="cancelled"):
        retry(database, tenant="acme", job_id=job)


def test_job_that_could_not_be_resolved_can_be_retried(database: Database, job: str) -> None:
    triggered(database, job, NOW)
    close_run(database, job, "run-1", NOW)
    assert retry(database, tenant="acme", job_id=job).part == 1001
    assert _status(database, job).state == JobState.QUEUED


def test_row_that_planning_failed_on_is_planned_again(database: Database, job: str) -> None:
    triggered(database, job, NOW)
    resolve(database, job, [Planned("web", outcome=failed("plan", "the forge is away"))], NOW)
    close_run(database, job, "run-1", NOW)
    assert unplanned(database, job) == []
    retry(database, tenant="acme", job_id=job)
    assert unplanned(database, job) == ["web"]
    plan_again(database, job, [Planned("web", spec("web", job)), Planned("other")], _LATER)
    assert unplanned(database, job) == []
    assert claim(database, job, "run-2").specs == (spec("web", job),)


@pytest.mark.parametrize("tenant", ["other", ""])
def test_another_tenant_can_do_neither(database: Database, job: str, tenant: str) -> None:
    with pytest.raises(JobNotFoundError):
        cancel(database, tenant=tenant, job_id=job, now=NOW)
    with pytest.raises(JobNotFoundError):
        retry(database, tenant=tenant, job_id=job)
    assert _status(database, job).state == JobState.QUEUED
