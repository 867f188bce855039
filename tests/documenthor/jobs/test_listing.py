"""A tenant's jobs, newest first: every one on exactly one page, also while new ones come."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from documenthor.jobs import (
    Cursor,
    JobRequest,
    JobState,
    Planned,
    cancel,
    claim,
    close_run,
    finish,
    listed,
    record,
    resolve,
    start,
)
from documenthor.outcomes import Kind, Outcome, failed

from tests.documenthor.support import NOW, spec

if TYPE_CHECKING:
    from documenthor.db import Database


def _record(database: Database, name: str, seconds: int = 0, tenant: str = "acme") -> str:
    now = NOW + timedelta(seconds=seconds)
    return record(database, tenant=tenant, request=JobRequest(), requested_by="me", now=now, job_id=name).id


def _walk(database: Database, limit: int, grow: bool = False) -> list[str]:
    names: list[str] = []
    after = None
    while True:
        page = listed(database, tenant="acme", limit=limit, after=after)
        names += [job.id for job in page.jobs]
        if page.after is None:
            return names
        after = Cursor.parse(str(page.after))
        if grow:
            _record(database, f"new-{len(names)}", 1000 + len(names))


@pytest.mark.parametrize("limit", [1, 2, 3, 5, 100])
@pytest.mark.parametrize("grow", [False, True])
def test_pages_hold_every_job_once(database: Database, limit: int, grow: bool) -> None:
    """Three of them were recorded in one moment."""
    for name, seconds in (("a", 0), ("b", 5), ("c", 5), ("d", 5), ("e", 9)):
        _record(database, name, seconds)
    _record(database, "theirs", 7, "other")
    assert _walk(database, limit, grow) == ["e", "d", "c", "b", "a"]


def _finished(database: Database, name: str, **outcomes: Outcome) -> None:
    _record(database, name)
    rows = [Planned(f"{name}-{each}", spec(f"{name}-{each}", name)) for each in outcomes]
    resolve(database, name, rows, NOW)
    claim(database, name, "run")
    for each, outcome in outcomes.items():
        start(database, name, f"{name}-{each}", NOW)
        finish(database, name, f"{name}-{each}", outcome, NOW)
    close_run(database, name, "run", NOW)


@pytest.fixture
def one_of_each(database: Database) -> dict[str, JobState]:
    """A job in each state."""
    good, bad = Outcome(Kind.COMMITTED), failed("generate", "no")
    _record(database, "q")
    _finished(database, "s", a=good)
    _finished(database, "p", a=good, b=bad)
    _finished(database, "f", a=bad)
    _record(database, "u")
    close_run(database, "u", "run", NOW)
    for name in ("r", "g"):
        _record(database, name)
        resolve(database, name, [Planned("x", spec("x", name))], NOW)
        start(database, name, "x", NOW)
    for name in ("g", "c"):
        if name == "c":
            _record(database, name)
        cancel(database, tenant="acme", job_id=name, now=NOW)
    return {
        "q": JobState.QUEUED,
        "s": JobState.SUCCEEDED,
        "p": JobState.PARTIALLY_FAILED,
        "f": JobState.FAILED,
        "u": JobState.FAILED,
        "r": JobState.RUNNING,
        "g": JobState.CANCELLING,
        "c": JobState.CANCELLED,
    }


def test_jobs_are_found_by_their_state(database: Database, one_of_each: dict[str, JobState]) -> None:
    for state in JobState:
        page = listed(database, tenant="acme", limit=100, states=[state])
        assert {job.id for job in page.jobs} == {name for name, own in one_of_each.items() if own == state}
        assert {job.state for job in page.jobs} == {state}
    both = listed(database, tenant="acme", limit=100, states=[JobState.FAILED, JobState.QUEUED])
    assert {job.id for job in both.jobs} == {"f", "u", "q"}


def test_every_job_is_counted_by_itself(database: Database, one_of_each: dict[str, JobState]) -> None:
    assert one_of_each
    jobs = {job.id: job for job in listed(database, tenant="acme", limit=100).jobs}
    assert jobs["p"].counts == {"committed": 1, "failed": 1}
    assert (jobs["q"].total, jobs["q"].counts) == (0, {})
    assert all(sum(job.counts.values()) == job.total for job in jobs.values())


@pytest.mark.parametrize(
    "text", ["", "x", "====", "ä", "MjAyNg", "MjAyNi0wNS0wNFQxMjowMDowMCBq", "MjAyNi0wNS0wNFQxMjowMDowMFo"]
)
def test_cursor_that_is_none_of_ours_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a cursor"):
        Cursor.parse(text)
