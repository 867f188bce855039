"""What becomes of our pull requests: open, edited by a person, merged, declined, or withdrawn by us.

Nobody tells us, so it is read back: by the publisher, which looks at the newest pull request before it does
anything, and by planning, where a default branch holds what a pull request proposed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from documenthor.db import ProposalRow
from documenthor.outcomes import Fate, Kind, Outcome, Seen

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from sqlalchemy.orm import Session

    from documenthor.db import Database, JobRow

_UNDECIDED = (Fate.OPEN.value, Fate.EDITED.value)
_LONGEST = 512


def note(session: Session, job: JobRow, repository: str, outcome: Outcome, now: datetime) -> None:
    """Keep what a repository's outcome says of its pull requests: of the one before, and of its own."""
    if outcome.seen is not None:
        _put(session, job, repository, outcome.seen, now, is_ours=False)
    if outcome.kind is Kind.PULL_REQUEST and outcome.reference:
        _put(session, job, repository, Seen(outcome.reference, Fate.OPEN), now, is_ours=True)


def note_merged(
    database: Database, tenant: str, documented: Collection[tuple[str, str]], now: datetime
) -> None:
    """Default branches hold what these jobs proposed for these repositories, so it was merged."""
    known = set(documented)
    if not known:
        return
    query = select(ProposalRow).where(ProposalRow.tenant == tenant, ProposalRow.fate.in_(_UNDECIDED))
    with database.reading() as session:
        if not any((row.repository, row.job_id) in known for row in session.scalars(query)):
            return
    with database.session() as session:
        for row in session.scalars(query.with_for_update()):
            if (row.repository, row.job_id) in known:
                row.fate, row.changed_at = Fate.MERGED.value, now


def counts(database: Database, tenant: str = "") -> dict[str, dict[Fate, int]]:
    """How many pull requests of each tenant, or of this one, came to what; every fate is there."""
    query = select(ProposalRow.tenant, ProposalRow.fate, func.count())
    query = query.group_by(ProposalRow.tenant, ProposalRow.fate).order_by(ProposalRow.tenant)
    if tenant:
        query = query.where(ProposalRow.tenant == tenant)
    with database.reading() as session:
        rows = session.execute(query).all()
    found: dict[str, dict[Fate, int]] = {}
    for name, fate, count in rows:
        found.setdefault(name, dict.fromkeys(Fate, 0))[Fate(fate)] = count
    return found


def _put(session: Session, job: JobRow, repository: str, seen: Seen, now: datetime, *, is_ours: bool) -> None:
    """Write down one pull request; the job that it belongs to changes with what is proposed in it."""
    key = (job.tenant, repository, seen.reference[:_LONGEST])
    row = session.get(ProposalRow, key)
    if row is None:
        row = ProposalRow(tenant=key[0], repository=key[1], reference=key[2], opened_at=now, job_id=job.id)
        session.add(row)
    elif is_ours:
        row.job_id = job.id
    if row.fate != seen.fate.value:
        row.fate, row.changed_at = seen.fate.value, now
