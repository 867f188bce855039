"""Jobs: recorded before anything is triggered, resolved into rows, closed row by row."""

from documenthor.jobs.memory import Settled, settled
from documenthor.jobs.model import JobRequest, JobStatus, JobView, RepositoryStatus
from documenthor.jobs.progress import close_run, finish, start
from documenthor.jobs.requests import find, record
from documenthor.jobs.rows import Claim, Planned, claim, is_resolved, resolve
from documenthor.jobs.status import status

__all__ = [
    "Claim",
    "JobRequest",
    "JobStatus",
    "JobView",
    "Planned",
    "RepositoryStatus",
    "Settled",
    "claim",
    "close_run",
    "find",
    "finish",
    "is_resolved",
    "record",
    "resolve",
    "settled",
    "start",
    "status",
]
