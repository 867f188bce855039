"""What callers see of a job. They see the job, never the runs that work on it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, Field

from documenthor.jobs.wanted import JobRequest
from documenthor.outcomes import Kind


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


class RowState(StrEnum):
    """Where the work on one repository stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"


class RepositoryStatus(BaseModel):
    """One repository of a job. `seconds` is wall-clock time from its last start to its outcome.

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
        return not (colour and self.colour) or self.colour == colour


class Usage(BaseModel):
    """What all attempts on all repositories took; `seconds` is the sum of their wall-clock times."""

    attempts: int = 0
    seconds: float = 0


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
