"""The pod of the `kubernetes` runtime, as it would be sent to the cluster."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from docgen.contract import JobSpec

from tests.documenthor_airflow.conftest import PROJECT, TENANT, environment

if TYPE_CHECKING:
    from pathlib import Path

_BUILD = """
import json, runpy
from docgen.contract import JobSpec
from kubernetes.client import ApiClient
dag = runpy.run_path("dags/documenthor.py")["documenthor_local"]
task = dag.get_task("repository.generate")
spec = JobSpec(tenant="local", job="j1", repository="_a.b", url="/r", commit="0" * 40)
task.assigned = {"spec": spec.model_dump_json()}
pod = task.build_pod_request_obj(dry_run=True)
task.pods = task.pods.model_copy(update={"proxy": "way-out"})
behind = task.build_pod_request_obj(dry_run=True)
plain = ApiClient().sanitize_for_serialization
found = {"deferrable": task.deferrable, "pod": plain(pod), "behind": plain(behind)}
print(json.dumps(found | {"weights": {one.task_id: one.priority_weight for one in dag.tasks}}))
"""


@pytest.fixture(scope="module")
def built(migrated: Path) -> dict[str, Any]:
    """The operator's pod, as a tenant file that says nothing of pods has it."""
    return _built(migrated)


@pytest.fixture(scope="module")
def elsewhere(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The same for nodes without GPUs in a cluster without priorities."""
    folder = tmp_path_factory.mktemp("tenants")
    pods = "pods: {gpus: 0, priority_class: '', node_selector: {pool: cpu}}\n"
    (folder / "local.yaml").write_text(TENANT + pods)
    return _built(migrated, DOCUMENTHOR_TENANTS=str(folder))


def _built(migrated: Path, **variables: str) -> dict[str, Any]:
    """In a process of its own."""
    env = environment(migrated) | {"DOCUMENTHOR_RUNTIME": "kubernetes", "AWS_SECRET": "not-for-pods"}
    env |= variables
    done = subprocess.run(
        [sys.executable, "-c", _BUILD], env=env, cwd=PROJECT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    answer: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return answer


def test_fetch_comes_first_and_both_get_the_same_spec(built: dict[str, Any]) -> None:
    """`docgen fetch` is the init container, `docgen generate` the main one."""
    spec = built["pod"]["spec"]
    fetch, generate = spec["initContainers"][0], spec["containers"][0]
    assert (fetch["command"], fetch["args"][0]) == (["docgen"], "fetch")
    assert (generate["command"], generate["args"][0]) == (["docgen"], "generate")
    texts = [{e["name"]: e.get("value") for e in c["env"]}["DOCGEN_SPEC"] for c in (fetch, generate)]
    assert texts[0] == texts[1]
    assert json.loads(texts[0])["repository"] == "_a.b"
    assert f"--recipe={JobSpec.model_validate_json(texts[0]).recipe()}" in fetch["args"]
    assert "not-for-pods" not in json.dumps(built["pod"])


def test_the_generator_holds_nothing_worth_stealing(built: dict[str, Any]) -> None:
    """No service-account token, no privileges, a read-only root, a deadline."""
    spec = built["pod"]["spec"]
    assert spec["automountServiceAccountToken"] is False
    assert spec["activeDeadlineSeconds"] == 1800
    assert spec["securityContext"]["runAsNonRoot"] is True
    assert spec["securityContext"]["runAsUser"] > 0
    assert spec["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert spec["enableServiceLinks"] is False
    assert not any(volume.keys() & {"secret", "hostPath", "projected"} for volume in spec["volumes"])


def test_fetch_alone_knows_the_way_out(built: dict[str, Any]) -> None:
    """By reference, so that what it says is in no pod spec."""
    spec = built["behind"]["spec"]
    known = {
        container["name"]: {each["name"]: each for each in container.get("env", [])}
        for container in (*spec["initContainers"], *spec["containers"])
    }
    reference = {"secretKeyRef": {"name": "way-out", "key": "url"}}
    assert known["fetch"]["HTTPS_PROXY"] == {"name": "HTTPS_PROXY", "valueFrom": reference}
    assert [name for name, env in known.items() if "HTTPS_PROXY" in env] == ["fetch"]
    assert not any("secret" in volume for volume in spec["volumes"])
    assert "HTTPS_PROXY" not in json.dumps(built["pod"])


def test_no_container_is_privileged_or_unbounded(built: dict[str, Any]) -> None:
    """The sidecar that the operator adds included, or a `restricted` namespace refuses the pod."""
    spec = built["pod"]["spec"]
    containers = [*spec["initContainers"], *spec["containers"]]
    assert [container["name"] for container in containers] == ["fetch", "base", "airflow-xcom-sidecar"]
    for container in containers:
        security = container["securityContext"]
        assert security["allowPrivilegeEscalation"] is False
        assert security["readOnlyRootFilesystem"] is True
        assert security["capabilities"] == {"drop": ["ALL"]}
        assert container["resources"]["limits"].keys() >= {"cpu", "memory", "ephemeral-storage"}
        assert container["resources"]["limits"] == container["resources"]["requests"]
    assert all(volume["emptyDir"]["sizeLimit"] for volume in spec["volumes"])


def test_it_waits_for_a_gpu_without_a_worker(built: dict[str, Any]) -> None:
    """Deferrable, on a GPU node, labelled so that an operator finds it."""
    pod = built["pod"]
    assert built["deferrable"] is True
    assert pod["spec"]["containers"][0]["resources"]["limits"]["nvidia.com/gpu"] == "1"
    assert "nvidia.com/gpu" not in pod["spec"]["initContainers"][0]["resources"]["limits"]
    assert pod["spec"]["tolerations"][0]["key"] == "nvidia.com/gpu"
    assert pod["metadata"]["labels"]["documenthor/tenant"] == "local"
    assert pod["metadata"]["labels"]["documenthor/job"] == "j1"


def test_it_goes_where_generators_belong(built: dict[str, Any]) -> None:
    """To a node with GPUs, behind whatever is more urgent, under the account that may do nothing."""
    spec = built["pod"]["spec"]
    assert spec["nodeSelector"] == {"nvidia.com/gpu.present": "true"}
    assert spec["priorityClassName"] == "documenthor-jobs"
    assert spec["serviceAccountName"] == "documenthor-generator"


def test_the_tenant_file_says_where_it_goes(elsewhere: dict[str, Any]) -> None:
    spec = elsewhere["pod"]["spec"]
    assert spec["nodeSelector"] == {"pool": "cpu"}
    assert "priorityClassName" not in spec
    assert spec["containers"][0]["resources"]["limits"].keys() == {"cpu", "memory", "ephemeral-storage"}


def test_a_pod_that_waits_for_its_task_goes_before_what_holds_no_gpu(built: dict[str, Any]) -> None:
    """But after what begins and ends runs, so that no tenant's pods keep another's run from starting."""
    weights = built["weights"]
    mine = weights.pop("repository.generate")
    inside = [weights.pop(f"repository.{name}") for name in ("route", "commit", "pull_request")]
    assert max(inside) < mine < min(weights.values())
