"""A job's end is foreseen from the pace of what has ended, and not from what planning closed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from documenthor import jobs
from documenthor.jobs import Forecast, JobRequest, Planned
from documenthor.outcomes import Kind, Outcome, failed, skipped

from tests.documenthor.support import NOW, spec

if TYPE_CHECKING:
    from documenthor.db import Database

_MINUTE = timedelta(minutes=1)
_NAMES = [f"r{number}" for number in range(20)]


def _job(database: Database, done: int, ends: timedelta | None = None) -> str:
    """Twenty repositories, of which one ends a minute, the first after a minute."""
    ends_at = None if ends is None else NOW + ends
    request = JobRequest()
    job = jobs.record(
        database, tenant="acme", request=request, requested_by="me", now=NOW - _MINUTE, ends_at=ends_at
    ).id
    skips = [Planned(f"old{number}", outcome=skipped("archived")) for number in range(50)]
    jobs.resolve(database, job, [*skips, *(Planned(name, spec(name, job)) for name in _NAMES)], NOW)
    for number, name in enumerate(_NAMES[:done]):
        jobs.start(database, job, name, NOW + number * _MINUTE)
        end = Outcome(Kind.UNCHANGED) if number % 2 else failed("fetch", "")
        jobs.finish(database, job, name, end, NOW + (number + 1) * _MINUTE)
    return job


@pytest.mark.parametrize(
    ("done", "ends", "window", "found"),
    [
        (0, None, None, None),
        (4, None, None, None),
        (5, None, None, Forecast(NOW + 20 * _MINUTE, None)),
        (10, None, 20 * _MINUTE, Forecast(NOW + 20 * _MINUTE, NOW + 19 * _MINUTE)),
        (10, 30 * _MINUTE, 20 * _MINUTE, Forecast(NOW + 20 * _MINUTE, NOW + 30 * _MINUTE)),
        (20, None, None, None),
    ],
)
def test_what_is_left_goes_on_at_the_pace_until_now(
    database: Database,
    done: int,
    ends: timedelta | None,
    window: timedelta | None,
    found: Forecast | None,
) -> None:
    job = _job(database, done, ends)
    assert jobs.forecast(database, job, NOW + done * _MINUTE, window) == found


def test_a_standstill_moves_the_end_away(database: Database) -> None:
    job = _job(database, 10, 30 * _MINUTE)
    at = NOW + 20 * _MINUTE
    foreseen = jobs.forecast(database, job, at)
    assert foreseen == Forecast(at + 20 * _MINUTE, NOW + 30 * _MINUTE)
    assert foreseen.is_late


def test_nothing_is_foreseen_of_a_retry_or_of_no_job(database: Database) -> None:
    job = _job(database, 20)
    jobs.close_run(database, job, "run", NOW + 20 * _MINUTE)
    jobs.retry(database, tenant="acme", job_id=job)
    assert jobs.forecast(database, job, NOW + 21 * _MINUTE) is None
    assert jobs.forecast(database, "nowhere", NOW) is None
