"""What generations take, who pays, and what it costs.

`jobs.measure` records an attempt; what is here reads:

- `totals(database, tenant, since, until)` returns `Totals`: GPU and CPU time as `gpu_seconds` and
  `cpu_seconds`, the tenant's part as `charged_gpu_ms`, `cost` by currency, attempts that nobody pays for by
  reason (`waived`), tokens as the generators report them. `since` and `until` may be left out.
- `of_jobs(session, ids)`, `within_job(session, job_id)` and `of_repository(session, tenant, repository)` do
  so by job, by repository of one job, and by job of one repository, in a transaction of the caller's, who has
  seen to it that the job may be seen.
- `statement(database, tenant, month, now)` is a month's `Statement`, `as_csv` the table of it.
- `refuse(database, tenant, now)` is the outcome of a generation that the night's budget leaves no room for.
"""

from documenthor.runtimes import Ending, Measured, ending_of
from documenthor.usage.budget import SPENT, refuse
from documenthor.usage.model import Reported, Totals, Try
from documenthor.usage.recording import record, report, reported, settle_request
from documenthor.usage.statement import Month, Statement, as_csv, statement
from documenthor.usage.totals import of_jobs, of_repository, totals, within_job

__all__ = [
    "SPENT",
    "Ending",
    "Measured",
    "Month",
    "Reported",
    "Statement",
    "Totals",
    "Try",
    "as_csv",
    "ending_of",
    "of_jobs",
    "of_repository",
    "record",
    "refuse",
    "report",
    "reported",
    "settle_request",
    "statement",
    "totals",
    "within_job",
]
