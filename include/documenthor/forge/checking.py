"""Whether a tenant's forge can be used, before anybody waits for it at night."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from documenthor.errors import ForgeError

if TYPE_CHECKING:
    from documenthor.forge import Connections
    from documenthor.forge.github.checking import Report
    from documenthor.settings import Settings
    from documenthor.tenants import Tenant


def check_forge(tenant: Tenant, settings: Settings, connections: Connections) -> Report:
    """What the tenant's credential lacks; raises `ForgeError` if the forge cannot be reached."""
    from documenthor.forge.github.access import Access
    from documenthor.forge.github.checking import Report, check

    own = tenant.forge
    if own.kind == "local":
        folder = (settings.home / own.path).resolve()
        if not folder.is_dir():
            raise ForgeError(f"the forge's folder {folder} does not exist; create it")
        return Report()
    organisation = own.organisation or tenant.organisation
    access = Access(connections(own.connection), organisation, lambda: datetime.now(UTC))
    try:
        return check(access)
    finally:
        access.close()
