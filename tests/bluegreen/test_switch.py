"""A switch in the middle of a batch: no request lost, no repository done twice; back is one step."""

from __future__ import annotations

import time
from collections import Counter
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from documenthor import client
from documenthor.errors import ApiError

from tests.bluegreen.sites import LATER, PROBE, QUOTA, REPOSITORIES
from tests.bluegreen.traffic import Posts, Reads
from tests.running.system import wait_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.bluegreen.conftest import Deployments

pytestmark = [pytest.mark.bluegreen, pytest.mark.timeout(3600)]

# For whole jobs, on a busy machine.
_PATIENCE = 1200
_SMALL = {"repositories": [PROBE], "dry_run": True}
_OPEN = "SELECT id FROM jobs WHERE tenant = 'local' AND finished_at IS NULL"


@pytest.fixture
def caller(deployments: Deployments) -> Iterator[client.Client]:
    """Calls through the gateway."""
    with client.Client(deployments.url, deployments.credentials) as found:
        yield found


def test_a_batch_survives_a_switch(deployments: Deployments, caller: client.Client) -> None:
    deployments.start("blue")
    deployments.send_to("blue")
    wait_for("the first key set at the gateway", lambda: _is_let_in(caller), 60)
    posts: list[Posts] = []
    with Reads(deployments.url, deployments.credentials) as reads:
        # The new colour comes up beside the old one, is well, and gets nothing yet.
        deployments.start("green")
        batch = client.submit(caller, {"repositories": list(REPOSITORIES)}, tries=1)
        wait_for("the first outcome", lambda: _counts(deployments, batch)["pull_request"], _PATIENCE)
        assert set(_jobs(deployments)) == {"blue"}

        posts.append(_switch(deployments, "green"))
        assert _counts(deployments, batch)[None] > 0
        later = client.submit(caller, {"repositories": list(LATER)}, tries=1)
        _assert_done(deployments, caller, batch, REPOSITORIES, "blue")
        _assert_done(deployments, caller, later, LATER, "green")
        _until_the_schedule_was_met_by(deployments, "green")

        # Back with one step, and forth again.
        posts.append(_switch(deployments, "blue"))
        posts.append(_switch(deployments, "green"))
        _until(
            deployments, "blue drained", lambda: not deployments.cli("green", "drained", "blue").returncode
        )
        deployments.airflows.pop("blue").stop()
        last = client.submit(caller, _SMALL, tries=1)
        _until(deployments, "the end of all jobs", lambda: not deployments.rows(_OPEN))
    answers = sum((each.answers for each in posts), Counter[str]())
    print(f"\nreads: {dict(reads.answers)}; posts: {dict(answers)}; jobs by colour: {_jobs(deployments)}")
    assert set(reads.answers) == {"200"}
    assert set(answers) == {"202"}
    _assert_each_was_done_once(
        deployments, [batch, later, last, *(job for each in posts for job in each.jobs)]
    )
    _assert_nothing_was_done_twice(deployments)
    _assert_one_pod_each(deployments, {batch: (REPOSITORIES, "blue"), later: (LATER, "green")})


def _switch(deployments: Deployments, colour: str) -> Posts:
    """Somebody posts from before the switch until the colour has taken a job; that is what they got."""
    with Posts(deployments.url, deployments.credentials, _SMALL) as posts:
        _until(deployments, "a job of the old colour", lambda: posts.jobs)
        deployments.send_to(colour)
        _until(deployments, f"a job of {colour}", lambda: colour in _colours(deployments, posts.jobs))
    return posts


def _until(deployments: Deployments, what: str, found: Callable[[], object]) -> None:
    def looked() -> object:
        deployments.check()
        return found()

    wait_for(what, looked, _PATIENCE)


def _colours(deployments: Deployments, jobs: list[str]) -> set[str]:
    known = dict(deployments.rows("SELECT id, colour FROM jobs"))
    return {known[job] for job in list(jobs)}


def _is_let_in(caller: client.Client) -> bool:
    """Whether the gateway can check a token; it asks for keys every second until it has some."""
    try:
        caller.call("GET", "/api/jobs")
    except ApiError as error:
        if error.status != httpx.codes.UNAUTHORIZED:
            raise
        return False
    return True


def _until_the_schedule_was_met_by(deployments: Deployments, colour: str) -> None:
    query = f"SELECT 1 FROM jobs WHERE tenant = 'nightly' AND colour = '{colour}'"  # noqa: S608
    _until(deployments, f"a scheduled job of {colour}", lambda: deployments.rows(query))


def _assert_done(
    deployments: Deployments, caller: client.Client, job: str, names: tuple[str, ...], colour: str
) -> None:
    def pause(_: float) -> None:
        deployments.check()
        time.sleep(1)

    status: dict[str, Any] = list(client.follow(caller, job, pause))[-1]
    assert status["counts"] == {"pull_request": len(names)}
    assert [row["name"] for row in status["repositories"]] == list(names)
    assert deployments.rows(f"SELECT colour FROM jobs WHERE id = '{job}'") == [(colour,)]  # noqa: S608


def _assert_each_was_done_once(deployments: Deployments, told: list[str]) -> None:
    """There is a job for each request that was taken and for nothing else, and one run for each job."""
    assert sorted(told) == sorted(
        job for (job,) in deployments.rows("SELECT id FROM jobs WHERE tenant = 'local'")
    )
    runs = Counter(
        run.split("_")[1]
        for colour in ("blue", "green")
        for run in deployments.runs(colour)
        if run[:4] == "job_"
    )
    assert runs == Counter(told)
    query = "SELECT outcome, reason FROM repositories JOIN jobs ON jobs.id = job_id WHERE tenant = 'local'"
    assert set(deployments.rows(query)) == {("pull_request", ""), ("skipped", "dry_run")}


def _assert_nothing_was_done_twice(deployments: Deployments) -> None:
    rows = deployments.rows("SELECT colour, run_id, attempt FROM repositories JOIN jobs ON jobs.id = job_id")
    claimed = [(colour, run, attempt) for colour, run, attempt in rows if run is not None]
    assert len(claimed) >= len(REPOSITORIES) + len(LATER)
    # By nobody but the job's own colour, and once each; but a quota that is full has another attempt begin.
    assert {run.partition("/")[0] == colour for colour, run, _ in claimed} == {True}
    if deployments.site.pods is None:
        assert {attempt for _, _, attempt in claimed} == {1}
    blue, green = deployments.runs("blue"), deployments.runs("green")
    assert {state for runs in (blue, green) for state in runs.values()} <= {"success", "running", "queued"}
    # Of the runs that both Airflows have, which are the schedule's, one alone did the work.
    assert {run.partition("__")[0] for run in blue.keys() & green.keys()} == {"scheduled"}


def _assert_one_pod_each(deployments: Deployments, jobs: dict[str, tuple[tuple[str, ...], str]]) -> None:
    """Where generators are pods: one for each repository, of the run of the colour that took its job."""
    pods = deployments.site.pods
    if pods is None:
        return
    for job, (names, colour) in jobs.items():
        for name in names:
            (events,) = pods.moments(name).values()
            assert events[0]["object"]["metadata"]["labels"]["run_id"] == f"job_{job}_1_{colour}"
    assert pods.most_at_once() <= QUOTA


def _counts(deployments: Deployments, job: str) -> Counter[str | None]:
    return Counter(
        outcome
        for (outcome,) in deployments.rows(f"SELECT outcome FROM repositories WHERE job_id = '{job}'")  # noqa: S608
    )


def _jobs(deployments: Deployments) -> dict[str, int]:
    return dict(deployments.rows("SELECT colour, count(*) FROM jobs GROUP BY colour"))
