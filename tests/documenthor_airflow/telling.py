"""Tells of a job of `local` that failed, three times over, and that it is late, twice; and of two nights
with too little time, one at work and one that has ended."""

from __future__ import annotations

import asyncio
import json
import sys
from datetime import timedelta
from typing import Any, cast

from documenthor import jobs
from documenthor.errors import NoticeError
from documenthor.jobs import JobRequest, Planned
from documenthor.outcomes import Kind, Outcome, failed
from documenthor_airflow.deployment import deployment, now
from documenthor_airflow.notify import tell_end, tell_late

from tests.documenthor.support import spec


def main(job_id: str) -> None:
    """Print what could not be told."""
    database, context = deployment().database, cast("Any", {})
    jobs.record(database, tenant="local", request=JobRequest(), requested_by="me", now=now(), job_id=job_id)
    run = {"dag_id": "documenthor_local", "dag_run_id": "any", "conf": {"job": job_id}}
    for _ in range(2):
        asyncio.run(tell_late("local", {"dag_run": run}))
    tell_end("local", job_id, context)
    jobs.resolve(database, job_id, [Planned("web", outcome=failed("plan", "broken"))], now())
    jobs.close_run(database, job_id, "run", now())
    problems = []
    for _ in range(3):
        try:
            tell_end("local", job_id, context)
        except NoticeError as error:
            problems.append(str(error))
    asyncio.run(tell_late("local", {"dag_run": run}))
    _tell_of_nights()
    print(json.dumps(problems))


def _tell_of_nights() -> None:
    """Half of the one is done in its first hour: it is told of when less than two are to be had, and once."""
    database, context, begun = deployment().database, cast("Any", {}), now() - timedelta(hours=1)
    for job, hours in (("long", 3), ("short", 1.5), ("over", 0.5)):
        ends_at, request = begun + timedelta(hours=hours), JobRequest()
        night = {"requested_by": "me", "now": begun, "job_id": job, "ends_at": ends_at}
        jobs.record(database, tenant="local", request=request, **night)  # type: ignore[arg-type]
        names = [f"r{number}" for number in range(10)]
        jobs.resolve(database, job, [Planned(name, spec(name, job)) for name in names], begun)
        for name in names[:5]:
            jobs.start(database, job, name, begun)
            jobs.finish(database, job, name, Outcome(Kind.COMMITTED), begun)
        if job == "over":
            jobs.close_late(database, job, now())
            jobs.close_run(database, job, "run", now())
        tell_end("local", job, context)
        run = {"dag_id": "documenthor_local", "dag_run_id": "any", "conf": {"job": job}}
        asyncio.run(tell_late("local", {"dag_run": run}, is_over=False))


if __name__ == "__main__":
    main(sys.argv[1])
