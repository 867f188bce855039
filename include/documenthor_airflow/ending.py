"""What becomes of a generator's pod that has ended, or of one that never will."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from airflow.providers.cncf.kubernetes.utils.pod_manager import PodCommandException
from documenthor.errors import GeneratorError
from documenthor.outcomes import Outcome
from documenthor.runtimes import end_of_pod, ending_of
from kubernetes.client import ApiException

from documenthor_airflow.deployment import now
from documenthor_airflow.pod_shape import plain
from documenthor_airflow.pod_usage import measured, vanished
from documenthor_airflow.repository import end_with, record_usage

if TYPE_CHECKING:
    from airflow.sdk import Context
    from kubernetes.client import models as k8s

    from documenthor_airflow.pod import GenerateInPod

_EVENTS = 50


class Ending:
    """One pod, found as its trigger left it; `event` is the trigger's."""

    def __init__(self, task: GenerateInPod, context: Context, event: dict[str, Any]) -> None:
        self._task, self._context = task, context
        self._status, self._name, self._namespace = event["status"], event["name"], event["namespace"]

    def require_success(self) -> None:
        """Raise what a pod ended with, unless there is a bundle to be read."""
        pod = self._task.pod = self._find()
        end = self._end(pod)
        self._write_down(pod, end)
        if end is None:
            return
        if pod is not None:
            self._set_aside(pod, is_kept=isinstance(end, GeneratorError))
        if isinstance(end, Outcome):
            end_with(self._task, end)
        raise end

    def _write_down(self, pod: k8s.V1Pod | None, end: Outcome | GeneratorError | None) -> None:
        """What the pod took, before anything is done about it."""
        ending = ending_of(end)
        if pod is None:
            took = vanished(self._namespace, self._name, ending, now())
        else:
            took = measured(plain(pod), ending, now())
        record_usage(self._task, self._context, took)

    def bundle(self, envelope: dict[str, str] | None) -> dict[str, str]:
        """The envelope; without one the pod went before it was read."""
        if envelope is None:
            raise GeneratorError("pod", "bundle_lost", "it was deleted before its bundle was read")
        return envelope

    def _find(self) -> k8s.V1Pod | None:
        try:
            return self._task.client.read_namespaced_pod(self._name, self._namespace)
        except ApiException as error:
            if error.status != HTTPStatus.NOT_FOUND:
                raise
            return None

    def _end(self, pod: k8s.V1Pod | None) -> Outcome | GeneratorError | None:
        if self._status == "refused":
            text = "the triggerer may not read it; give it the rights that docs/kubernetes.md lists"
            return GeneratorError("pod", "unwatched", text, final=True)
        return end_of_pod(None if pod is None else plain(pod), self._events())

    def _events(self) -> list[dict[str, Any]]:
        """What the cluster noted about the pod, which it remembers for longer than the pod itself."""
        selector = f"involvedObject.kind=Pod,involvedObject.name={self._name}"
        try:
            found = self._task.client.list_namespaced_event(
                self._namespace, field_selector=selector, limit=_EVENTS
            )
        except ApiException as error:
            self._task.log.warning("the events of %s cannot be read (%s)", self._name, error.status)
            return []
        return [plain(event) for event in found.items]

    def _set_aside(self, pod: k8s.V1Pod, *, is_kept: bool) -> None:
        """Keep it for a person to look at, where it takes nothing of the quota; any other is deleted."""
        # Or another attempt would take it for its own, even while it is on its way out.
        self._task.patch_already_checked(pod, reraise=False)
        has_ended = end_of_pod(plain(pod)) is not None and _has_run(pod)
        stays = is_kept and has_ended and bool(self._task.pods.keep_failed)
        if not (stays and (pod.status.phase == "Failed" or stop_sidecar(self._task, pod))):
            self._task.pod_manager.delete_pod(pod)


def _has_run(pod: k8s.V1Pod) -> bool:
    every = [*(pod.status.init_container_statuses or ()), *(pod.status.container_statuses or ())]
    return pod.status.phase == "Failed" or any(
        each.name == "base" and each.state.terminated is not None for each in every
    )


def stop_sidecar(task: GenerateInPod, pod: k8s.V1Pod) -> bool:
    """End the container that holds the bundle, and with it the pod; whether that worked."""
    try:
        task.pod_manager.extract_xcom_kill(pod)
    except (PodCommandException, ApiException) as error:
        task.log.info("the sidecar of %s does not end (%s)", pod.metadata.name, type(error).__name__)
        return False
    return True
