"""`GitHubForge`: an organisation on GitHub, opened with one credential and closed when the work is done."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from documenthor.forge.github.access import Access
from documenthor.forge.github.api import Purpose
from documenthor.forge.github.discovery import GitHubDiscovery

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import TracebackType
    from typing import Self

    from documenthor.forge.github.credentials import GitHubConnection
    from documenthor.forge.github.transport import ConnectionFactory
    from documenthor.tenants import GitHub, Tenant


def _now() -> datetime:
    return datetime.now(UTC)


class GitHubForge(GitHubDiscovery):
    """The repositories of a tenant's organisation; `close` revokes every token that was issued for it."""

    def __init__(
        self,
        tenant: Tenant,
        own: GitHub,
        connection: GitHubConnection,
        clock: Callable[[], datetime] = _now,
        connect: ConnectionFactory | None = None,
    ) -> None:
        organisation = own.organisation or tenant.organisation
        self._access = Access(connection, organisation, clock, connect)
        GitHubDiscovery.__init__(
            self,
            api=lambda: self._access.api(Purpose.DISCOVER),
            organisation=organisation,
            web_url=connection.web_url,
            own=own,
            locked=frozenset(tenant.options.locked),
            clock=clock,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Revoke and end everything."""
        self._access.close()

    @contextmanager
    def clone_token(self, repository: str) -> Iterator[str]:
        """A token that reads this repository alone, revoked at the end."""
        try:
            yield self._access.token(Purpose.CLONE, repository)
        finally:
            self._access.drop(Purpose.CLONE, repository)
