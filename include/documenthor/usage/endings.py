"""How an attempt ended, from what its runtime found out: a table of typed words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from documenthor.errors import GeneratorError
from documenthor.usage.model import Ending

if TYPE_CHECKING:
    from documenthor.outcomes import Outcome

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
