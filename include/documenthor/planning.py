"""Planning: from a request to rows, each a job spec at an exact commit or the outcome it already has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen.contract import JobSpec, WriterKind, layered

from documenthor import jobs
from documenthor.forge.discovery import Repository, Unfit
from documenthor.jobs import Planned, Settled
from documenthor.outcomes import Kind, Outcome
from documenthor.prompts import PROMPTS, load_prompts

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from documenthor.db import Database
    from documenthor.forge.discovery import Discovery
    from documenthor.jobs import Claim, JobView
    from documenthor.tenants import Tenant

_UNCHANGED = "nothing changed since the documentation of commit {commit:.12} was written"


def plan(
    database: Database,
    discovery: Discovery,
    tenant: Tenant,
    job: JobView,
    run_id: str,
    now: datetime,
    prompts: Path = PROMPTS,
) -> Claim:
    """Resolve the job once, then claim this run's share of it. A retry gets the same share."""
    if not jobs.is_resolved(database, job.id):
        found = discovery.discover(job.request.repositories)
        known = jobs.settled(database, tenant.organisation)
        rows = [_row(item, tenant, job, prompts, known.get(item.name)) for item in found]
        jobs.resolve(database, job.id, rows, now)
    return jobs.claim(database, job.id, run_id)


def _row(
    found: Repository | Unfit, tenant: Tenant, job: JobView, prompts: Path, settled: Settled | None
) -> Planned:
    if isinstance(found, Unfit):
        return Planned(found.name, outcome=found.outcome)
    spec = JobSpec(
        tenant=tenant.organisation,
        job=job.id,
        repository=found.name,
        url=found.url,
        commit=found.head,
        options=layered(tenant.options, found.defaults),
        prompts=_prompts(found.name, tenant, prompts),
    )
    recipe = spec.recipe()
    is_settled = found.is_documented(recipe) or settled == Settled(spec.commit, recipe)
    if is_settled and not job.request.force:
        unchanged = Outcome(Kind.UNCHANGED, message=_UNCHANGED.format(commit=found.head))
        return Planned(found.name, spec, unchanged)
    return Planned(found.name, spec)


def _prompts(repository: str, tenant: Tenant, folder: Path) -> dict[str, str]:
    """None where no model is asked, so that another prompt makes no work there."""
    if tenant.options.writer.kind is WriterKind.FACTS:
        return {}
    return load_prompts(folder, tenant.organisation, repository)
