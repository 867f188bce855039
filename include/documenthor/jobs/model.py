"""What callers see of a job. They see the job, never the runs that work on it."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BaseModel, Field

from documenthor.jobs.wanted import JobRequest
from documenthor.outcomes import Kind

if TYPE_CHECKING:
    from documenthor.usage import Totals


def is_of(owner: str, colour: str) -> bool:
    """Whether a job of the colour `owner` is the work of a deployment of `colour`; either may have none."""
    return not (owner and colour) or owner == colour


class JobState(StrEnum):
    """A job's state, derived from its rows."""

    QUEUED = "queued"
    RUNNING = "running"
    CANCELLING = "cancelling"
    CANCELLED = "cancelled"
    SUCCEEDED = "succeeded"
    PARTIALLY_FAILED = "partially_failed"
    FAILED = "failed"

    @property
    def has_ended(self) -> bool:
        """Whether nothing more happens by itself."""
        return self not in {JobState.QUEUED, JobState.RUNNING, JobState.CANCELLING}


class Reported(BaseModel):
    """What generators say of themselves; it is bounded, and nothing is charged by it."""

    prompt_tokens: int = 0
    reply_tokens: int = 0
    source_bytes: int = 0


class Usage(BaseModel):
    """What all attempts took; `seconds` is the sum of their wall-clock times, waiting included.

    `gpu_seconds` and `cpu_seconds` were measured by the cluster or the operating system, with three
    decimals, `bundle_bytes` by us. `cost` is what the tenant pays, by currency.
    """

    attempts: int = 0
    seconds: float = 0
    gpu_seconds: float = 0
    cpu_seconds: float = 0
    bundle_bytes: int = 0
    cost: dict[str, Decimal] = {}
    reported: Reported = Reported()

    @staticmethod
    def fields_of(attempts: int, seconds: float, found: Totals) -> dict[str, Any]:
        """What jobs count themselves, and what was written down beside it."""
        return {
            "attempts": attempts,
            "seconds": round(seconds, 3),
            "gpu_seconds": found.gpu_ms / 1000,
            "cpu_seconds": found.cpu_ms / 1000,
            "bundle_bytes": found.bundle_bytes,
            "cost": found.cost,
            "reported": {
                "prompt_tokens": found.prompt_tokens,
                "reply_tokens": found.reply_tokens,
                "source_bytes": found.source_bytes,
            },
        }


class RowState(StrEnum):
    """Where the work on one repository stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"


class RepositoryStatus(BaseModel):
    """One repository of a job. `seconds` is wall-clock time from its last start to its outcome,
    `usage` is about all its attempts.

    `source_commit` is what was documented, `commit` what was written, `reference` where to look.
    """

    name: str
    state: RowState
    outcome: Kind | None = None
    reason: str = ""
    message: str = ""
    source_commit: str = ""
    commit: str = ""
    reference: str = ""
    pages: list[str] = []
    attempt: int = 0
    seconds: float | None = None
    usage: Usage = Usage()


class JobView(BaseModel):
    """A job as recorded. `part` numbers the run to start, `is_triggered` says that this was done.

    `colour` is the deployment that works on it, empty where there is but one.
    """

    id: str
    tenant: str
    request: JobRequest
    created_at: datetime
    part: int = 1
    is_triggered: bool = False
    colour: str = ""

    def belongs_to(self, colour: str) -> bool:
        """Whether this deployment may work on it; one without colours works on all."""
        return is_of(self.colour, colour)


class JobSummary(BaseModel):
    """A job in numbers. `counts` holds every row once, under its outcome or state; they add up to `total`."""

    id: str
    tenant: str
    state: JobState
    error: str = ""
    requested_by: str = ""
    created_at: datetime
    cancelled_at: datetime | None = None
    finished_at: datetime | None = None
    total: int = 0
    counts: dict[str, int]
    usage: Usage = Usage()
    revision: Annotated[int, Field(exclude=True)] = 0


class JobStatus(JobSummary):
    """A job with its rows, or the page of them that was asked for.

    `next_position` is where the next page starts, None on the last one.
    """

    repositories: list[RepositoryStatus]
    next_position: Annotated[int | None, Field(exclude=True)] = None
