"""What a pod took is what its containers' times say, by what they asked for."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from documenthor.usage import Ending
from documenthor_airflow.pod_usage import measured, vanished
from hypothesis import given
from hypothesis import strategies as st

from tests.documenthor_airflow.conftest import PROJECT, environment

if TYPE_CHECKING:
    from pathlib import Path

_START = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
_AT = _START + timedelta(hours=1)
State = dict[str, Any]


def _ended(start: int, end: int) -> State:
    return {"terminated": {"exitCode": 0, "startedAt": _moment(start), "finishedAt": _moment(end)}}


def _moment(seconds: int) -> str:
    return (_START + timedelta(seconds=seconds)).isoformat().replace("+00:00", "Z")


def _pod(fetch: State, base: State, phase: str = "Running", gpus: int = 1, cpu: str = "2") -> dict[str, Any]:
    requests = {"cpu": cpu, "memory": "8Gi"}
    with_gpus = {**requests, "nvidia.com/gpu": str(gpus)} if gpus else requests
    sidecar = {"name": "airflow-xcom-sidecar", "resources": {"requests": {"cpu": "50m"}}}
    return {
        "metadata": {"name": "p", "uid": "u-1", "creationTimestamp": _moment(-60)},
        "spec": {
            "initContainers": [{"name": "fetch", "resources": {"requests": requests}}],
            "containers": [{"name": "base", "resources": {"requests": with_gpus}}, sidecar],
        },
        "status": {
            "phase": phase,
            "initContainerStatuses": [{"name": "fetch", "state": fetch}],
            "containerStatuses": [
                {"name": "base", "state": base},
                {"name": "airflow-xcom-sidecar", "state": {"running": {"startedAt": _moment(0)}}},
            ],
        },
    }


_RUNS = {"running": {"startedAt": _moment(10)}}
_WAITS = {"waiting": {"reason": "ImagePullBackOff"}}
# The pod, GPU and CPU seconds, whether that is its last word.
PODS = {
    "both ended": (_pod(_ended(0, 10), _ended(10, 100)), 90, 2 * 100, True),
    "two GPUs": (_pod(_ended(0, 10), _ended(10, 100), gpus=2), 180, 200, True),
    "no GPU": (_pod(_ended(0, 10), _ended(10, 100), gpus=0), 0, 200, True),
    "a part of a CPU": (_pod(_ended(0, 10), _ended(10, 100), cpu="250m"), 90, 25, True),
    "fetch failed": (_pod(_ended(0, 10), {"waiting": {"reason": "PodInitializing"}}), 0, 20, True),
    "no image": (_pod(_WAITS, {"waiting": {}}, "Pending"), 0, 0, True),
    "still at work": (_pod(_ended(0, 10), _RUNS), 3590, 7200, False),
    "evicted at work": (_pod(_ended(0, 10), _RUNS, "Failed"), 3590, 7200, True),
    "state unknown": (_pod(_ended(0, 10), {"terminated": {"reason": "ContainerStatusUnknown"}}), 0, 20, True),
    "clocks differ": (_pod(_ended(0, 10), _ended(100, 90)), 0, 20, True),
}


@pytest.mark.parametrize("case", PODS.values(), ids=PODS)
def test_times_are_the_clusters(case: tuple[dict[str, Any], int, int, bool]) -> None:
    pod, gpu_seconds, cpu_seconds, is_final = case
    found = measured(pod, Ending.COMPLETED, _AT)
    assert (found.gpu_ms, found.cpu_ms) == (gpu_seconds * 1000, cpu_seconds * 1000)
    assert (found.is_final, found.unit) == (is_final, "pod:u-1")
    assert found.started_at <= found.finished_at <= _AT


def test_a_pod_that_never_ran_is_of_when_it_was_made() -> None:
    found = measured(PODS["no image"][0], Ending.IMAGE_PULL, _AT)
    assert found.started_at == found.finished_at == _START - timedelta(seconds=60)
    bare = {"metadata": {"uid": "u"}, "spec": {"containers": [{"name": "base"}]}}
    assert measured(bare, Ending.UNKNOWN, _AT).started_at == _AT


def test_of_a_pod_that_is_gone_nobody_knows() -> None:
    found = vanished("jobs", "p", Ending.NODE_LOST, _AT)
    assert (found.unit, found.gpu_ms, found.cpu_ms) == ("pod:jobs/p", 0, 0)


_SPANS = st.tuples(st.integers(0, 10**6), st.integers(0, 10**6))


@given(fetch=_SPANS, base=_SPANS, gpus=st.integers(0, 8), cpus=st.integers(1, 64))
def test_sums_are_times_by_requests(
    fetch: tuple[int, int], base: tuple[int, int], gpus: int, cpus: int
) -> None:
    first, second = (_ended(start, start + took) for start, took in (fetch, base))
    found = measured(_pod(first, second, gpus=gpus, cpu=str(cpus)), Ending.COMPLETED, _AT)
    assert found.gpu_ms == gpus * base[1] * 1000
    assert found.cpu_ms == cpus * (fetch[1] + base[1]) * 1000


@pytest.fixture(scope="module")
def told(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the operator wrote down of pods on a fake cluster, in a process of its own."""
    tenants = tmp_path_factory.mktemp("tenants")
    cost = "cost: {currency: EUR, gpu_hour: 3.6, cpu_hour: 0.36}\n"
    (tenants / "local.yaml").write_text(f"organisation: local\nforge: {{kind: local}}\n{cost}")
    env = environment(migrated)
    env |= {"DOCUMENTHOR_RUNTIME": "kubernetes", "DOCUMENTHOR_TENANTS": str(tenants)}
    command = [sys.executable, "-m", "tests.documenthor_airflow.metering"]
    done = subprocess.run(command, env=env, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    answer: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return answer


# GPU and CPU seconds of all attempts, and why some of them are nobody's.
TOLD = {
    "done": (90, 200, {}, "0.110000"),
    "replayed": (90, 200, {}, "0.110000"),
    "evicted": (50, 120, {"evicted": 1}, ""),
    "image": (0, 0, {"image_pull": 1}, ""),
    "crashed": (90, 200, {}, "0.110000"),
    "out_of_memory": (90, 200, {}, "0.110000"),
    "gone": (0, 0, {"preempted": 1}, ""),
    # The first pod was evicted after 60 s, the second did it.
    "again": (140, 320, {"evicted": 1}, "0.110000"),
    # The worker died when the pod had ended, and the next attempt found it.
    "found": (90, 200, {}, "0.110000"),
    # It died before that, and nobody came back; housekeeping deleted the pod.
    "reaped": (90, 200, {}, "0.110000"),
}


@pytest.mark.parametrize("name", TOLD)
def test_what_is_charged_is_what_the_cluster_reports(told: dict[str, Any], name: str) -> None:
    gpu_seconds, cpu_seconds, waived, cost = TOLD[name]
    found = told[name]
    assert (found["gpu_ms"], found["cpu_ms"]) == (gpu_seconds * 1000, cpu_seconds * 1000)
    assert found["waived"] == waived
    assert found["cost"] == ({"EUR": cost} if cost else {})
    assert found["gpu_ms"] == found["cluster_gpu_ms"]
