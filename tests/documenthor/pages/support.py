"""Jobs in every state, with reports."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from docgen.contract import Bundle, Claim, Envelope, Finding, Usage
from documenthor import jobs, reports, usage
from documenthor.jobs import JobRequest, Planned
from documenthor.outcomes import Kind, Outcome, failed, rejected, skipped
from documenthor.tenants import Cost

from tests.documenthor.support import NOW, spec

if TYPE_CHECKING:
    from collections.abc import Sequence

    from documenthor.db import Database

REFUTED = Claim(
    block="overview",
    predicate="takes",
    subject="app.run",
    object="times",
    path="app.py",
    line=7,
    verdict="refuted",
)
DROPPED = Finding(gate="links", path="README.md", block="overview", what="a link leads outside")
# One of every end, by the repository's name.
ENDS = {
    "alpha": Outcome(
        Kind.PULL_REQUEST, message="proposed", reference="https://github.example/acme/alpha/pull/1"
    ),
    "beta": rejected("score", "the pages score 61; at least 85 is asked for"),
    "gamma": failed("generate", "it ran out of memory"),
    "delta": skipped("empty", "there is no commit yet; push one"),
    "epsilon": Outcome(Kind.UNCHANGED, message="nothing changed"),
}
SCORES = {"alpha": 97.5, "beta": 61.0}


def record(
    database: Database, names: Sequence[str], job: str = "job", tenant: str = "acme", at: datetime = NOW
) -> str:
    """A job whose run was started and has claimed all its repositories."""
    request = JobRequest.model_validate({"repositories": list(names)})
    jobs.record(database, tenant=tenant, request=request, requested_by="key:ci", now=at, job_id=job)
    jobs.triggered(database, job, at)
    specs = [spec(name, job).model_copy(update={"tenant": tenant}) for name in names]
    jobs.resolve(database, job, [Planned(each.repository, each) for each in specs], at)
    jobs.claim(database, job, f"run of {job}", 1000)
    return job


def end(database: Database, job: str, name: str, outcome: Outcome, at: datetime = NOW) -> None:
    """Work on a repository for ten seconds."""
    jobs.start(database, job, name, at)
    jobs.finish(database, job, name, outcome, at + timedelta(seconds=10))


def report(
    database: Database, job: str, name: str, tenant: str = "acme", at: datetime = NOW, **said: object
) -> None:
    """What a generator said of a repository."""
    wanted = spec(name, job).model_copy(update={"tenant": tenant})
    given = {
        "repository": name,
        "commit": wanted.commit,
        "recipe": wanted.recipe(),
        "blocks": (),
        "score": 90.0,
        "usage": Usage(seconds=1, files=1, bytes=1),
        **said,
    }
    reports.keep(database, wanted, Envelope.seal(Bundle.model_validate(given)), at)


def measure(database: Database, job: str, name: str, *, gpu_hours: int, finished_at: datetime = NOW) -> None:
    """What a pod took, at 2.50 EUR an hour of its GPU."""
    took = usage.Measured(
        f"pod:{job}-{name}",
        finished_at - timedelta(hours=gpu_hours),
        finished_at,
        gpu_ms=gpu_hours * 3_600_000,
        cpu_ms=0,
        ending=usage.Ending.COMPLETED,
    )
    price = Cost.model_validate({"currency": "EUR", "gpu_hour": "2.5"})
    jobs.measure(database, job, name, usage.Try("run", 0, 1), took, price)


def ended(database: Database, job: str = "job", tenant: str = "acme", at: datetime = NOW) -> str:
    """A job that has ended with one repository for each of `ENDS`."""
    record(database, list(ENDS), job, tenant, at)
    for name, outcome in ENDS.items():
        end(database, job, name, outcome, at)
        if name in SCORES:
            report(database, job, name, tenant, at, score=SCORES[name], claims=(REFUTED,), dropped=(DROPPED,))
    jobs.close_run(database, job, f"run of {job}", at + timedelta(minutes=1))
    return job
