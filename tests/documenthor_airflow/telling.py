"""Tells of a job of `local` that failed, three times over, and that it is late, twice."""

from __future__ import annotations

import asyncio
import json
import sys
from typing import Any, cast

from documenthor import jobs
from documenthor.errors import NoticeError
from documenthor.jobs import JobRequest, Planned
from documenthor.outcomes import failed
from documenthor_airflow.deployment import deployment, now
from documenthor_airflow.notify import tell_end, tell_late


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
    print(json.dumps(problems))


if __name__ == "__main__":
    main(sys.argv[1])
