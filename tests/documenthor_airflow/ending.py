"""The operator when its pod has ended, or was refused, on a fake cluster; what came of it, as JSON.

Airflow reads its environment when it is imported, so this is a process of its own.
"""

from __future__ import annotations

import json
from datetime import timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from airflow.sdk.exceptions import TaskDeferred
from documenthor import jobs

from tests.documenthor_airflow.lending import CONTEXT, operator, started
from tests.fakes.kubernetes import FakeKubernetes

if TYPE_CHECKING:
    from collections.abc import Callable

    from documenthor.outcomes import Outcome

RECORDED: list[str] = []


def _record(_database: object, _job: str, _name: str, outcome: Outcome, _now: object) -> None:
    RECORDED.append(str(outcome))


def _container(name: str, code: int, message: str = "") -> dict[str, Any]:
    ended = {"exitCode": code, "reason": "Error" if code else "Completed", "message": message}
    state = {"state": {"terminated": ended}}
    return {"name": name, "image": "i", "imageID": "i", "ready": False, "restartCount": 0, **state}


_READ = {"phase": "Succeeded", "containerStatuses": [_container("base", 0)]}
_ENDS: dict[str, dict[str, Any]] = {
    "crashed": {"phase": "Failed", "containerStatuses": [_container("base", 1, "docgen: internal: x")]},
    "unknown_commit": {"phase": "Failed", "initContainerStatuses": [_container("fetch", 12, "none such")]},
    "empty": {"phase": "Failed", "initContainerStatuses": [_container("fetch", 13, "nothing")]},
    "waiting": {"phase": "Pending"},
}


def _said(step: Callable[[], Any]) -> dict[str, Any]:
    """How a step ended: what it raised, where that puts the failure, and what was recorded."""
    RECORDED.clear()
    raised: BaseException | None = None
    try:
        step()
    except BaseException as error:  # noqa: BLE001 - what is raised is what is reported
        raised = error
    return {
        "raised": type(raised).__name__,
        "stage": getattr(raised, "stage", ""),
        "says": str(raised),
        "recorded": list(RECORDED),
    }


def _ended(status: dict[str, Any] | None, event: str = "over", kept: bool = True) -> dict[str, Any]:
    with FakeKubernetes() as cluster:
        task, made = started(cluster)
        task.pods = task.pods if kept else task.pods.model_copy(update={"keep_failed": timedelta(0)})
        named = {"name": made.metadata.name, "namespace": made.metadata.namespace}
        if status is None:
            cluster.objects.pop(("pods", made.metadata.name))
            about = {"kind": "Pod", "name": made.metadata.name}
            meta = {"metadata": {"name": "e"}, "involvedObject": about}
            cluster.objects["events", "e"] = {**meta, "reason": "Preempted", "message": "by another"}
        else:
            cluster.of("pods")[0]["status"] = status
        found = _said(lambda: task.trigger_reentry(CONTEXT, {**named, "status": event}))
        left = [each["metadata"]["labels"].get("already_checked") for each in cluster.of("pods")]
        return {**found, "left": left, "secrets": len(cluster.of("secrets")), "calls": cluster.called}


def _refused(**cluster: Any) -> dict[str, Any]:  # noqa: ANN401 - the fake's fields
    with FakeKubernetes(**cluster) as running:
        return {**_said(lambda: started(running)), "left": len(running.objects)}


def _attempt(cluster: FakeKubernetes, number: int) -> tuple[str, str]:
    """One attempt up to its waiting: its pod, and what waits for that."""
    ti = SimpleNamespace(dag_id="d", task_id="t", map_index=3, try_number=number)
    context: Any = {"ti": ti, "run_id": "r", "dag": None}
    task = operator(cluster, token="")
    task.reattach_on_restart = True
    task.pod = task.get_or_create_pod(task.build_pod_request_obj(context, dry_run=True), context)
    try:
        task.invoke_defer_method(context=context)
    except TaskDeferred as waits:
        return task.pod.metadata.name, waits.trigger.serialize()[0]
    return task.pod.metadata.name, ""


def _adopted() -> list[tuple[str, str]]:
    """A second attempt, whose first one died with its pod at work; then a third, after that pod failed."""
    with FakeKubernetes() as cluster:
        two = [_attempt(cluster, 1), _attempt(cluster, 2)]
        (pod,) = cluster.of("pods")
        pod["status"] = _ENDS["crashed"]
        named = {"name": pod["metadata"]["name"], "namespace": pod["metadata"]["namespace"]}
        task = operator(cluster, token="")
        _said(lambda: task.trigger_reentry(CONTEXT, {**named, "status": "over"}))
        return [*two, _attempt(cluster, 3)]


def _beside(status: dict[str, Any]) -> bool:
    """Whether a second attempt leaves the pod that the first one has looked at, and then died."""
    with FakeKubernetes() as cluster:
        first, _ = _attempt(cluster, 1)
        (pod,) = cluster.of("pods")
        pod["status"] = status
        pod["metadata"]["labels"]["already_checked"] = "True"
        _attempt(cluster, 2)
        return ("pods", first) in cluster.objects


if __name__ == "__main__":
    jobs.finish = _record  # type: ignore[assignment]
    # Of what is written down about pods, `metering.py` tells.
    jobs.measure = lambda *_: False
    print(
        json.dumps(
            {
                "ended": {name: _ended(status) for name, status in _ENDS.items()},
                "not_kept": _ended(_ENDS["crashed"], kept=False),
                "gone": _ended(None, "gone"),
                "unwatched": _ended(_ENDS["waiting"], "refused"),
                "quota": _refused(quota=0),
                "policy": _refused(refusal="violates PodSecurity"),
                "adopted": _adopted(),
                "beside": {"read": _beside(_READ), "crashed": _beside(_ENDS["crashed"])},
            }
        )
    )
