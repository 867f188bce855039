"""Forges: where repositories live. Each one satisfies `Discovery` and `PublishingForge`."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeAlias

from documenthor.forge.local import LocalForge
from documenthor.forge.records import PullRequest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from documenthor.db import Database
    from documenthor.forge.github import GitHubConnection, GitHubForge
    from documenthor.settings import Settings
    from documenthor.tenants import Tenant

    # Grows by one name for each kind of forge that a tenant file may ask for.
    Forge: TypeAlias = LocalForge | GitHubForge
    # From the name of a connection to what it holds.
    Connections: TypeAlias = Callable[[str], GitHubConnection]

__all__ = ["LocalForge", "PullRequest", "open_forge"]


@contextmanager
def open_forge(
    tenant: Tenant, settings: Settings, database: Database, connections: Connections
) -> Iterator[Forge]:
    """The tenant's forge, until the work with it is done."""
    own = tenant.forge
    if own.kind == "local":
        yield LocalForge((settings.home / own.path).resolve())
        return
    # Its libraries are heavy, and a tenant of a local forge needs none of them.
    from documenthor.forge.github import GitHubForge

    with GitHubForge(tenant, own, connections(own.connection), database) as forge:
        yield forge
