"""What the operator writes down of pods on a fake cluster, and what that cluster says of them, as JSON.

Airflow reads its environment when it is imported, so this is a process of its own.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from airflow.providers.cncf.kubernetes.operators.pod import KubernetesPodOperator
from documenthor import jobs, usage
from documenthor.usage import Totals
from documenthor_airflow.deployment import deployment, now
from documenthor_airflow.orphans import reap_orphans

from tests.documenthor.support import spec
from tests.documenthor_airflow.lending import operator
from tests.fakes.kubernetes import FakeKubernetes

_START = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
_NAME = "web"
# Of every pod that there ever was, also of those that were deleted.
_SEEN: dict[str, int] = {}


def _container(name: str, state: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "state": state, "image": "i", "imageID": "i", "ready": False, "restartCount": 0}


def _ran(start: int, end: int, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - parts of a state
    times = [(_START + timedelta(seconds=each)).isoformat() for each in (start, end)]
    return {"terminated": {"startedAt": times[0], "finishedAt": times[1], "exitCode": 0, **more}}


def _status(
    base: dict[str, Any], phase: str = "Running", fetched: bool = True, **more: str
) -> dict[str, Any]:
    fetch = _ran(0, 10) if fetched else {"waiting": {"reason": "ImagePullBackOff"}}
    return {
        "phase": phase,
        "initContainerStatuses": [_container("fetch", fetch)],
        "containerStatuses": [_container("base", base)],
        **more,
    }


_DONE = _status(_ran(10, 100))
_CRASHED = _status(_ran(10, 100, exitCode=1), "Failed")
_OUT_OF_MEMORY = _status(_ran(10, 100, exitCode=137, reason="OOMKilled"), "Failed")
_EVICTED = _status(
    _ran(10, 60, exitCode=137), "Failed", reason="Evicted", message="the node was low on memory"
)
_NO_IMAGE = _status({"waiting": {"reason": "PodInitializing"}}, "Pending", fetched=False)


class Work:
    """One repository of a job of its own, worked on by attempts."""

    def __init__(self, cluster: FakeKubernetes, name: str) -> None:
        self.cluster, self.job = cluster, f"metered-{name}"
        database, request = deployment().database, jobs.JobRequest()
        jobs.record(database, tenant="local", request=request, requested_by="t", job_id=self.job, now=now())
        self.spec = spec(_NAME, self.job).model_copy(update={"tenant": "local"})
        jobs.resolve(database, self.job, [jobs.Planned(_NAME, self.spec)], now())

    def attempt(self, number: int = 1, *, adopts: bool = False) -> tuple[Any, dict[str, Any], dict[str, Any]]:
        """The operator, its context and its pod, which is at work."""
        ti = SimpleNamespace(dag_id="d", task_id="t", map_index=3, try_number=number)
        context: dict[str, Any] = {"ti": ti, "run_id": self.job, "dag": None}
        task = operator(self.cluster, token="")
        task.assigned, task.reattach_on_restart = {"spec": self.spec.model_dump_json()}, adopts
        made = task.get_or_create_pod(task.build_pod_request_obj(context, dry_run=True), context)
        pod = self.cluster.objects["pods", made.metadata.name]
        return task, context, pod

    def ends(self, status: dict[str, Any] | None, number: int = 1, times: int = 1) -> None:
        """An attempt whose pod ends so, or is gone; its task is told of it so often."""
        task, context, pod = self.attempt(number)
        name = pod["metadata"]["name"]
        if status is None:
            del self.cluster.objects["pods", name]
            about = {"metadata": {"name": name}, "involvedObject": {"kind": "Pod", "name": name}}
            self.cluster.objects["events", name] = {**about, "reason": "Preempted", "message": "by another"}
        else:
            self.reports(pod, status)
        for _ in range(times):
            try:
                named = {"name": name, "namespace": pod["metadata"]["namespace"], "status": "over"}
                task.trigger_reentry(context, named)
            except Exception as error:  # noqa: BLE001 - how it ends is another test's
                task.log.info("ended: %s", error)

    def reports(self, pod: dict[str, Any], status: dict[str, Any]) -> None:
        """The cluster says so from now on; what that is in GPU time is kept apart from all that is tested."""
        pod["status"] = status
        ended = status["containerStatuses"][0]["state"].get("terminated")
        gpus = int(pod["spec"]["containers"][0]["resources"]["limits"]["nvidia.com/gpu"])
        if ended:
            start, end = (datetime.fromisoformat(ended[key]) for key in ("startedAt", "finishedAt"))
            _SEEN[self.job] = _SEEN.get(self.job, 0) + gpus * int((end - start).total_seconds() * 1000)

    def told(self) -> dict[str, Any]:
        """What was written down, beside what the cluster said."""
        with deployment().database.reading() as session:
            found = usage.of_jobs(session, [self.job]).get(self.job, Totals())
        costs = {currency: str(amount) for currency, amount in found.cost.items()}
        sums = {"gpu_ms": found.gpu_ms, "cpu_ms": found.cpu_ms, "waived": dict(found.waived)}
        return {**sums, "cost": costs, "cluster_gpu_ms": _SEEN.get(self.job, 0)}


def _found(work: Work) -> None:
    _, _, pod = work.attempt(1)
    work.reports(pod, {**_DONE, "phase": "Succeeded"})
    work.attempt(2, adopts=True)


def _reaped(work: Work) -> None:
    _, _, pod = work.attempt(1)
    work.reports(pod, {**_DONE, "phase": "Succeeded"})
    pod["metadata"]["creationTimestamp"] = (_START - timedelta(minutes=1)).isoformat()
    for _ in range(2):
        reap_orphans("local", dry_run=False, client=operator(work.cluster, token="").client)
        pod = work.cluster.objects.setdefault(("pods", pod["metadata"]["name"]), pod)


def _again(work: Work) -> None:
    work.ends(_EVICTED)
    work.ends(_DONE, number=2)


_STORIES = {
    "done": lambda work: work.ends(_DONE),
    "replayed": lambda work: work.ends(_DONE, times=3),
    "evicted": lambda work: work.ends(_EVICTED),
    "image": lambda work: work.ends(_NO_IMAGE),
    "crashed": lambda work: work.ends(_CRASHED, times=2),
    "out_of_memory": lambda work: work.ends(_OUT_OF_MEMORY),
    "gone": lambda work: work.ends(None),
    "again": _again,
    "found": _found,
    "reaped": _reaped,
}

if __name__ == "__main__":
    KubernetesPodOperator.trigger_reentry = lambda *_: {}  # type: ignore[method-assign]
    answers = {}
    for name, story in _STORIES.items():
        with FakeKubernetes() as cluster:
            work = Work(cluster, name)
            story(work)
            answers[name] = work.told()
    print(json.dumps(answers))
