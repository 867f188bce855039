"""What pods say when they end, as a real cluster says it, and what that means."""

from __future__ import annotations

from typing import Any

import pytest
from documenthor.errors import GeneratorError
from documenthor.outcomes import Outcome
from documenthor.runtimes import end_of_pod, has_started, is_over

Json = dict[str, Any]

_RUNNING: Json = {"running": {"startedAt": "2026-05-04T12:00:00Z"}}
_DONE: Json = {"terminated": {"exitCode": 0, "reason": "Completed"}}


def _waiting(reason: str, message: str = "") -> Json:
    return {"waiting": {"reason": reason, "message": message}}


def _ended(code: int, reason: str = "Error", message: str = "") -> Json:
    return {"terminated": {"exitCode": code, "reason": reason, "message": message}}


def _pod(
    phase: str,
    fetch: Json | None = None,
    base: Json | None = None,
    sidecar: Json | None = None,
    **status: Any,  # noqa: ANN401 - more of the pod's JSON
) -> Json:
    """A pod's JSON; states that are left out are not there yet."""
    named = (("fetch", fetch), ("base", base), ("airflow-xcom-sidecar", sidecar))
    states = [{"name": name, "state": state} for name, state in named if state is not None]
    return {
        "status": {
            "phase": phase,
            "initContainerStatuses": states[:1],
            "containerStatuses": states[1:],
            **status,
        }
    }


def _condition(kind: str, status: str, reason: str, message: str) -> Json:
    return {"conditions": [{"type": kind, "status": status, "reason": reason, "message": message}]}


_INIT = _waiting("PodInitializing")
_LOW = "The node was low on resource: memory. Container base was using 9Gi, which exceeds its request of 8Gi."
_FULL = "Pod ephemeral local storage usage exceeds the total limit of containers 10Gi. "
_VOLUME = 'Usage of EmptyDir volume "work" exceeds the limit "10Gi". '
_NODES = "0/3 nodes are available: 3 Insufficient nvidia.com/gpu."
_PREEMPTED = "default-scheduler: preempting to accommodate a higher priority pod"


@pytest.mark.parametrize(
    ("pod", "stage", "reason", "final", "says"),
    [
        (
            _pod("Failed", _DONE, _ended(137), reason="DeadlineExceeded", message="Pod was active too long"),
            "pod",
            "timed_out",
            False,
            "active too long",
        ),
        (_pod("Failed", _DONE, _ended(137), reason="Evicted", message=_LOW), "pod", "evicted", False, "low"),
        (_pod("Failed", reason="Evicted", message=_FULL), "pod", "out_of_storage", True, "10Gi"),
        (_pod("Failed", reason="Evicted", message=_VOLUME), "pod", "out_of_storage", True, "EmptyDir"),
        (
            _pod(
                "Failed",
                _DONE,
                _ended(143),
                **_condition("DisruptionTarget", "True", "PreemptionByScheduler", _PREEMPTED),
            ),
            "pod",
            "preempted",
            False,
            "higher priority",
        ),
        (
            _pod("Failed", reason="NodeShutdown", message="Node is shutting"),
            "pod",
            "node_lost",
            False,
            "shut",
        ),
        (_pod("Failed", reason="OutOfcpu", message="Node didn't have"), "pod", "not_admitted", False, "Node"),
        (
            _pod("Running", _DONE, _ended(137, "OOMKilled"), _RUNNING),
            "generate",
            "out_of_memory",
            True,
            "OOM",
        ),
        (_pod("Failed", _ended(137, "OOMKilled"), _INIT, _INIT), "fetch", "out_of_memory", True, "OOM"),
        (
            _pod("Pending", _waiting("ImagePullBackOff", "Back-off pulling"), _INIT, _INIT),
            "pod",
            "image_not_pulled",
            False,
            "Back-off",
        ),
        (_pod("Pending", _waiting("InvalidImageName", "bad"), _INIT), "pod", "image_invalid", True, "bad"),
        (
            _pod("Running", _DONE, _RUNNING, _waiting("ErrImageNeverPull", "alpine")),
            "pod",
            "image_missing",
            True,
            "alpine",
        ),
        (
            _pod("Pending", **_condition("PodScheduled", "False", "Unschedulable", _NODES)),
            "pod",
            "unschedulable",
            False,
            "Insufficient",
        ),
        (
            _pod("Pending", _waiting("CreateContainerConfigError", "secret x"), _INIT),
            "pod",
            "not_created",
            False,
            "x",
        ),
        (
            _pod("Failed", _DONE, _ended(128, "StartError", "no docgen")),
            "generate",
            "not_started",
            True,
            "docgen",
        ),
        (
            _pod("Failed", _ended(11, message="docgen: unreachable: h"), _INIT),
            "fetch",
            "unreachable",
            False,
            "h",
        ),
        (_pod("Failed", _ended(12, message="no such"), _INIT), "fetch", "commit_not_found", True, "no such"),
        (
            _pod("Running", _DONE, _ended(1, message="a\nb: crash"), _RUNNING),
            "generate",
            "internal",
            False,
            ": b: c",
        ),
        (_pod("Pending", _waiting("ContainerCreating"), _INIT), "pod", "not_started", False, "Pending"),
        (_pod("Failed"), "pod", "failed", False, "no reason given"),
    ],
)
def test_its_own_words_name_the_failure(pod: Json, stage: str, reason: str, final: bool, says: str) -> None:
    end = end_of_pod(pod)
    assert isinstance(end, GeneratorError)
    assert (end.stage, end.reason, end.final) == (stage, reason, final)
    assert says in str(end)


@pytest.mark.parametrize("code", [13, 14, 17, 18])
def test_a_repository_that_is_itself_the_reason_is_an_outcome(code: int) -> None:
    """As in the process runtime, whichever container says it."""
    for pod in (_pod("Failed", _ended(code), _INIT), _pod("Running", _DONE, _ended(code), _RUNNING)):
        end = end_of_pod(pod)
        assert isinstance(end, Outcome)
        assert end.kind == "skipped"


@pytest.mark.parametrize(
    ("reason", "means"),
    [("Preempted", "preempted"), ("TaintManagerEviction", "evicted"), ("Killing", "deleted")],
)
def test_the_events_of_a_pod_that_is_gone_tell_why(reason: str, means: str) -> None:
    end = end_of_pod(
        None, [{"reason": "Scheduled", "message": "to n"}, {"reason": reason, "message": "by x"}]
    )
    assert isinstance(end, GeneratorError)
    assert (end.reason, end.final) == (means, False)


def test_success_is_the_generators_alone() -> None:
    """Whatever becomes of the sidecar, which waits until somebody has read the bundle."""
    assert end_of_pod(_pod("Running", _DONE, _DONE, _RUNNING)) is None
    assert end_of_pod(_pod("Failed", _DONE, _DONE, _ended(137), reason="DeadlineExceeded")) is None
    assert end_of_pod(_pod("Running", _DONE, _RUNNING, _RUNNING)) is not None


def test_what_a_container_wrote_is_bounded_and_harmless() -> None:
    hostile = "first\n\x1b[31m" + "x" * 5000 + "\u202e\x00"
    end = end_of_pod(_pod("Failed", _ended(1, message=hostile), _INIT))
    text = str(end)
    assert len(text) < 600
    assert text.isprintable()
    assert "first" not in text


@pytest.mark.parametrize(
    ("pod", "over", "started"),
    [
        ({}, False, False),
        (_pod("Pending"), False, False),
        (_pod("Pending", _waiting("ContainerCreating"), _INIT), False, False),
        # The kubelet tries again by itself, and only then says that it waits longer and longer.
        (_pod("Pending", _waiting("ErrImagePull"), _INIT), False, False),
        (_pod("Pending", _waiting("ImagePullBackOff"), _INIT), True, False),
        (_pod("Pending", _RUNNING, _INIT), False, True),
        (_pod("Running", _DONE, _RUNNING, _RUNNING), False, True),
        (_pod("Running", _DONE, _DONE, _RUNNING), True, True),
        (_pod("Failed", reason="Evicted"), True, False),
    ],
)
def test_waiting_ends_with_the_generator_or_where_it_makes_no_sense(
    pod: Json, over: bool, started: bool
) -> None:
    assert (is_over(pod), has_started(pod)) == (over, started)
