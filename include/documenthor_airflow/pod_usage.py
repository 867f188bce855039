"""What a generator's pod took, by the times that the cluster reports for its containers.

The sidecar that holds the bundle is Airflow's, so it is not counted.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from documenthor.runtimes import Ending, Measured
from documenthor.runtimes.pods import STAGES
from kubernetes.utils.quantity import parse_quantity

if TYPE_CHECKING:
    from collections.abc import Iterator

Json = dict[str, Any]

_GPU = "nvidia.com/gpu"
_ENDED = frozenset({"Succeeded", "Failed"})
_MILLISECOND = timedelta(milliseconds=1)


class _Span(NamedTuple):
    """When a container was at work, with what; `is_open` while it still was."""

    start: datetime
    end: datetime
    gpus: int
    cpu_ms: int
    is_open: bool

    @property
    def milliseconds(self) -> int:
        return (self.end - self.start) // _MILLISECOND


def measured(pod: Json, ending: Ending, at: datetime) -> Measured:
    """What `pod`, as the cluster's API has it, took until `at`: times of containers by what they asked for.

    One that never ran took nothing. A pod's phase says whether more may come; a container that had not ended
    when its node was lost counts until `at`.
    """
    spans = list(_spans(pod, at))
    created = pod["metadata"].get("creationTimestamp")
    none = datetime.fromisoformat(created) if created else at
    phase = (pod.get("status") or {}).get("phase")
    return Measured(
        unit=f"pod:{pod['metadata']['uid']}",
        started_at=min((span.start for span in spans), default=none),
        finished_at=max((span.end for span in spans), default=none),
        gpu_ms=sum(span.gpus * span.milliseconds for span in spans),
        cpu_ms=sum(span.cpu_ms for span in spans),
        ending=ending,
        is_final=phase in _ENDED or not any(span.is_open for span in spans),
    )


def vanished(namespace: str, name: str, ending: Ending, at: datetime) -> Measured:
    """An attempt whose pod was gone before anybody read its times: nobody knows what it took."""
    return Measured(f"pod:{namespace}/{name}", at, at, gpu_ms=0, cpu_ms=0, ending=ending)


def _spans(pod: Json, at: datetime) -> Iterator[_Span]:
    spec, status = pod["spec"], pod.get("status") or {}
    asked = {each["name"]: each for each in [*(spec.get("initContainers") or ()), *spec["containers"]]}
    every = [*(status.get("initContainerStatuses") or ()), *(status.get("containerStatuses") or ())]
    for each in every:
        if each["name"] in STAGES:
            yield from _span(each.get("state") or {}, asked[each["name"]], at)


def _span(state: Json, container: Json, at: datetime) -> Iterator[_Span]:
    ended, running = state.get("terminated") or {}, state.get("running") or {}
    start, end = ended.get("startedAt") or running.get("startedAt"), ended.get("finishedAt")
    if not start:
        return
    begins = datetime.fromisoformat(start)
    # Clocks of nodes differ; nothing takes less than no time.
    ends = max(begins, datetime.fromisoformat(end) if end else at)
    requests = (container.get("resources") or {}).get("requests") or {}
    cpu_ms = parse_quantity(requests.get("cpu", "0")) * ((ends - begins) // _MILLISECOND)
    yield _Span(begins, ends, int(requests.get(_GPU, 0)), round(cpu_ms), is_open=not end)
