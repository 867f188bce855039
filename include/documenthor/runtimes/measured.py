"""What an attempt took and how it ended, by the word of whoever ran it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from documenthor.errors import GeneratorError

if TYPE_CHECKING:
    from datetime import datetime

    from documenthor.outcomes import Outcome


class Ending(StrEnum):
    """How an attempt ended, by the word of whoever ran it: the cluster, or the operating system."""

    COMPLETED = "completed"
    REFUSED = "refused"
    FAILED = "failed"
    OUT_OF_MEMORY = "out_of_memory"
    OUT_OF_STORAGE = "out_of_storage"
    OUT_OF_TIME = "out_of_time"
    FORGE_UNREACHABLE = "forge_unreachable"
    EVICTED = "evicted"
    PREEMPTED = "preempted"
    NODE_LOST = "node_lost"
    IMAGE_PULL = "image_pull"
    NOT_STARTED = "not_started"
    STOPPED = "stopped"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Measured:
    """What one pod or one process tree took, in milliseconds.

    `unit` names it for ever: `pod:UID`, or `process:` and a number of our own. What is not `is_final` was
    seen while it was still at work.
    """

    unit: str
    started_at: datetime
    finished_at: datetime
    gpu_ms: int
    cpu_ms: int
    ending: Ending
    is_final: bool = True


# By the reason of a `GeneratorError`; whatever is not here is the generator's own failure. None of those that
# excuse a tenant is a word that `generate` could end with: they are the cluster's or ours.
_BY_REASON = {
    "evicted": Ending.EVICTED,
    "preempted": Ending.PREEMPTED,
    "node_lost": Ending.NODE_LOST,
    "image_not_pulled": Ending.IMAGE_PULL,
    "image_missing": Ending.IMAGE_PULL,
    "image_invalid": Ending.IMAGE_PULL,
    "not_admitted": Ending.NOT_STARTED,
    "not_created": Ending.NOT_STARTED,
    "not_started": Ending.NOT_STARTED,
    "unschedulable": Ending.NOT_STARTED,
    "deleted": Ending.STOPPED,
    "unwatched": Ending.STOPPED,
    "out_of_memory": Ending.OUT_OF_MEMORY,
    "out_of_storage": Ending.OUT_OF_STORAGE,
    "timed_out": Ending.OUT_OF_TIME,
}
# Said by `fetch`, which runs before anything of the repository is read.
_BY_FETCH = {"unreachable": Ending.FORGE_UNREACHABLE}


def ending_of(end: Outcome | GeneratorError | None) -> Ending:
    """`None` is success, an `Outcome` says that the repository itself is the reason for the end."""
    if end is None:
        return Ending.COMPLETED
    if not isinstance(end, GeneratorError):
        return Ending.REFUSED
    own = _BY_FETCH if end.stage == "fetch" else {}
    return {**_BY_REASON, **own}.get(end.reason, Ending.FAILED)
