"""Pods of generators that nobody waits for any more: found by their labels, and deleted if that is wanted."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from documenthor_airflow.deployment import deployment, now

if TYPE_CHECKING:
    from docgen.contract import JobSpec
    from documenthor.tenants import Pods
    from kubernetes.client import CoreV1Api

_ENDED = frozenset({"Succeeded", "Failed"})
# A task that was just started may not have said so, and one that has just ended deletes its pod itself.
_GRACE = timedelta(minutes=10)
# On top of what a pod may take to start and to work: its task waits for a slot before it reads the bundle.
_READING = timedelta(hours=1)
_PAGE = 200


@dataclass(frozen=True, slots=True)
class Orphan:
    """A pod, and why it is one."""

    name: str
    namespace: str
    why: str


def reap_orphans(organisation: str, *, dry_run: bool = True, client: CoreV1Api | None = None) -> list[Orphan]:
    """The tenant's orphans; without `dry_run` they are deleted, too. Raises the client's `ApiException`."""
    from airflow.providers.cncf.kubernetes.hooks.kubernetes import KubernetesHook

    pods = deployment().tenant(organisation).pods
    cluster = client or KubernetesHook().core_v1_client
    found = [
        (pod, Orphan(pod["metadata"]["name"], pods.namespace, why))
        for pod in _pods(cluster, organisation, pods.namespace)
        if (why := why_orphaned(pod, pods, now(), is_open=_is_open(pod)))
    ]
    for pod, orphan in () if dry_run else found:
        _write_down(organisation, pod)
        _delete(cluster, orphan)
    return [orphan for _, orphan in found]


def why_orphaned(pod: dict[str, Any], pods: Pods, at: datetime, *, is_open: bool | None) -> str:
    """Why nobody needs the pod; empty if somebody may. `is_open`: its repository has no outcome yet."""
    age = at - datetime.fromisoformat(pod["metadata"]["creationTimestamp"])
    if (pod.get("status") or {}).get("phase") in _ENDED:
        since = at - _ended_at(pod)
        return f"it ended {_rounded(since)} ago" if since > pods.keep_failed and age > _GRACE else ""
    if is_open is False and age > _GRACE:
        return "its repository has an outcome"
    longest = pods.startup + pods.deadline + _READING
    return f"it is {_rounded(age)} old, and none lives longer than {longest}" if age > longest else ""


def _pods(client: CoreV1Api, organisation: str, namespace: str) -> list[dict[str, Any]]:
    from documenthor_airflow.pod_shape import plain, tenant_label

    key, value = tenant_label(organisation)
    page, found = "", []
    while True:
        answer = client.list_namespaced_pod(
            namespace, label_selector=f"{key}={value}", limit=_PAGE, _continue=page
        )
        found += [plain(pod) for pod in answer.items]
        page = answer.metadata._continue if answer.metadata else ""  # noqa: SLF001 - the client's name for it
        if not page:
            return found


def _is_open(pod: dict[str, Any]) -> bool | None:
    """None where the pod does not say what it works on."""
    from documenthor import jobs

    spec = _spec_of(pod)
    return None if spec is None else jobs.is_open(deployment().database, spec.job, spec.repository)


def _spec_of(pod: dict[str, Any]) -> JobSpec | None:
    from docgen.contract import JobSpec
    from pydantic import ValidationError

    for container in pod["spec"]["containers"]:
        for variable in container.get("env") or ():
            if variable["name"] == "DOCGEN_SPEC":
                try:
                    return JobSpec.model_validate_json(variable.get("value") or "")
                except ValidationError:
                    return None
    return None


def _write_down(organisation: str, pod: dict[str, Any]) -> None:
    """What the pod took, which the task that died may not have said; said again, it changes nothing."""
    from documenthor import jobs
    from documenthor.errors import JobNotFoundError
    from documenthor.runtimes import end_of_pod
    from documenthor.usage import Ending, Try, ending_of

    from documenthor_airflow.pod_usage import measured

    spec, labels, here = _spec_of(pod), pod["metadata"].get("labels") or {}, deployment()
    if spec is None or spec.tenant != organisation:
        return
    has_ended = (pod.get("status") or {}).get("phase") in _ENDED
    ending = ending_of(end_of_pod(pod)) if has_ended else Ending.STOPPED
    which = Try(labels.get("run_id", ""), int(labels.get("map_index", -1)), int(labels.get("try_number", 0)))
    took, cost = measured(pod, ending, now()), here.tenant(organisation).cost
    # A job may be older than jobs are kept.
    with suppress(JobNotFoundError):
        jobs.measure(here.database, spec.job, spec.repository, which, took, cost)


def _ended_at(pod: dict[str, Any]) -> datetime:
    status = pod["status"]
    every = [*(status.get("initContainerStatuses") or ()), *(status.get("containerStatuses") or ())]
    ends = [(each.get("state", {}).get("terminated") or {}).get("finishedAt") for each in every]
    known = [datetime.fromisoformat(end) for end in ends if end]
    return max(known, default=datetime.fromisoformat(pod["metadata"]["creationTimestamp"]))


def _delete(client: CoreV1Api, orphan: Orphan) -> None:
    from kubernetes.client import ApiException

    try:
        client.delete_namespaced_pod(orphan.name, orphan.namespace)
    except ApiException as error:
        if error.status != HTTPStatus.NOT_FOUND:
            raise


def _rounded(span: timedelta) -> timedelta:
    return timedelta(seconds=int(span.total_seconds()))
