"""Stands in for Airflow: when a job is triggered, its repositories get the outcomes that a test wants."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from docgen.contract import JobSpec
from documenthor import jobs
from documenthor.jobs import Planned
from documenthor.outcomes import Kind, Outcome

if TYPE_CHECKING:
    from documenthor.db import Database

GOOD = Outcome(Kind.PULL_REQUEST, reference="https://forge.example/acme/web/pull/7")


@dataclass
class Worker:
    """Closes each repository of a job, `seconds` apart; `outcomes` by name, else a pull request."""

    database: Database
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    seconds: float = 0.05
    triggered: list[jobs.JobView] = field(default_factory=list)
    never_ends: bool = False

    def trigger(self, job: jobs.JobView) -> None:
        """Begin to work on a job, once."""
        if job.id not in {known.id for known in self.triggered}:
            self.triggered.append(job)
            threading.Thread(target=self._work, args=(job,), daemon=True).start()

    def _work(self, job: jobs.JobView) -> None:
        names = [str(getattr(item, "name", item)) for item in job.request.repositories or ("all",)]
        jobs.resolve(self.database, job.id, [Planned(name, _spec(job, name)) for name in names], _now())
        jobs.claim(self.database, job.id, "run")
        if self.never_ends:
            return
        pause = threading.Event()
        for name in names:
            jobs.start(self.database, job.id, name, _now())
            pause.wait(self.seconds)
            jobs.finish(self.database, job.id, name, self.outcomes.get(name, GOOD), _now())
        jobs.close_run(self.database, job.id, "run", _now())


def _spec(job: jobs.JobView, name: str) -> JobSpec:
    return JobSpec(tenant=job.tenant, job=job.id, repository=name, url=f"/forge/{name}", commit="1" * 40)


def _now() -> datetime:
    return datetime.now(UTC)
