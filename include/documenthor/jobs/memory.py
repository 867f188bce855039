"""What earlier jobs found out: where there was nothing to write, or no time. It may be lost at any time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from docgen.contract import JobSpec
from sqlalchemy import func, select

from documenthor import usage
from documenthor.db import JobRow, RepositoryRow
from documenthor.jobs.control import WINDOW_CLOSED
from documenthor.outcomes import Kind

if TYPE_CHECKING:
    from documenthor.db import Database

# The outcomes that the same commit with the same recipe would have again.
_LASTING = frozenset({(Kind.UNCHANGED, ""), (Kind.SKIPPED, "closed_by_human")})
_PUT_OFF = frozenset({(Kind.SKIPPED, usage.SPENT), (Kind.SKIPPED, WINDOW_CLOSED.reason)})


@dataclass(frozen=True, slots=True)
class Settled:
    """A commit that, generated with this recipe, leaves nothing to publish."""

    commit: str
    recipe: str


def settled(database: Database, tenant: str) -> dict[str, Settled]:
    """By name, the tenant's repositories whose newest outcome says that there was nothing to publish."""
    rows = _newest(database, tenant)
    lasting = [(name, spec) for name, spec, outcome, reason in rows if (outcome, reason) in _LASTING]
    return {name: _of(spec) for name, spec in lasting}


def put_off(database: Database, tenant: str) -> frozenset[str]:
    """The tenant's repositories that the last job which came to them had no time or GPU hours left for."""
    rows = _newest(database, tenant)
    return frozenset(name for name, _, outcome, reason in rows if (outcome, reason) in _PUT_OFF)


def _newest(database: Database, tenant: str) -> list[tuple[str, str, str, str]]:
    """Name, spec, outcome and reason of the newest row of each repository that was planned and has ended."""
    done = (JobRow.tenant == tenant, RepositoryRow.outcome.is_not(None), RepositoryRow.spec.is_not(None))
    joined = select(RepositoryRow.name, func.max(RepositoryRow.finished_at).label("at")).join(JobRow)
    newest = joined.where(*done).group_by(RepositoryRow.name).subquery()
    same = (RepositoryRow.name == newest.c.name) & (RepositoryRow.finished_at == newest.c.at)
    columns = (RepositoryRow.name, RepositoryRow.spec, RepositoryRow.outcome, RepositoryRow.reason)
    query = select(*columns).join(JobRow).join(newest, same).where(*done)
    with database.reading() as session:
        found = session.execute(query).all()
    return [(name, spec or "", outcome or "", reason) for name, spec, outcome, reason in found]


def _of(spec: str) -> Settled:
    known = JobSpec.model_validate_json(spec)
    return Settled(known.commit, known.recipe())
