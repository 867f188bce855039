"""`GitHubForge`: an organisation on GitHub, opened with one credential and closed when the work is done."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from documenthor.forge.github import line, refs
from documenthor.forge.github.access import Access
from documenthor.forge.github.api import Purpose
from documenthor.forge.github.budget import SharedBudget
from documenthor.forge.github.discovery import GitHubDiscovery
from documenthor.forge.github.place import Place
from documenthor.forge.github.publishing import GitHubPublishing
from documenthor.forge.github.rationed import Rationed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from types import TracebackType
    from typing import Self

    from documenthor.db import Database
    from documenthor.forge.discovery import Repository, Unfit
    from documenthor.forge.github.api import Api
    from documenthor.forge.github.credentials import GitHubConnection
    from documenthor.forge.github.transport import ConnectionFactory
    from documenthor.forge.model import Loan
    from documenthor.tenants import GitHub, Tenant


def _now() -> datetime:
    return datetime.now(UTC)


class GitHubForge(GitHubPublishing):
    """The repositories of a tenant's organisation; satisfies `Discovery` and `PublishingForge`."""

    def __init__(
        self,
        tenant: Tenant,
        own: GitHub,
        connection: GitHubConnection,
        database: Database,
        clock: Callable[[], datetime] = _now,
        connect: ConnectionFactory | None = None,
    ) -> None:
        organisation = own.organisation or tenant.organisation
        self._access = Access(connection, organisation, clock, connect)
        self._organisation = organisation
        self._budget = SharedBudget(database, connection.account(organisation), own, clock)
        self._discovery = GitHubDiscovery(
            api=lambda: self._open(Purpose.DISCOVER, ""),
            organisation=organisation,
            web_url=connection.web_url,
            own=own,
            locked=frozenset(tenant.options.locked),
            clock=clock,
        )
        super().__init__(
            organisation,
            lambda repository: self._open(Purpose.PUBLISH, repository),
            tenant.publishing,
            clock,
        )

    def discover(self, names: Sequence[str] | None) -> list[Repository | Unfit]:
        """`names` in the order given, or for None the whole organisation, sorted by name."""
        return self._discovery.discover(names)

    def pin(self, repository: Repository, ref: str) -> Repository | Unfit:
        """`repository` at the commit that `ref` names, if documentation of that can be published."""
        reading = Place(self._open(Purpose.DISCOVER, ""), self._organisation, repository.name)
        return refs.pinned(reading, repository, ref)

    def before(self, repository: Repository, moment: datetime) -> Repository | Unfit:
        """`repository` at the last commit that its default branch held before `moment`."""
        reading = Place(self._open(Purpose.DISCOVER, ""), self._organisation, repository.name)
        return line.before(reading, repository, moment)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _open(self, purpose: Purpose, repository: str) -> Api:
        return Rationed(self._access.api(purpose, repository), self._budget, repository)

    def close(self) -> None:
        """Revoke and end everything."""
        self._access.close()

    @contextmanager
    def clone_token(self, repository: str) -> Iterator[str]:
        """A token that reads this repository alone, revoked at the end."""
        self._budget.check(repository)
        try:
            yield self._access.token(Purpose.CLONE, repository)
        finally:
            self._access.drop(Purpose.CLONE, repository)

    def hand_out_token(self, repository: str) -> Loan:
        """A token that reads this repository alone and outlives this forge, by an hour at most."""
        self._budget.check(repository)
        return self._access.hand_out(Purpose.CLONE, repository)

    def take_back(self, loan: Loan) -> None:
        """Revoke a token that nobody will use; if that fails it expires within the hour."""
        self._access.take_back(loan)
