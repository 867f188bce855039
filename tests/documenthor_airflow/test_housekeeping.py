"""The DAG that clears away deletes nothing until it is told to, by the form or by the deployment."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from docgen.contract import JobSpec
from documenthor.settings import Settings

from tests.documenthor_airflow.conftest import PROJECT, environment
from tests.fakes.kubernetes import FakeKubernetes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.timeout(300)

_ONCE, _BY_TENANT = ("rows", "scratch", "bundles"), ("branches", "pods")


@pytest.fixture
def cluster() -> Iterator[FakeKubernetes]:
    """One with a pod of the tenant `local` that nobody can be waiting for."""
    spec = JobSpec(tenant="local", job="forgotten", repository="a", url="/r", commit="0" * 40)
    variable = {"name": "DOCGEN_SPEC", "value": spec.model_dump_json()}
    pod = {
        "metadata": {
            "name": "orphan",
            "uid": "uid-of-orphan",
            "labels": {"documenthor/tenant": "local"},
            "creationTimestamp": "2026-01-01T00:00:00Z",
        },
        "spec": {"containers": [{"name": "base", "env": [variable]}]},
        "status": {"phase": "Running"},
    }
    with FakeKubernetes() as running:
        running.objects["pods", "orphan"] = pod
        yield running


def _way_to(cluster: FakeKubernetes, file: Path) -> dict[str, str]:
    """What has a task find the cluster: a kubeconfig, named by Airflow's connection."""
    known = {"cluster": "fake", "user": "nobody"}
    config = {
        "apiVersion": "v1",
        "kind": "Config",
        "clusters": [{"name": "fake", "cluster": {"server": cluster.url}}],
        "users": [{"name": "nobody", "user": {}}],
        "contexts": [{"name": "fake", "context": known}],
        "current-context": "fake",
    }
    file.write_text(json.dumps(config))
    connection = {"conn_type": "kubernetes", "extra": {"kube_config_path": str(file)}}
    return {"DOCUMENTHOR_RUNTIME": "kubernetes", "AIRFLOW_CONN_KUBERNETES_DEFAULT": json.dumps(connection)}


def _run(env: dict[str, str], conf: dict[str, Any]) -> dict[str, str]:
    command = [sys.executable, "-m", "tests.documenthor_airflow.keeping", json.dumps(conf)]
    done = subprocess.run(command, env=env, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    states: dict[str, str] = json.loads(done.stdout.strip().splitlines()[-1])
    return states


@pytest.mark.parametrize(
    ("conf", "setting", "is_deleted"),
    [
        ({}, "", False),
        ({}, "true", True),
        ({"dry_run": False}, "", True),
        ({"dry_run": True}, "true", False),
    ],
)
def test_it_deletes_when_it_is_told_to(
    migrated: Path,
    tmp_path: Path,
    cluster: FakeKubernetes,
    conf: dict[str, Any],
    setting: str,
    is_deleted: bool,
) -> None:
    """The form, which is `conf`, goes before what the deployment says. One thing of each task's is there."""
    folder, bundle = (
        migrated / "scratch" / "docgen-old",
        tmp_path / "documenthor_local" / "run" / "plan" / "a",
    )
    for path in (folder, bundle.parent):
        path.mkdir(parents=True, exist_ok=True)
    bundle.write_bytes(b"{}")
    for path in (folder, bundle):
        os.utime(path, (1, 1))
    (migrated / "forge").mkdir(exist_ok=True)
    settings = {
        "DOCUMENTHOR_HOUSEKEEPING": setting,
        "AIRFLOW__COMMON_IO__XCOM_OBJECTSTORAGE_PATH": f"file://{tmp_path}",
    }
    states = _run(environment(migrated) | settings | _way_to(cluster, tmp_path / "kubeconfig"), conf)
    assert states == {
        **{f"{task}[-1]": "success" for task in _ONCE},
        **{f"{task}[0]": "success" for task in _BY_TENANT},
    }
    left = [folder.exists(), bundle.exists(), bool(cluster.of("pods"))]
    assert left == [not is_deleted] * 3


def test_the_deployment_says_nothing_by_default() -> None:
    assert not Settings.from_environment({}).housekeeping
