"""How a generator's pod ended: its own words, found by a table, as a typed outcome or error.

A pod and its events come as plain JSON, as the cluster's API has them. What they say is not trusted: a
container writes the end of its log into its pod.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from documenthor.errors import GeneratorError
from documenthor.runtimes.exits import outcome_of_exit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from documenthor.outcomes import Outcome

Json = dict[str, Any]

# The containers that work, and the stage that each is.
STAGES = {"fetch": "fetch", "base": "generate"}
_CONTAINERS = {**STAGES, "airflow-xcom-sidecar": "pod"}
_SAID = 500


class Said(NamedTuple):
    """One thing that a pod, a container of it or an event says: where, a word, and a sentence."""

    where: str
    word: str
    text: str = ""
    stage: str = "pod"


class Sign(NamedTuple):
    """What `word` at a place means, if `text` is in the sentence. A `final` one takes no other attempt."""

    where: str
    word: str
    reason: str
    text: str = ""
    final: bool = False


# The first one that a pod shows is the reason. What the node or the cluster did comes before what containers
# say: where a pod is stopped, its containers end with a signal.
SIGNS = (
    Sign("pod", "DeadlineExceeded", "timed_out"),
    # Its own limit, not the node's: of that the sentence says that it "exceeds its request".
    Sign("pod", "Evicted", "out_of_storage", "exceeds the limit", final=True),
    Sign("pod", "Evicted", "out_of_storage", "exceeds the total limit", final=True),
    Sign("pod", "Evicted", "out_of_storage", "local ephemeral storage limit", final=True),
    Sign("pod", "Evicted", "evicted"),
    Sign("pod", "Preempting", "preempted"),
    Sign("pod", "NodeLost", "node_lost"),
    Sign("pod", "NodeShutdown", "node_lost"),
    Sign("pod", "Shutdown", "node_lost"),
    Sign("pod", "Terminated", "node_lost"),
    Sign("pod", "NodeAffinity", "not_admitted"),
    Sign("pod", "UnexpectedAdmissionError", "not_admitted"),
    Sign("pod", "OutOfcpu", "not_admitted"),
    Sign("pod", "OutOfmemory", "not_admitted"),
    Sign("pod", "OutOfpods", "not_admitted"),
    Sign("pod", "OutOfephemeral-storage", "not_admitted"),
    Sign("pod", "OutOfnvidia.com/gpu", "not_admitted"),
    Sign("disruption", "PreemptionByScheduler", "preempted"),
    Sign("disruption", "PreemptionByKubeScheduler", "preempted"),
    Sign("disruption", "DeletionByPodGC", "node_lost"),
    Sign("disruption", "", "evicted"),
    # The same repository in the same limit comes to the same end.
    Sign("terminated", "OOMKilled", "out_of_memory", final=True),
    Sign("terminated", "ContainerCannotRun", "not_started", final=True),
    Sign("terminated", "StartError", "not_started", final=True),
    Sign("waiting", "InvalidImageName", "image_invalid", final=True),
    Sign("waiting", "ErrImageNeverPull", "image_missing", final=True),
    Sign("waiting", "ErrImagePull", "image_not_pulled"),
    Sign("waiting", "ImagePullBackOff", "image_not_pulled"),
    Sign("waiting", "CreateContainerConfigError", "not_created"),
    Sign("waiting", "CreateContainerError", "not_created"),
    Sign("waiting", "RunContainerError", "not_started"),
    Sign("unscheduled", "", "unschedulable"),
    Sign("event", "Preempted", "preempted"),
    Sign("event", "Evicted", "evicted"),
    Sign("event", "TaintManagerEviction", "evicted"),
)
# These say enough before anything has ended: no image comes by waiting longer than this.
_HOPELESS = frozenset({"InvalidImageName", "ErrImageNeverPull", "ImagePullBackOff"})


def is_over(pod: Json) -> bool:
    """Whether waiting longer makes no sense: the generator has ended, or it cannot start."""
    status = pod.get("status") or {}
    if status.get("phase") in {"Succeeded", "Failed"}:
        return True
    if any(said.where == "waiting" and said.word in _HOPELESS for said in _containers(status)):
        return True
    return "terminated" in _state(status, "base")


def has_started(pod: Json) -> bool:
    """Whether one of its containers has run, so that its deadline counts instead of the wait for a node."""
    status = pod.get("status") or {}
    return any({"running", "terminated"} & _state(status, name).keys() for name in STAGES)


def end_of_pod(pod: Json | None, events: Iterable[Json] = ()) -> Outcome | GeneratorError | None:
    """`None` if the generator succeeded, else the outcome or the error. Without a pod its events tell why."""
    said = [Said("event", str(event.get("reason")), str(event.get("message"))) for event in events]
    if pod is None:
        gone = GeneratorError("pod", "deleted", "it was deleted from outside before it had ended")
        return _found(said) or gone
    status = pod.get("status") or {}
    if _exit_code(status, "base") == 0:
        return None
    return _found([*_own(status), *_containers(status), *said]) or _by_exit(status) or _unexplained(status)


def _found(said: list[Said]) -> GeneratorError | None:
    for sign in SIGNS:
        for each in said:
            if each.where == sign.where and sign.word in ("", each.word) and sign.text in each.text:
                text = readable(each.text) or each.word
                return GeneratorError(each.stage, sign.reason, text, final=sign.final)
    return None


def _by_exit(status: Json) -> Outcome | GeneratorError | None:
    for name, stage in STAGES.items():
        code = _exit_code(status, name)
        if code:
            message = readable(str(_state(status, name)["terminated"].get("message") or ""), last_line=True)
            return outcome_of_exit(stage, code, message)
    return None


def _unexplained(status: Json) -> GeneratorError:
    text = f"it is {status.get('phase')} ({status.get('reason') or 'no reason given'})"
    reason = "not_started" if status.get("phase") == "Pending" else "failed"
    return GeneratorError("pod", reason, readable(f"{text} {status.get('message') or ''}"))


def _own(status: Json) -> Iterator[Said]:
    """What the pod says of itself."""
    yield Said("pod", str(status.get("reason") or ""), str(status.get("message") or ""))
    for condition in status.get("conditions") or ():
        kind, holds = condition.get("type"), condition.get("status") == "True"
        word, text = str(condition.get("reason") or ""), str(condition.get("message") or "")
        if kind == "DisruptionTarget" and holds:
            yield Said("disruption", word, text)
        if kind == "PodScheduled" and not holds:
            yield Said("unscheduled", word, text)


def _containers(status: Json) -> Iterator[Said]:
    for name, stage in _CONTAINERS.items():
        for where, state in _state(status, name).items():
            word, text = str((state or {}).get("reason") or ""), str((state or {}).get("message") or "")
            yield Said(where, word, text, stage if where == "terminated" else "pod")


def _state(status: Json, name: str) -> Json:
    """A container's state, empty while there is none: `waiting`, `running` or `terminated`."""
    every = [*(status.get("initContainerStatuses") or ()), *(status.get("containerStatuses") or ())]
    found: Json = next((each for each in every if each.get("name") == name), {})
    return {word: state for word, state in (found.get("state") or {}).items() if state is not None}


def _exit_code(status: Json, name: str) -> int | None:
    code: int | None = (_state(status, name).get("terminated") or {}).get("exitCode")
    return code


def readable(text: str, *, last_line: bool = False) -> str:
    """One line of what somebody else wrote: no control characters, no end of it."""
    lines = text.strip().splitlines()
    chosen = lines[-1:] if last_line else lines
    line = " ".join(" ".join(chosen).split())
    return "".join(letter for letter in line if letter.isprintable())[:_SAID]
