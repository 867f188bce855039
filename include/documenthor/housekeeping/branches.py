"""Branches of ours that have no use any more: all that they hold is in the default branch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from sqlalchemy import select

from documenthor.db import JobRow, RepositoryRow
from documenthor.errors import HeadMovedError, UnknownRepositoryError, WriteRefusedError
from documenthor.forge.model import State
from documenthor.outcomes import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from documenthor.db import Database
    from documenthor.forge.model import Proposal


class Forge(Protocol):
    """What is needed of a forge."""

    def proposal(self, repository: str) -> Proposal:
        """Our pull-request branch and the newest pull request from it, as they stand."""

    def delete_branch(self, repository: str, tip: str) -> None:
        """Delete our branch if it still is at `tip`; raises `HeadMovedError` if it is not."""


def stale_branches(database: Database, forge: Forge, tenant: str, *, dry_run: bool = True) -> list[str]:
    """The repositories with such a branch; without `dry_run` it is deleted.

    A branch whose pull request somebody closed stays: it may be opened again. Repositories that were never
    proposed anything are not asked about.
    """
    return list(_swept(database, forge, tenant, dry_run=dry_run))


def _swept(database: Database, forge: Forge, tenant: str, *, dry_run: bool) -> Iterator[str]:
    for name in _proposed(database, tenant):
        try:
            found = forge.proposal(name)
            if not (found.tip and found.is_merged) or found.state is State.OPEN:
                continue
            if not dry_run:
                forge.delete_branch(name, found.tip)
        except (HeadMovedError, UnknownRepositoryError, WriteRefusedError):
            # Somebody works with it, or it is gone: next time will tell.
            continue
        yield name


def _proposed(database: Database, tenant: str) -> list[str]:
    proposed = (JobRow.tenant == tenant, RepositoryRow.outcome == Kind.PULL_REQUEST.value)
    query = select(RepositoryRow.name).join(JobRow).where(*proposed).distinct()
    with database.reading() as session:
        return sorted(session.scalars(query))
