"""The read token of a private repository: where it goes, where it does not, and when it is gone."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from tests.documenthor_airflow.conftest import PROJECT, environment

if TYPE_CHECKING:
    from pathlib import Path

TOKEN = "ghs_lent-to-one-pod"


@pytest.fixture(scope="module")
def found(migrated: Path) -> dict[str, Any]:
    """What the operator did on a fake cluster, in a process of its own."""
    env = environment(migrated) | {"DOCUMENTHOR_RUNTIME": "kubernetes"}
    command = [sys.executable, "-m", "tests.documenthor_airflow.lending"]
    done = subprocess.run(command, env=env, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    answer: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return answer | {"log": done.stderr}


def test_the_secret_belongs_to_the_pod(found: dict[str, Any]) -> None:
    """Created after the pod, because only a pod that exists can own something."""
    secret, pod = found["created"]["secret"], found["created"]["pod"]
    name = pod["metadata"]["name"]
    calls = ["list pods", "create pods", "get pods", "create secrets"]
    assert found["created"]["calls"] == calls
    assert secret["metadata"]["name"] == name
    (owner,) = secret["metadata"]["ownerReferences"]
    assert (owner["kind"], owner["name"], owner["uid"]) == ("Pod", name, f"uid-of-{name}")
    assert secret["stringData"] == {"token": TOKEN}
    assert secret["immutable"] is True
    assert secret["metadata"]["labels"]["documenthor/tenant"] == "local"


def test_the_init_container_alone_can_read_it(found: dict[str, Any]) -> None:
    spec = found["created"]["pod"]["spec"]
    (fetch,) = spec["initContainers"]
    assert fetch["args"][-2:] == ["--token-file=/token/token", "--revoke-at=https://api.h/installation/token"]
    assert {"name": "token", "mountPath": "/token", "readOnly": True} in fetch["volumeMounts"]
    for container in spec["containers"]:
        assert "token" not in {mount["name"] for mount in container["volumeMounts"]}
    (volume,) = [volume for volume in spec["volumes"] if volume["name"] == "token"]
    assert volume["secret"] == {
        "secretName": found["created"]["pod"]["metadata"]["name"],
        "defaultMode": 0o440,
    }


def test_it_is_in_no_pod_spec_and_no_log(found: dict[str, Any]) -> None:
    """Not even where the client logs every answer of the cluster."""
    assert "response body" in found["log"]
    for secret in (TOKEN, base64.b64encode(TOKEN.encode()).decode()):
        assert secret not in json.dumps(found["created"]["pod"])
        assert secret not in found["log"]


def test_a_public_repository_gets_none(found: dict[str, Any]) -> None:
    text = json.dumps(found["public"]["pod"])
    assert "--token-file" not in text
    assert "--revoke-at" not in text
    assert "secretName" not in text
    assert not [call for call in found["public"]["calls"] if "secrets" in call]


def test_a_pod_without_its_token_does_not_stay(found: dict[str, Any]) -> None:
    """It would wait for it until its deadline."""
    assert found["denied"]["left"] == 0
    assert "403 Forbidden" in found["denied"]["error"]
    assert "docs/kubernetes.md" in found["denied"]["error"]


@pytest.mark.parametrize(
    ("ended", "error", "secrets"),
    [("_good", "", 0), ("_bad", "ValueError", 0)],
)
def test_it_goes_when_the_pod_has_ended_even_if_that_is_kept(
    found: dict[str, Any], ended: str, error: str, secrets: int
) -> None:
    assert found["ended"][ended] == {"error": error, "secrets": secrets, "pods": 1}


def test_a_task_that_is_stopped_leaves_nothing(found: dict[str, Any]) -> None:
    assert found["stopped"] == {"left": 0}


def test_a_pod_that_is_taken_up_again_keeps_its_secret(found: dict[str, Any]) -> None:
    assert (found["taken_up"]["secrets"], found["taken_up"]["pods"]) == (1, 1)


def test_the_token_that_it_does_not_get_is_given_back(found: dict[str, Any]) -> None:
    assert found["taken_up"]["given_back"] == ["ghs_second"]
