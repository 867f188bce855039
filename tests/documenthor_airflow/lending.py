"""The operator on a fake cluster: what it creates, reports and leaves, printed as JSON.

Airflow reads its environment when it is imported, so this is a process of its own.
"""

from __future__ import annotations

import json
import logging
import runpy
import sys
from contextlib import nullcontext
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from airflow.providers.cncf.kubernetes.operators.pod import KubernetesPodOperator
from docgen.contract import JobSpec
from documenthor import jobs
from documenthor.forge.model import Loan
from documenthor_airflow import pod as pod_module
from kubernetes.client import ApiClient, Configuration, CoreV1Api
from kubernetes.client import models as k8s

from tests.fakes.kubernetes import FakeKubernetes

if TYPE_CHECKING:
    from collections.abc import Callable

TOKEN, REVOKE_AT = "ghs_lent-to-one-pod", "https://api.h/installation/token"
_STARTED = datetime(2026, 5, 4, 12, tzinfo=UTC)
CONTEXT: Any = {"run_id": "r", "ti": SimpleNamespace(map_index=3, try_number=1, start_date=_STARTED)}
_SPEC = JobSpec(tenant="local", job="j1", repository="a.b", url="https://h/a.b", commit="0" * 40)


class _Manager:
    """The part of the provider's pod manager that is used: pods by the same client."""

    def __init__(self, client: CoreV1Api) -> None:
        self._client = client

    def create_pod(self, pod: k8s.V1Pod) -> k8s.V1Pod:
        return self._client.create_namespaced_pod(pod.metadata.namespace, pod)

    def delete_pod(self, pod: k8s.V1Pod) -> None:
        self._client.delete_namespaced_pod(pod.metadata.name, pod.metadata.namespace)


def operator(cluster: FakeKubernetes, token: str) -> Any:  # noqa: ANN401 - Airflow's DAG yields any operator
    """The DAG's own operator, pointed at the fake."""
    task = runpy.run_path("dags/documenthor.py")["documenthor_local"].get_task("repository.generate")
    configuration = Configuration(host=cluster.url)
    configuration.retries = 0
    task.client = CoreV1Api(ApiClient(configuration))
    task.pod_manager = _Manager(task.client)
    task.reattach_on_restart = False
    task.assigned = {"spec": _SPEC.model_dump_json()}
    task._loan = Loan(token, REVOKE_AT) if token else None
    return task


def started(cluster: FakeKubernetes, token: str = TOKEN) -> tuple[Any, k8s.V1Pod]:
    """The operator after it created its pod."""
    task = operator(cluster, token)
    pod = task.build_pod_request_obj(dry_run=True)
    task.pod = task.get_or_create_pod(pod, {})
    return task, pod


def ended_by(step: Callable[..., Any]) -> dict[str, Any]:
    """What is left when the operator's own re-entry ends as `step` does, the pod being kept."""
    with FakeKubernetes() as cluster:
        task, pod = started(cluster)
        base: dict[str, Any] = {"name": "base", "state": {"terminated": {"exitCode": 0}}}
        base |= {"image": "i", "imageID": "i", "ready": False, "restartCount": 0}
        cluster.of("pods")[0]["status"] = {"phase": "Running", "containerStatuses": [base]}
        KubernetesPodOperator.trigger_reentry = step  # type: ignore[method-assign]
        error = ""
        try:
            named = {"name": pod.metadata.name, "namespace": pod.metadata.namespace}
            task.trigger_reentry(CONTEXT, {**named, "status": "over"})
        except BaseException as raised:  # noqa: BLE001 - what is raised is what is reported
            error = type(raised).__name__
        return {"error": error, "secrets": len(cluster.of("secrets")), "pods": len(cluster.of("pods"))}


def _good(*_: object) -> str:
    return "bundle"


def _bad(*_: object) -> None:
    raise ValueError("the generator failed")


def created() -> dict[str, Any]:
    """The pod and its Secret, and what the log says at its most talkative."""
    with FakeKubernetes() as cluster:
        _, pod = started(cluster)
        plain = ApiClient().sanitize_for_serialization(pod)
        (secret,) = cluster.of("secrets")
        return {"pod": plain, "secret": secret, "calls": cluster.called}


def public() -> dict[str, Any]:
    """A repository that needs no token."""
    with FakeKubernetes() as cluster:
        task, pod = started(cluster, token="")
        task.on_kill()
        plain = ApiClient().sanitize_for_serialization(pod)
        return {"pod": plain, "calls": cluster.called}


def denied() -> dict[str, Any]:
    """A worker that may not create Secrets."""
    with FakeKubernetes(denied={"create secrets"}) as cluster:
        try:
            started(cluster)
        except Exception as raised:  # noqa: BLE001 - what is raised is what is reported
            return {"error": f"{type(raised).__name__}: {raised}", "left": len(cluster.objects)}
        return {"error": "", "left": len(cluster.objects)}


def taken_up() -> dict[str, Any]:
    """A second attempt on the same pod."""
    with FakeKubernetes() as cluster:
        task, pod = started(cluster)
        KubernetesPodOperator.get_or_create_pod = lambda *_: pod  # type: ignore[method-assign]
        given_back = [*_given_back(task)]
        task._loan = Loan("ghs_second", REVOKE_AT)
        task.get_or_create_pod(pod, {})
        given_back += _given_back(task)
        return {
            "secrets": len(cluster.of("secrets")),
            "pods": len(cluster.of("pods")),
            "given_back": given_back,
        }


def _given_back(task: Any) -> list[str]:  # noqa: ANN401 - as above
    """The tokens that the task takes back from whom it has lent them."""
    taken: list[Loan] = []
    forge = SimpleNamespace(take_back=taken.append)
    pod_module.deployment = lambda: SimpleNamespace(forge=lambda _: nullcontext(forge))  # type: ignore[assignment,attr-defined]
    task._take_back()
    return [loan.token for loan in taken]


def stopped() -> dict[str, Any]:
    """A task that Airflow stops."""
    with FakeKubernetes() as cluster:
        task, _ = started(cluster)
        task.on_kill()
        return {"left": len(cluster.objects)}


if __name__ == "__main__":
    jobs.measure = lambda *_: False
    # Airflow has set up the root logger for itself by now.
    for client in ("kubernetes.client.rest", "urllib3"):
        talkative = logging.getLogger(client)
        talkative.disabled = False
        talkative.setLevel(logging.DEBUG)
        talkative.addHandler(logging.StreamHandler(sys.stderr))
    found = {
        "created": created(),
        "public": public(),
        "denied": denied(),
        "stopped": stopped(),
        "ended": {step.__name__: ended_by(step) for step in (_good, _bad)},
        "taken_up": taken_up(),
    }
    print(json.dumps(found))
