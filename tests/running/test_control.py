"""Cancelling and retrying a job over HTTP, on a running system."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from documenthor import client

from tests.documenthor.forge.support import pull_requests
from tests.running.system import System, add_repository, git, hide, wait_for

pytestmark = [pytest.mark.running, pytest.mark.timeout(600)]


def _status(system: System, job: str) -> dict[str, Any]:
    return next(system.caller.follow(job, system.airflow.check))


def test_cancelled_job_starts_nothing_more_and_ends(system: System) -> None:
    """Twenty repositories, cancelled as soon as the first one is at work: eight at a time are."""
    names = [f"cancelled-{number:02}" for number in range(20)]
    for name in names:
        add_repository(system.state.forge, name)
    job = system.caller.submit(names)
    wait_for("the first repository at work", lambda: _status(system, job)["counts"].get("running"))
    client.cancel(system.caller.client, job)
    assert _status(system, job)["state"] in {"cancelling", "cancelled"}
    status = system.finish(job)
    assert status["state"] == "cancelled"
    assert sum(status["counts"].values()) == status["total"] == 20
    untouched = [row for row in status["repositories"] if row["attempt"] == 0]
    assert untouched
    assert {(row["outcome"], row["reason"]) for row in untouched} == {("skipped", "cancelled")}
    with system.admin() as api:
        path = f"/dags/documenthor_local/dagRuns/job_{job}_1"
        ended = wait_for("the run's end", lambda: _ended(api.get(path).raise_for_status().json()["state"]))
    assert ended == "success"
    assert _status(system, job)["counts"] == status["counts"]
    opened = {record.repository for record in pull_requests(system.state.forge)}
    assert opened.isdisjoint(row["name"] for row in untouched)


def _ended(state: str) -> str:
    return state if state in {"success", "failed"} else ""


def test_retry_works_on_what_failed_alone_and_opens_no_second_pull_request(system: System) -> None:
    """One repository has lost an object; the retry comes after somebody has brought it back."""
    good, bad = (add_repository(system.state.forge, name) for name in ("retry-good", "retry-bad"))
    lost = hide(bad)
    job = system.caller.submit(["retry-good", "retry-bad"])
    status = system.finish(job)
    assert (status["state"], status["counts"]) == ("partially_failed", {"pull_request": 1, "failed": 1})
    commits = {row["name"]: row["source_commit"] for row in status["repositories"]}
    tip = git(good, "rev-parse", "documenthor/docs")
    lost.with_suffix(".lost").rename(lost)
    client.retry(system.caller.client, job)
    status = system.finish(job)
    assert (status["state"], status["counts"]) == ("succeeded", {"pull_request": 2})
    assert {row["name"]: row["source_commit"] for row in status["repositories"]} == commits
    attempts = {row["name"]: row["attempt"] for row in status["repositories"]}
    assert attempts["retry-good"] == 1 < attempts["retry-bad"]
    assert git(good, "rev-parse", "documenthor/docs") == tip
    opened = Counter(record.repository for record in pull_requests(system.state.forge))
    assert (opened["retry-good"], opened["retry-bad"]) == (1, 1)
