"""Twenty repositories at once on a cluster, while scheduler and triggerer are killed."""

from __future__ import annotations

import gzip
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from docgen.contract import Envelope

from tests.cluster.spellings import spellings
from tests.cluster.world import SLOTS
from tests.running.system import git, wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator
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


def test_a_repository_has_one_pod_unless_its_task_was_killed(world: World, status: dict[str, Any]) -> None:
    """What is started again after a crash takes up the pod that is there; it makes another one only if the
    crash came after that pod's bundle was read, in a task that was at work just then."""
    assert world.recorder.doubled() & {f"octo/{name}" for name in _NAMES} == set()
    pods = {name: len(world.recorder.pods_of(name)) for name in _NAMES}
    attempts = {row["name"]: row["usage"]["attempts"] for row in status["repositories"]}
    assert {name: pods[name] for name in _calm(status)} == dict.fromkeys(_calm(status), 1)
    assert all(1 <= pods[name] <= attempts[name] for name in _NAMES), (pods, attempts)
    assert sum(pods.values()) - len(_NAMES) <= SLOTS, pods


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
    assert world.readable("octo") & _calm(status) == set()


def _calm(status: dict[str, Any]) -> set[str]:
    """The repositories whose task was not killed, and not put off either."""
    found = {row["name"] for row in status["repositories"] if row["usage"]["attempts"] == 1}
    assert found
    return found


def test_no_token_is_to_be_seen_anywhere(world: World, status: dict[str, Any]) -> None:
    """Not in what the cluster says of pods nor in what these say, not in what Airflow logs, keeps as XCom
    or in its database; not in base64 either, nor in what a bundle has compressed."""
    assert status
    assert len(world.fake.vault.issued) > len(_NAMES)
    pods = world.recorder.text.encode()
    assert b"DOCGEN_SPEC" in pods
    assert _NAMES[0].encode() in pods
    files = _files(world.system.state.root)
    assert any(b"docgen" in content for name, content in files.items() if "/logs/" in name)
    kept = dict(_kept(files))
    assert sum(name.endswith("bundle") for name in kept) >= len(_NAMES)
    places = {"the pods": pods, "what they say": _said(world), **files, **kept}
    wanted = [form for token in world.fake.vault.issued for form in spellings(token)]
    assert [name for name, content in places.items() if any(form in content for form in wanted)] == []


def _said(world: World) -> bytes:
    """All logs of all pods; a repository's last pod, which made its bundle, has told what it did."""
    texts = world.said.texts
    for name in _NAMES:
        pod = world.recorder.pods_of(name)[-1]
        assert f"of {name} at" in texts[pod, "fetch"]
        assert "wrote" in texts[pod, "base"]
    return "\n".join(texts.values()).encode()


def _kept(files: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """What Airflow keeps as XCom, which it compresses, and the bundles in it, which are so once more."""
    for name, content in files.items():
        if "/xcom/" in name:
            text = gzip.decompress(content)
            yield f"{name}, unpacked", text
            if b'"payload"' in text:
                bundle = Envelope.model_validate_json(text).open()
                yield f"{name}, its bundle", bundle.model_dump_json().encode()


def _files(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
