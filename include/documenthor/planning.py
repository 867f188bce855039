"""Planning: from a request to rows, each a job spec at an exact commit or the outcome it already has."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from docgen.contract import JobSpec, WriterKind, layered

from documenthor import jobs, proposals
from documenthor.forge.discovery import Repository, Unfit
from documenthor.forge.filters import Traits
from documenthor.jobs import Claim, Planned, Settled
from documenthor.outcomes import Kind, Outcome, skipped
from documenthor.prompts import PROMPTS, load_prompts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from docgen.contract import Options

    from documenthor.db import Database
    from documenthor.forge.discovery import Discovery
    from documenthor.jobs import JobView
    from documenthor.tenants import Tenant

_NEWER = "commit {:.12} is documented already, which is newer than {:.12}"
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
    if jobs.is_cancelled(database, job.id):
        return Claim((), 0)
    if not jobs.is_resolved(database, job.id):
        names = None if job.request.repositories is None else [each.name for each in job.request.repositories]
        jobs.resolve(database, job.id, _rows(database, discovery, names, tenant, job, prompts, now), now)
    if names := jobs.unplanned(database, job.id):
        jobs.plan_again(database, job.id, _rows(database, discovery, names, tenant, job, prompts, now), now)
    late = jobs.close_late(database, job.id, now)
    return replace(jobs.claim(database, job.id, run_id, tenant.run_size), late=late)


def _rows(
    database: Database,
    discovery: Discovery,
    names: Sequence[str] | None,
    tenant: Tenant,
    job: JobView,
    prompts: Path,
    now: datetime,
) -> list[Planned]:
    found = discovery.discover(names)
    held = [
        (item.name, item.documented.job) for item in found if isinstance(item, Repository) and item.documented
    ]
    proposals.note_merged(database, job.tenant, held, now)
    wanted = (_filtered(item, job, now) for item in found)
    pinned = (_pinned(discovery, item, job) for item in wanted)
    known = jobs.settled(database, tenant.organisation)
    rows = [_row(item, tenant, job, prompts, known.get(item.name)) for item in pinned]
    # Runs claim rows in their order, so whoever was put off comes first.
    late = jobs.put_off(database, tenant.organisation)
    return sorted(rows, key=lambda row: row.name not in late)


def _filtered(found: Repository | Unfit, job: JobView, now: datetime) -> Repository | Unfit:
    """Unfit where a filter of the request does not hold; what a forge does not know fits no filter."""
    if isinstance(found, Unfit) or job.request.filters is None:
        return found
    reason = job.request.filters.refuse(found.traits or Traits(found.name), now)
    return found if reason is None else Unfit(found.name, reason)


def _pinned(discovery: Discovery, found: Repository | Unfit, job: JobView) -> Repository | Unfit:
    """At the commit that was asked for, where one was."""
    if isinstance(found, Unfit):
        return found
    if job.request.before is not None:
        return _superseded(found, discovery.before(found, job.request.before))
    ref = job.request.ref_of(found.name)
    return found if ref is None else discovery.pin(found, ref)


def _superseded(head: Repository, then: Repository | Unfit) -> Repository | Unfit:
    """Unfit where what the branch holds now is documented: an older commit would never be published."""
    newest = head.documented or head.proposed
    if isinstance(then, Unfit) or then.documented or newest is None:
        return then
    if then.head in {head.head, newest.commit}:
        return then
    return Unfit(head.name, skipped("superseded", _NEWER.format(newest.commit, then.head)))


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
        options=layered(_options(tenant, job), found.defaults),
        prompts=_prompts(found.name, tenant, prompts),
    )
    recipe = spec.recipe()
    is_settled = found.is_documented(recipe) or settled == Settled(spec.commit, recipe)
    if is_settled and not job.request.force:
        unchanged = Outcome(Kind.UNCHANGED, message=_UNCHANGED.format(commit=found.head))
        return Planned(found.name, spec, unchanged)
    return Planned(found.name, spec)


def _options(tenant: Tenant, job: JobView) -> Options:
    """The tenant's options, and over them what the request says of keys that the tenant has not locked.

    What the request says is locked in its turn, so that it goes before what repositories say.
    """
    base, asked = tenant.options, job.request.options
    said = sorted(asked.model_fields_set - set(base.locked))
    chosen = {key: getattr(asked, key) for key in said}
    return base.model_copy(update={**chosen, "locked": (*base.locked, *said)} if said else {})


def _prompts(repository: str, tenant: Tenant, folder: Path) -> dict[str, str]:
    """None where no model is asked, so that another prompt makes no work there."""
    if tenant.options.writer.kind is WriterKind.FACTS:
        return {}
    return load_prompts(folder, tenant.organisation, repository)
