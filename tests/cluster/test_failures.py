"""Pods that fail for real: a typed outcome with the pod's own words each, tried again where that can help."""

from __future__ import annotations

import json
from contextlib import ExitStack, closing
from typing import TYPE_CHECKING, Any

import pytest

from tests.running.system import git, tasks_of, wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from embedded.caller import Caller
    from tests.cluster.world import World

pytestmark = [pytest.mark.cluster, pytest.mark.timeout(3600)]

_PATIENCE = 1800
_ONE = dict.fromkeys(("tiny", "hasty", "imageless", "narrow"), "one")


def _row(caller: Caller, job: str, world: World) -> dict[str, Any]:
    (row,) = list(caller.follow(job, world.system.airflow.check))[-1]["repositories"]
    return {**row, "run": f"job_{job}_1"}


@pytest.fixture(scope="module")
def rows(world: World) -> Iterator[dict[str, dict[str, Any]]]:
    """By tenant or repository how it ended; all are at work at once."""
    wanted = {**_ONE, "broken": "broken", "victim": "victim"}
    with ExitStack() as stack:
        jobs: dict[str, tuple[Caller, str]] = {}
        for key, name in wanted.items():
            tenant = key if key in _ONE else "octo"
            repository = world.add(tenant, name)
            if name == "broken":
                _lose_an_object(repository.store.path)
            caller = stack.enter_context(closing(world.caller(tenant)))
            jobs[key] = (caller, caller.submit([name]))
        _delete_the_first_pod_of(world, "victim")
        yield {key: _row(caller, job, world) for key, (caller, job) in jobs.items()}


def _lose_an_object(bare: Path) -> None:
    """The repository is there, but one of its files is not."""
    name = git(bare, "rev-parse", "main:engine.py")
    (bare / "objects" / name[:2] / name[2:]).unlink()


def _delete_the_first_pod_of(world: World, repository: str) -> None:
    cluster, namespace = world.ground.cluster, world.ground.name
    selector = f"documenthor/repository={repository}"
    (pod,) = wait_for("its pod", lambda: cluster.items("pods", namespace, selector), _PATIENCE)
    cluster("delete", "pod", pod["metadata"]["name"], "--namespace", namespace, "--grace-period=0", "--force")


@pytest.mark.parametrize(
    ("key", "outcome", "reason", "says", "attempts"),
    [
        ("tiny", "failed", "fetch", "out_of_memory", 1),
        ("hasty", "failed", "pod", "timed_out", 3),
        ("imageless", "failed", "pod", "image_not_pulled", 3),
        ("broken", "failed", "fetch", "fetch ended with", 3),
        ("narrow", "skipped", "too_large", "files", 1),
        ("victim", "pull_request", "", "", 2),
    ],
)
def test_the_end_is_typed_and_tried_again_where_that_can_help(
    world: World,
    rows: dict[str, dict[str, Any]],
    key: str,
    outcome: str,
    reason: str,
    says: str,
    attempts: int,
) -> None:
    row = rows[key]
    assert (row["outcome"], row["reason"]) == (outcome, reason), row
    assert says in row["message"]
    tenant = key if key in _ONE else "octo"
    with world.system.admin() as api:
        tasks = tasks_of(api, f"documenthor_{tenant}", row["run"], "generate")
    assert tasks[row["name"]]["try_number"] == attempts


def test_a_pod_that_failed_is_kept_and_counts_for_nothing(
    world: World, rows: dict[str, dict[str, Any]]
) -> None:
    """One that could not start is not; its share of the quota would be lost."""
    assert rows
    cluster, namespace = world.ground.cluster, world.ground.name

    def kept(tenant: str) -> list[str]:
        found = cluster.items("pods", namespace, f"documenthor/tenant={tenant}")
        return [pod["status"]["phase"] for pod in found]

    # What was deleted takes seconds to go, and the quota is counted anew after that.
    wait_for("the end of a pod without an image", lambda: kept("imageless") == [])
    assert kept("tiny") == ["Failed"]
    assert set(kept("hasty")) == {"Failed"}

    def used() -> tuple[str, str]:
        found = json.loads(cluster("get", "resourcequota", "--namespace", namespace, "--output=json"))
        each = found["items"][0]["status"]["used"]
        return each["pods"], each["requests.nvidia.com/gpu"]

    wait_for("a quota that counts none of them", lambda: used() == ("0", "0"))


def test_a_full_quota_costs_no_retry(world: World) -> None:
    """The tenant's pool has twice the slots that the namespace's quota has GPUs."""
    names = [f"greedy-{number}" for number in range(8)]
    for name in names:
        world.add("greedy", name)
    with closing(world.caller("greedy")) as caller:
        job = caller.submit(names)
        status = list(caller.follow(job, world.system.airflow.check))[-1]
    assert status["counts"] == {"pull_request": len(names)}, status
    with world.system.admin() as api:
        tasks = tasks_of(api, "documenthor_greedy", f"job_{job}_1", "generate")
    assert {task["try_number"] for task in tasks.values()} == {1}
    assert world.recorder.most_at_once() == 4
    logs = world.system.state.airflow / "logs"
    # Whoever was refused a pod has given back its token.
    assert world.readable("greedy") == set()
    assert any("exceeded quota" in path.read_text("utf-8") for path in logs.rglob("*.log"))
