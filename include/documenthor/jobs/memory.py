"""What earlier jobs found out: where there was nothing to write. It may be lost at any time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from docgen.contract import JobSpec
from sqlalchemy import func, select

from documenthor.db import JobRow, RepositoryRow
from documenthor.outcomes import Kind

if TYPE_CHECKING:
    from documenthor.db import Database

# The outcomes that the same commit with the same recipe would have again.
_LASTING = frozenset({(Kind.UNCHANGED, ""), (Kind.SKIPPED, "closed_by_human")})


@dataclass(frozen=True, slots=True)
class Settled:
    """A commit that, generated with this recipe, leaves nothing to publish."""

    commit: str
    recipe: str


def settled(database: Database, tenant: str) -> dict[str, Settled]:
    """By name, the tenant's repositories whose newest outcome says that there was nothing to publish."""
    done = (JobRow.tenant == tenant, RepositoryRow.outcome.is_not(None), RepositoryRow.spec.is_not(None))
    joined = select(RepositoryRow.name, func.max(RepositoryRow.finished_at).label("at")).join(JobRow)
    newest = joined.where(*done).group_by(RepositoryRow.name).subquery()
    same = (RepositoryRow.name == newest.c.name) & (RepositoryRow.finished_at == newest.c.at)
    columns = (RepositoryRow.name, RepositoryRow.spec, RepositoryRow.outcome, RepositoryRow.reason)
    query = select(*columns).join(JobRow).join(newest, same).where(*done)
    with database.reading() as session:
        rows = session.execute(query).all()
    lasting = [(name, spec) for name, spec, outcome, reason in rows if (outcome, reason) in _LASTING]
    return {name: _of(spec) for name, spec in lasting if spec is not None}


def _of(spec: str) -> Settled:
    known = JobSpec.model_validate_json(spec)
    return Settled(known.commit, known.recipe())
