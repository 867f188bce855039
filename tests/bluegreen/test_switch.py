"""A switch in the middle of a batch: no request lost, no repository done twice; back is one step."""

from __future__ import annotations

import time
from collections import Counter
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from documenthor import client
from documenthor.errors import ApiError

from tests.bluegreen.conftest import LATER, PROBE, REPOSITORIES, Deployments
from tests.bluegreen.traffic import Traffic
from tests.running.system import wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [pytest.mark.bluegreen, pytest.mark.timeout(1800)]

# A colour's scheduler may have yet to read the DAG; it answers 503 until then.
_TRIES = 180
_OPEN = "SELECT 1 FROM jobs WHERE colour = 'blue' AND finished_at IS NULL"


@pytest.fixture
def caller(deployments: Deployments) -> Iterator[client.Client]:
    """Calls through the gateway."""
    with client.Client(deployments.url, deployments.credentials) as found:
        yield found


def test_a_batch_survives_a_switch(deployments: Deployments, caller: client.Client) -> None:
    deployments.start("blue")
    deployments.send_to("blue")
    wait_for("the first key set at the gateway", lambda: _is_let_in(caller), 60)
    _until_it_answers(deployments, caller, "blue")
    with Traffic(deployments.url, deployments.credentials) as traffic:
        # The new colour comes up beside the old one, is well, and gets nothing yet.
        deployments.start("green")
        assert set(_jobs(deployments)) == {"blue"}
        batch = client.submit(caller, {"repositories": list(REPOSITORIES)}, tries=1)
        wait_for("the first outcome", lambda: _counts(deployments, batch)["pull_request"], 300)

        deployments.send_to("green")
        assert _counts(deployments, batch)[None] > len(REPOSITORIES) // 2
        _until_it_answers(deployments, caller, "green")
        later = client.submit(caller, {"repositories": list(LATER)}, tries=1)
        _assert_done(deployments, caller, batch, REPOSITORIES, "blue")
        _assert_done(deployments, caller, later, LATER, "green")
        _until_the_schedule_was_met_by(deployments, "green")

        # Back with one step, and forth again.
        deployments.send_to("blue")
        _until_it_answers(deployments, caller, "blue")
        deployments.send_to("green")
        _until_it_answers(deployments, caller, "green")
        wait_for("blue to be drained", lambda: deployments.cli("green", "drained", "blue").returncode == 0)
        deployments.airflows.pop("blue").stop()
        client.submit(caller, {"repositories": [PROBE], "dry_run": True}, tries=1)
        wait_for("the end of all that blue began", lambda: not deployments.rows(_OPEN))
    print(f"\nanswers: {dict(traffic.answers)}; jobs by colour: {_jobs(deployments)}")
    assert set(traffic.answers) == {"200"}
    _assert_nothing_was_done_twice(deployments)


def _is_let_in(caller: client.Client) -> bool:
    """Whether the gateway can check a token; it asks for keys every second until it has some."""
    try:
        caller.call("GET", "/api/jobs")
    except ApiError as error:
        if error.status != httpx.codes.UNAUTHORIZED:
            raise
        return False
    return True


def _until_it_answers(deployments: Deployments, caller: client.Client, colour: str) -> None:
    """Post small jobs until this colour takes one; Envoy learns of its endpoints a moment later."""

    def taken() -> bool:
        deployments.check()
        job = client.submit(caller, {"repositories": [PROBE], "dry_run": True}, tries=_TRIES)
        return deployments.rows(f"SELECT colour FROM jobs WHERE id = '{job}'") == [(colour,)]  # noqa: S608

    wait_for(f"a job of {colour}", taken, 300)


def _until_the_schedule_was_met_by(deployments: Deployments, colour: str) -> None:
    query = f"SELECT 1 FROM jobs WHERE tenant = 'nightly' AND colour = '{colour}'"  # noqa: S608
    wait_for(f"a scheduled job of {colour}", lambda: deployments.rows(query), 300)


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


def _assert_nothing_was_done_twice(deployments: Deployments) -> None:
    rows = deployments.rows("SELECT colour, run_id, attempt FROM repositories JOIN jobs ON jobs.id = job_id")
    claimed = [(colour, run, attempt) for colour, run, attempt in rows if run is not None]
    assert len(claimed) >= len(REPOSITORIES) + len(LATER)
    # By nobody but the job's own colour, and once each.
    assert {run.partition("/")[0] == colour for colour, run, _ in claimed} == {True}
    assert {attempt for _, _, attempt in claimed} == {1}
    blue, green = deployments.runs("blue"), deployments.runs("green")
    assert {state for runs in (blue, green) for state in runs.values()} <= {"success", "running", "queued"}
    # Of the runs that both Airflows have, which are the schedule's, one alone did the work.
    assert {run.partition("__")[0] for run in blue.keys() & green.keys()} == {"scheduled"}


def _counts(deployments: Deployments, job: str) -> Counter[str | None]:
    return Counter(
        outcome
        for (outcome,) in deployments.rows(f"SELECT outcome FROM repositories WHERE job_id = '{job}'")  # noqa: S608
    )


def _jobs(deployments: Deployments) -> dict[str, int]:
    return dict(deployments.rows("SELECT colour, count(*) FROM jobs GROUP BY colour"))
