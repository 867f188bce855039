"""Waiting for a pod's end: when it ends, and with which word."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from typing import TYPE_CHECKING, Any

from tests.documenthor_airflow.conftest import PROJECT, environment
from tests.fakes.kubernetes import FakeKubernetes

if TYPE_CHECKING:
    from pathlib import Path

_PULLING = {"state": {"waiting": {"reason": "ImagePullBackOff"}}}
_SHARED = {"image": "i", "imageID": "i", "ready": False, "restartCount": 0}
_PODS: dict[str, dict[str, Any]] = {
    "ended": {"phase": "Failed"},
    "imageless": {"phase": "Pending", "initContainerStatuses": [{"name": "fetch", **_SHARED, **_PULLING}]},
    "waiting": {"phase": "Pending"},
    "turning": {"phase": "Pending"},
}


def _kubeconfig(url: str) -> str:
    named = {"name": "fake", "cluster": {"server": url}}
    context = {"name": "fake", "context": {"cluster": "fake", "user": "fake"}}
    users = [{"name": "fake", "user": {}}]
    return json.dumps({"clusters": [named], "contexts": [context], "users": users, "current-context": "fake"})


def test_it_ends_where_the_pod_does_or_where_waiting_makes_no_sense(migrated: Path, tmp_path: Path) -> None:
    """The image is one of the init container's, which the provider's own trigger does not look at."""
    path = tmp_path / "kubeconfig"
    with FakeKubernetes() as cluster:
        path.write_text(_kubeconfig(cluster.url), "utf-8")
        for name, status in _PODS.items():
            cluster.objects["pods", name] = {"metadata": {"name": name}, "status": dict(status)}
        env = environment(migrated) | {"KUBECONFIG": str(path)}
        command = [sys.executable, "-m", "tests.documenthor_airflow.watching", *_PODS, "gone"]
        ended = threading.Event()
        turning = threading.Thread(target=_turn, args=(cluster, ended))
        turning.start()
        done = subprocess.run(command, env=env, cwd=PROJECT, capture_output=True, text=True, check=False)
        ended.set()
        turning.join()
    assert done.returncode == 0, done.stderr[-3000:]
    found = json.loads(done.stdout.strip().splitlines()[-1])
    assert {name: event["status"] for name, event in found["events"].items()} == {
        "ended": "over",
        "imageless": "over",
        "waiting": "late",
        "turning": "over",
        "gone": "gone",
    }
    assert found["events"]["ended"] == {"status": "over", "name": "ended", "namespace": "jobs"}
    assert found["answers"] == {"401": "refused", "403": "refused", "404": "gone", "500": ""}


def test_a_pod_that_is_over_at_first_sight_is_looked_at_again(migrated: Path, tmp_path: Path) -> None:
    """The event gives the process that deferred its task the time to end."""
    path = tmp_path / "kubeconfig"
    with FakeKubernetes() as cluster:
        path.write_text(_kubeconfig(cluster.url), "utf-8")
        cluster.objects["pods", "ended"] = {"metadata": {"name": "ended"}, "status": {"phase": "Failed"}}
        env = environment(migrated) | {"KUBECONFIG": str(path)}
        command = [sys.executable, "-m", "tests.documenthor_airflow.watching", "ended"]
        subprocess.run(command, env=env, cwd=PROJECT, capture_output=True, check=True)
        assert cluster.called.count("get pods") == 2


def _turn(cluster: FakeKubernetes, ended: threading.Event) -> None:
    """The pod `turning` ends after it was looked at some times."""
    while cluster.called.count("get pods") < 3 * len(_PODS) and not ended.wait(0.05):
        continue
    cluster.objects["pods", "turning"]["status"]["phase"] = "Succeeded"
