"""What callers ask for and what they see. They see the job, never the runs that work on it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from documenthor.names import MAX_REPOSITORIES, NAME_PATTERN, is_repository_name
from documenthor.outcomes import Kind
from documenthor.tenants import Mode


def _unique(names: tuple[str, ...]) -> tuple[str, ...]:
    seen: set[str] = set()
    for name in names:
        if name.casefold() in seen:
            raise ValueError(f"{name!r} is named twice; name each repository once")
        seen.add(name.casefold())
    return names


def _named(name: str) -> str:
    if not is_repository_name(name):
        raise ValueError(f"{name!r} is no repository's name")
    return name


RepositoryName = Annotated[str, Field(pattern=NAME_PATTERN), AfterValidator(_named)]
Names = Annotated[tuple[RepositoryName, ...], Field(max_length=MAX_REPOSITORIES), AfterValidator(_unique)]


class JobRequest(BaseModel):
    """Which repositories to document and how.

    No `repositories` means the tenant's whole forge; no `mode` means the tenant's own; `force`
    regenerates repositories that have nothing new; `dry_run` says what would be published and writes nothing.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    repositories: Names | None = None
    mode: Mode | None = None
    force: bool = False
    dry_run: bool = False


class JobState(StrEnum):
    """A job's state, derived from its rows."""

    QUEUED = "queued"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"


class RowState(StrEnum):
    """Where the work on one repository stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"


class RepositoryStatus(BaseModel):
    """One repository of a job. `seconds` is wall-clock time from its start to its outcome."""

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
    """A job as recorded."""

    id: str
    tenant: str
    request: JobRequest
    created_at: datetime


class JobStatus(BaseModel):
    """A job with its rows. `counts` holds every row once, under its outcome or its state."""

    id: str
    tenant: str
    state: JobState
    error: str = ""
    created_at: datetime
    finished_at: datetime | None = None
    counts: dict[str, int]
    repositories: list[RepositoryStatus]
