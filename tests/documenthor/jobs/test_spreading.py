"""A night's pull requests come evenly over what is left of its window; nobody else's wait."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from documenthor import jobs
from documenthor.jobs import JobRequest, Planned
from documenthor.outcomes import Kind, Outcome, failed, skipped

from tests.documenthor.support import NOW, spec

if TYPE_CHECKING:
    from datetime import datetime

    from documenthor.db import Database

_HOUR = timedelta(hours=1)
_WINDOW = _HOUR
_NAMES = [f"r{number:02}" for number in range(12)]


def _night(database: Database, *, planned_at: datetime = NOW, window: timedelta | None = _WINDOW) -> str:
    """Twelve repositories to document after some that planning has closed."""
    ends_at = None if window is None else NOW + window
    request = JobRequest()
    job = jobs.record(
        database, tenant="acme", request=request, requested_by="me", now=NOW, ends_at=ends_at
    ).id
    closed = [Planned(f"old{number}", outcome=skipped("archived")) for number in range(5)]
    jobs.resolve(database, job, [*closed, *(Planned(name, spec(name, job)) for name in _NAMES)], planned_at)
    return job


def _due(database: Database, job: str) -> list[datetime | None]:
    return [jobs.due(database, job, name) for name in _NAMES]


@pytest.mark.parametrize("late", [timedelta(0), _HOUR / 2, _HOUR * 0.9])
def test_they_are_due_evenly_over_three_quarters_of_what_is_left_of_the_window(
    database: Database, late: timedelta
) -> None:
    job = _night(database, planned_at=NOW + late)
    step = (_WINDOW - late) * 0.75 / len(_NAMES)
    assert _due(database, job) == [NOW + late + number * step for number in range(len(_NAMES))]


def test_a_night_with_little_to_do_ends_early(database: Database) -> None:
    job = _night(database, window=12 * _HOUR)
    step = timedelta(minutes=5)
    assert _due(database, job) == [NOW + number * step for number in range(len(_NAMES))]


def test_whoever_is_planned_when_the_window_is_over_does_not_wait(database: Database) -> None:
    planned_at = NOW + 5 * _HOUR
    job = _night(database, planned_at=planned_at)
    assert all(due is not None and due <= planned_at for due in _due(database, job))


def test_what_has_ended_moves_nobody(database: Database) -> None:
    job = _night(database)
    before = _due(database, job)
    jobs.claim(database, job, "run", 5)
    for name in _NAMES[:3]:
        jobs.start(database, job, name, NOW)
        jobs.finish(database, job, name, Outcome(Kind.UNCHANGED), NOW)
    assert _due(database, job) == before


def test_the_next_run_begins_when_its_first_pull_request_is_due(database: Database) -> None:
    job = _night(database)
    jobs.claim(database, job, "run", 5)
    assert jobs.next_due(database, job) == jobs.due(database, job, _NAMES[5])


def test_a_job_without_a_window_is_not_spread(database: Database) -> None:
    job = _night(database, window=None)
    assert _due(database, job) == [None] * len(_NAMES)
    assert jobs.next_due(database, job) is None


def test_what_somebody_asks_for_again_does_not_wait(database: Database) -> None:
    """By a cleared task, or by a retry of the job."""
    job = _night(database)
    jobs.claim(database, job, "run")
    for name in _NAMES:
        jobs.start(database, job, name, NOW)
        jobs.finish(database, job, name, failed("fetch", ""), NOW)
    jobs.start(database, job, _NAMES[-1], NOW)
    assert jobs.due(database, job, _NAMES[-1]) is None
    jobs.finish(database, job, _NAMES[-1], failed("fetch", ""), NOW)
    jobs.close_run(database, job, "run", NOW)
    jobs.retry(database, tenant="acme", job_id=job)
    assert _due(database, job) == [None] * len(_NAMES)
    assert jobs.next_due(database, job) is None


@pytest.mark.parametrize("late", [timedelta(0), _HOUR / 2])
def test_a_night_at_this_pace_is_never_foreseen_to_be_late(database: Database, late: timedelta) -> None:
    """Each is begun at once and ends when it is due, as with generators that are quick."""
    job = _night(database, planned_at=NOW + late)
    foreseen = []
    for name in _NAMES:
        jobs.start(database, job, name, NOW + late)
    for name, due in zip(_NAMES, _due(database, job), strict=True):
        assert due is not None
        jobs.finish(database, job, name, Outcome(Kind.PULL_REQUEST), due)
        foreseen.append(jobs.forecast(database, job, due))
    told = [one for one in foreseen if one is not None]
    assert len(told) == len(_NAMES) - 5
    assert not any(one.is_late for one in told)
