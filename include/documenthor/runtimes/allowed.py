"""Which runtime may see which repositories."""

from __future__ import annotations

from typing import TYPE_CHECKING

from documenthor.errors import ConfigurationError
from documenthor.settings import Runtime

if TYPE_CHECKING:
    from documenthor.settings import Settings
    from documenthor.tenants import Tenant


def require_allowed(tenant: Tenant, settings: Settings) -> None:
    """Raise `ConfigurationError` if the tenant's repositories are not one's own and nothing walls them off.

    The `process` runtime shares the worker's user, which holds the credentials of every tenant.
    """
    if settings.runtime is not Runtime.PROCESS or tenant.forge.kind == "local":
        return
    if not settings.allow_process_runtime:
        raise ConfigurationError(
            "the process runtime walls off nothing that it reads, so it is refused for GitHub; "
            "set DOCUMENTHOR_RUNTIME=kubernetes, or DOCUMENTHOR_ALLOW_PROCESS_RUNTIME=true if you trust "
            "whoever can push to them"
        )
