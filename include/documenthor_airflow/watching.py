"""Waiting for the end of a generator's pod in the triggerer."""

from __future__ import annotations

import asyncio
import time
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from airflow.providers.cncf.kubernetes.triggers.pod import KubernetesPodTrigger
from airflow.triggers.base import TriggerEvent
from kubernetes_asyncio.client import ApiException

from documenthor_airflow.pod_shape import plain

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

_POLL_SECONDS = 2.0
# A scheduler that is told of a task's next start before it has seen the process end that deferred takes the
# one for the other and the attempt for failed. That process ends while a pod that has not is waited for.
_POLLS_TO_LEAVE = 5
_IS_REFUSED = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN})


class PodTrigger(KubernetesPodTrigger):
    """Ends once, with `over`, `gone`, `late` or `refused`; then the task reads what became of the pod.

    The provider's own would not see that an init container has no image, would take a cluster that does not
    answer for the end, and would put tracebacks into its event. The credentials are those that the
    triggerer itself has: the worker's do not travel through Airflow's database.
    """

    def __init__(self, *, poll_interval: float = _POLL_SECONDS, **kwargs: Any) -> None:  # noqa: ANN401 - the base's
        super().__init__(poll_interval=poll_interval, **kwargs)

    def serialize(self) -> tuple[str, dict[str, Any]]:
        """As the base does it, under this class's name."""
        _, arguments = super().serialize()
        return f"{__name__}.{type(self).__qualname__}", arguments

    async def run(self) -> AsyncIterator[TriggerEvent]:
        """Ask now and then; one event, and not at once for a pod that an earlier attempt has left."""
        if await self._status():
            await asyncio.sleep(_POLLS_TO_LEAVE * self.poll_interval)
        while not (status := await self._status()):
            await asyncio.sleep(self.poll_interval)
        self._fired_event = True
        found = {"status": status, "name": self.pod_name, "namespace": self.pod_namespace}
        yield TriggerEvent(found)  # type: ignore[no-untyped-call]

    async def _status(self) -> str:
        """How it ended; empty while it has not, or while the cluster does not say."""
        from documenthor.runtimes import has_started, is_over

        try:
            pod = plain(await self._get_pod())
        except ApiException as error:
            return self._status_of(error)
        except Exception as error:  # noqa: BLE001 - whatever it is that keeps the cluster from answering
            self.log.warning("the cluster does not answer (%s); asking again", type(error).__name__)
            return ""
        if is_over(pod):
            return "over"
        waited = time.time() - self.trigger_start_time.timestamp()
        return "late" if waited > self.startup_timeout and not has_started(pod) else ""

    def _status_of(self, error: ApiException) -> str:
        if error.status == HTTPStatus.NOT_FOUND:
            return "gone"
        if error.status in _IS_REFUSED:
            return "refused"
        self.log.warning("the cluster answers %s %s; asking again", error.status, error.reason)
        return ""
