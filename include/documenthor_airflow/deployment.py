"""What a task needs of the deployment, opened once per process and on first use."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, cached_property
from typing import TYPE_CHECKING

from documenthor.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from documenthor.db import Database
    from documenthor.forge import Forge
    from documenthor.metrics import Metrics
    from documenthor.tenants import Tenant


@dataclass(frozen=True)
class Deployment:
    """Settings, and the things that are opened with them. Heavy imports wait until they are used."""

    settings: Settings

    @cached_property
    def database(self) -> Database:
        """Our own database."""
        from documenthor.db import Database

        return Database(self.settings.database_url)

    @cached_property
    def metrics(self) -> Metrics:
        """Where tasks send measurements; Airflow sets its client up before it runs one."""
        from airflow.sdk.observability import stats
        from documenthor.metrics import Metrics

        return Metrics(stats)

    def tenant(self, organisation: str) -> Tenant:
        """The tenant as its file says now."""
        from documenthor.tenants import load_tenant

        return load_tenant(self.settings.tenants, organisation)

    @contextmanager
    def forge(self, organisation: str) -> Iterator[Forge]:
        """The tenant's forge, until the work with it is done."""
        from documenthor.forge import open_forge

        from documenthor_airflow.connections import read_connection

        tenant = self.tenant(organisation)
        with open_forge(tenant, self.settings, self.database, read_connection) as forge:
            yield forge


@cache
def deployment() -> Deployment:
    """This process's deployment, from its environment."""
    return Deployment(Settings.from_environment())


def now() -> datetime:
    """The clock that tasks use."""
    return datetime.now(UTC)
