"""Jobs: recorded before anything is triggered, resolved into rows, closed row by row."""

from documenthor.jobs.control import CANCELLED, WINDOW_CLOSED, cancel, close_late, is_cancelled, retry
from documenthor.jobs.forecast import Forecast, forecast, forecast_in
from documenthor.jobs.listing import Cursor, Page, listed
from documenthor.jobs.memory import Settled, put_off, settled
from documenthor.jobs.model import JobState, JobStatus, JobSummary, JobView, RepositoryStatus
from documenthor.jobs.progress import close_run, finish, is_open, measure, report, start
from documenthor.jobs.requests import find, not_triggered, record, triggered
from documenthor.jobs.rows import (
    Claim,
    Planned,
    claim,
    is_resolved,
    plan_again,
    resolve,
    unplanned,
)
from documenthor.jobs.spreading import due, next_due
from documenthor.jobs.status import changes, revision, revisions, status, summary, summary_in
from documenthor.jobs.telling import tell_late
from documenthor.jobs.wanted import JobRequest, Target

__all__ = [
    "CANCELLED",
    "WINDOW_CLOSED",
    "Claim",
    "Cursor",
    "Forecast",
    "JobRequest",
    "JobState",
    "JobStatus",
    "JobSummary",
    "JobView",
    "Page",
    "Planned",
    "RepositoryStatus",
    "Settled",
    "Target",
    "cancel",
    "changes",
    "claim",
    "close_late",
    "close_run",
    "due",
    "find",
    "finish",
    "forecast",
    "forecast_in",
    "is_cancelled",
    "is_open",
    "is_resolved",
    "listed",
    "measure",
    "next_due",
    "not_triggered",
    "plan_again",
    "put_off",
    "record",
    "report",
    "resolve",
    "retry",
    "revision",
    "revisions",
    "settled",
    "start",
    "status",
    "summary",
    "summary_in",
    "tell_late",
    "triggered",
    "unplanned",
]
