"""What is told: an event's name and its data, which hold nothing that the job's status does not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

JOB_FINISHED = "job.finished"
REPOSITORY_FINISHED = "repository.finished"
JOB_LATE = "job.late"
EVENTS = (JOB_FINISHED, REPOSITORY_FINISHED, JOB_LATE)


@dataclass(frozen=True, slots=True)
class Event:
    """Something to tell. `key` is the same whenever the same thing is told again."""

    name: str
    tenant: str
    key: str
    data: Mapping[str, Any]


def job_finished(tenant: str, job_id: str, *, ending: int, counts: Mapping[str, int], error: str) -> Event:
    """A job has ended, for the `ending`-th time: a retry lets it end again."""
    data = {"job": job_id, "status_url": f"/api/job/{job_id}/status", "counts": dict(counts), "error": error}
    return Event(JOB_FINISHED, tenant, f"{job_id}/{ending}", data)


def job_late(tenant: str, job_id: str) -> Event:
    """A job will not be done in its window, or was not."""
    data = {"job": job_id, "status_url": f"/api/job/{job_id}/status"}
    return Event(JOB_LATE, tenant, job_id, data)


def repository_finished(
    tenant: str, job_id: str, *, name: str, attempt: int, outcome: str, reason: str, reference: str
) -> Event:
    """A repository of a job has its outcome."""
    data = {"job": job_id, "repository": name, "outcome": outcome, "reason": reason, "reference": reference}
    return Event(REPOSITORY_FINISHED, tenant, f"{job_id}/{name}/{attempt}/{outcome}", data)
