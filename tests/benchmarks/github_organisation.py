"""Nights of an organisation on the fake GitHub: what is published, and what it asks of the API.

    python -m tests.benchmarks.github_organisation [--repositories 1000] [--nights 3]

The first night documents everything, with a scripted bundle in place of the generator; the others find
nothing changed. Planning, publishing, the client and its budget are the real ones; the clock is not, so that
waiting for the budget takes no time. Points of the primary limit are counted and not refused.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from documenthor import jobs
from documenthor.db import Database
from documenthor.errors import RateLimitedError
from documenthor.jobs import JobRequest
from documenthor.planning import plan
from documenthor.publish import publish
from documenthor.tenants import Mode

from tests.documenthor.forge.github.support import ORGANISATION, Place, tenant
from tests.documenthor.publish.support import block, seal
from tests.documenthor.support import Clock

if TYPE_CHECKING:
    from datetime import datetime

    from docgen.contract import JobSpec
    from documenthor.forge.github import GitHubForge
    from documenthor.outcomes import Outcome

# Every so many repositories one of these, as organisations have them.
_UNFIT: tuple[dict[str, Any], ...] = (
    {"is_archived": True},
    {"is_disabled": True},
    {"is_fork": True},
    {"is_mirror": True},
    {"is_template": True},
    {"size": 3 * 1024 * 1024},
    {"files": {}},
)
_EVERY = 20


def main() -> None:
    """Build the organisation, run the nights and print what came of them."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--repositories", type=int, default=1000)
    parser.add_argument("--nights", type=int, default=3)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        clock = Clock()
        database = Database(f"sqlite:///{folder}/documenthor.db")
        database.migrate()
        place = Place.make(Path(folder) / "github", clock, database)
        place.fake.limits.core = place.fake.limits.graphql = 10**9
        _timed("organisation made", lambda: _build(place, arguments.repositories))
        _night(place, 0)
        for number in range(1, arguments.nights + 1):
            _night(place, number)
        database.close()


def _build(place: Place, count: int) -> None:
    for number in range(count):
        odd: dict[str, Any] = {}
        if number % _EVERY == 0:
            odd = dict(_UNFIT[number // _EVERY % len(_UNFIT)])
        files = odd.pop("files", {"README.md": f"# Service {number}\n".encode(), "a.py": b"x = 1\n"})
        place.fake.repository(f"{ORGANISATION}/service-{number:04}", files, language="Python", **odd)


def _night(place: Place, number: int) -> None:
    place.fake.calls.clear()
    began, at = time.perf_counter(), place.clock.now
    pulls = _pulls(place)
    job = jobs.record(
        place.database,
        tenant=ORGANISATION,
        request=JobRequest(repositories=None),
        requested_by="benchmark",
        now=place.clock.now,
        job_id=f"night-{number}",
    )
    part, remaining = 0, 1
    while remaining:
        with place.forge() as forge:
            claim = plan(place.database, forge, tenant(), job, f"run-{part}", place.clock.now)
        for spec in claim.specs:
            jobs.start(place.database, job.id, spec.repository, place.clock.now)
            jobs.finish(place.database, job.id, spec.repository, _publish(place, spec), place.clock.now)
        jobs.close_run(place.database, job.id, f"run-{part}", place.clock.now)
        part, remaining = part + 1, claim.remaining
    _report(place, job.id, pulls, at, time.perf_counter() - began)


def _publish(place: Place, spec: JobSpec) -> Outcome:
    """As a task does: a forge of its own, and when it is told to wait, it waits."""
    while True:
        try:
            with place.forge() as forge:
                return _publish_with(forge, spec)
        except RateLimitedError as error:
            place.clock.now = max(place.clock.now, error.until)


def _publish_with(forge: GitHubForge, spec: JobSpec) -> Outcome:
    return publish(forge, spec, seal(spec, block()), Mode.PULL_REQUEST, 0)


def _report(place: Place, job_id: str, pulls: int, at: datetime, seconds: float) -> None:
    status = jobs.status(place.database, tenant=ORGANISATION, job_id=job_id)
    outcomes = Counter(
        f"{row.outcome}({row.reason})" if row.reason else str(row.outcome) for row in status.repositories
    )
    names = Counter(row.name for row in status.repositories)
    once = sum(1 for count in names.values() if count == 1)
    calls = Counter(made.name for made in place.fake.calls)
    print(f"{job_id}: {status.state}, {once} of {len(names)} repositories with exactly one outcome")
    for outcome, count in outcomes.most_common():
        print(f"  {count:5} {outcome}")
    writes = len(place.fake.creations)
    print(f"  new pull requests {_pulls(place) - pulls}, creations of content {writes}")
    print(f"  calls {sum(calls.values())}: {dict(calls.most_common())}")
    print(f"  calls per 100 repositories {100 * sum(calls.values()) / len(names):.1f}")
    if writes:
        minute, hour = _most(place, 60), _most(place, 3600)
        print(f"  most creations in a minute {minute}, in an hour {hour}")
    print(f"  took {place.clock.now - at} by the fake clock, {seconds:.1f} s of work")


def _pulls(place: Place) -> int:
    return sum(len(repository.pulls) for repository in place.fake.repositories.values())


def _most(place: Place, seconds: int) -> int:
    """The most creations in any window of so many seconds."""
    times = [made.at.timestamp() for made in place.fake.creations]
    start = most = 0
    for end, time_ in enumerate(times):
        while times[start] <= time_ - seconds:
            start += 1
        most = max(most, end - start + 1)
    return most


def _timed(what: str, call: Any) -> None:  # noqa: ANN401 - any function
    began = time.perf_counter()
    call()
    print(f"{what} in {time.perf_counter() - began:.1f} s")


if __name__ == "__main__":
    main()
