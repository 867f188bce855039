"""Jobs to work on, and attempts on their repositories."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from documenthor import jobs
from documenthor.tenants import Cost
from documenthor.usage import Ending, Measured, Try

from tests.documenthor.support import NOW, spec

if TYPE_CHECKING:
    from documenthor.db import Database

PRICES = Cost(currency="EUR", gpu_hour=Decimal("3.6"), cpu_hour=Decimal("0.36"))
_TRY = Try("run", 0, 1)


def opened(database: Database, *names: str, tenant: str = "acme", job_id: str | None = None) -> str:
    """A resolved job with these repositories."""
    request = jobs.JobRequest()
    job = jobs.record(database, tenant=tenant, request=request, requested_by="me", now=NOW, job_id=job_id).id
    jobs.resolve(database, job, [jobs.Planned(name, spec(name, job)) for name in names], NOW)
    return job


def measured(
    unit: str,
    *,
    seconds: int = 100,
    gpus: int = 1,
    cpus: int = 2,
    ending: Ending = Ending.COMPLETED,
    start: datetime = NOW,
    is_final: bool = True,
) -> Measured:
    """A pod that was at work for so long."""
    took = seconds * 1000
    end = start + timedelta(seconds=seconds)
    return Measured(unit, start, end, gpus * took, cpus * took, ending, is_final)


def record(
    database: Database,
    job: str,
    name: str,
    seen: Measured,
    cost: Cost = PRICES,
    task: Try = _TRY,
) -> None:
    """Write it down as a task does."""
    jobs.measure(database, job, name, task, seen, cost)
