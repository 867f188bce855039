"""What the endpoints answer with, on top of what `jobs` knows: addresses."""

from __future__ import annotations

from pydantic import BaseModel

from documenthor.jobs import JobStatus, JobSummary


class Accepted(BaseModel):
    """A recorded job, and where to see how it stands."""

    job: str
    status_url: str


class Links(BaseModel):
    """What can be asked about a job, and of it; an address is None where it makes no sense now."""

    status: str
    events: str
    cancel: str | None = None
    retry: str | None = None

    @classmethod
    def of(cls, root: str, job: JobSummary) -> Links:
        """The addresses below `root`, where the server is."""
        base = f"{root}/api/job/{job.id}"
        can_retry = job.state in {"failed", "partially_failed"}
        return cls(
            status=f"{base}/status",
            events=f"{base}/events",
            cancel=None if job.state.has_ended else f"{base}/cancel",
            retry=f"{base}/retry" if can_retry else None,
        )


class JobPage(JobStatus):
    """A job with a page of its repositories."""

    links: Links


class ListedJob(JobSummary):
    """A job in a list."""

    links: Links


class JobList(BaseModel):
    """A page of a tenant's jobs, newest first; `next` is the address of the next one."""

    jobs: list[ListedJob]
    next: str | None = None


class HealthReport(BaseModel):
    """What held, by name."""

    status: str
    checks: dict[str, bool]


class Alive(BaseModel):
    """The process answers."""

    status: str = "ok"


class ProblemPlace(BaseModel):
    """One thing that is wrong with a request: in the body (RFC 6901) or in a parameter."""

    pointer: str | None = None
    parameter: str | None = None
    detail: str


class ProblemDetails(BaseModel):
    """An error (RFC 9457). `type` tells apart what the status does not."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[ProblemPlace] | None = None
    repositories: list[str] | None = None
    job: str | None = None
    error_id: str | None = None
