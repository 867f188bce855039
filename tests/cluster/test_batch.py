"""Twenty repositories at once on a cluster, while scheduler and triggerer are killed."""

from __future__ import annotations

from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from tests.running.system import git, wait_for

if TYPE_CHECKING:
    from pathlib import Path

    from embedded.cluster import Cluster
    from tests.cluster.world import World

pytestmark = [pytest.mark.cluster, pytest.mark.timeout(3600)]

_NAMES = [f"engine-{number:02}" for number in range(20)]
# On a busy machine of two cores, where a pod takes a quarter of one.
_PATIENCE = 1800
_POOL = 4


@pytest.fixture(scope="module")
def status(world: World) -> dict[str, Any]:
    """The job's, in the end."""
    for name in _NAMES:
        world.add("octo", name)
    with closing(world.caller("octo")) as caller:
        job = caller.submit(_NAMES)

        def done() -> int:
            rows = next(caller.follow(job, world.system.airflow.check))["repositories"]
            return sum(1 for row in rows if row["state"] == "done")

        wait_for("the first repository's end", lambda: done() >= 1, _PATIENCE)
        world.kill("scheduler")
        before = done()
        wait_for("another end after that", lambda: done() > before, _PATIENCE)
        world.kill("triggerer")
        return list(caller.follow(job, world.system.airflow.check))[-1]


def test_none_is_lost_and_none_is_done_twice(world: World, status: dict[str, Any]) -> None:
    assert status["counts"] == {"pull_request": len(_NAMES)}, status
    opened = world.pull_requests("octo")
    assert {name: opened[name] for name in _NAMES} == dict.fromkeys(_NAMES, 1)
    for name in _NAMES:
        repository = world.fake.find("octo", name)
        assert repository is not None
        assert git(repository.store.path, "rev-list", "--count", "main..documenthor/docs") == "1"


def test_the_quota_is_used_and_never_exceeded(world: World, status: dict[str, Any]) -> None:
    assert status
    assert world.recorder.most_at_once() == _POOL


def test_no_repository_has_two_pods_at_work_at_once(world: World, status: dict[str, Any]) -> None:
    """What is started again after a crash takes up the pod that is there."""
    assert status
    assert world.recorder.doubled() & {f"octo/{name}" for name in _NAMES} == set()
    assert all(world.recorder.pods_of(name) for name in _NAMES)


def test_what_is_written_down_is_what_the_cluster_reports(world: World, status: dict[str, Any]) -> None:
    """Each repository's seconds, through the crashes, by a watch that no code of ours has read."""
    told = {
        row["name"]: (row["usage"]["gpu_seconds"], row["usage"]["cpu_seconds"])
        for row in status["repositories"]
    }
    reported = {name: tuple(float(each) for each in world.recorder.took(name)) for name in _NAMES}
    assert told == reported
    assert status["usage"]["gpu_seconds"] == sum(gpu for gpu, _ in reported.values())


def test_nothing_is_left_but_pods_that_failed(world: World, status: dict[str, Any]) -> None:
    assert status
    cluster, namespace = world.ground.cluster, world.ground.name
    selector = "documenthor/tenant=octo"
    for kind in ("pods", "secrets"):
        wait_for(f"the end of all {kind}", partial(_are_gone, cluster, kind, namespace, selector))


def _are_gone(cluster: Cluster, kind: str, namespace: str, selector: str) -> bool:
    """A busy machine may have refused a connection, and another attempt have succeeded."""
    found = cluster.items(kind, namespace, selector)
    return not [each for each in found if each.get("status", {}).get("phase") != "Failed"]


def test_fetch_has_ended_every_token_that_it_was_lent(world: World, status: dict[str, Any]) -> None:
    """Tasks that were killed may have asked for one that no pod got, so of the others alone."""
    calm = {row["name"] for row in status["repositories"] if row["usage"]["attempts"] == 1}
    assert calm
    assert world.readable("octo") & calm == set()


def test_no_token_is_to_be_seen_anywhere(world: World, status: dict[str, Any]) -> None:
    """Not in what the cluster says of pods, not in what Airflow logs, keeps as XCom or in its database."""
    assert status
    tokens = [token.encode() for token in world.fake.vault.issued]
    assert len(tokens) > len(_NAMES)
    pods = world.recorder.text.encode()
    assert b"DOCGEN_SPEC" in pods
    assert _NAMES[0].encode() in pods
    places = {"the pods": pods, **_files(world.system.state.root)}
    assert any(b"docgen" in content for name, content in places.items() if "/logs/" in name)
    assert any("/xcom/" in name for name in places)
    assert [name for name, content in places.items() if any(token in content for token in tokens)] == []


def _files(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
