"""`python -m documenthor_airflow.role_sync`: FAB's roles made what the tenant files ask for.

It belongs behind `airflow db migrate`, and behind every change of the tenant files. Repeating it changes
nothing. Users are given roles by whoever looks after them; here nobody gets or loses one, but with a tenant's
file go its roles.
"""

from __future__ import annotations

import sys
from contextlib import redirect_stdout
from typing import TYPE_CHECKING, Any

from documenthor.errors import ConfigurationError
from documenthor.settings import Settings
from documenthor.tenants import tenant_names

from documenthor_airflow.roles import PREFIX, Level, permissions_of, role_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from documenthor_airflow.roles import Permission


def main() -> int:
    """Bring the roles in step and print what changed; 1 if that was not possible."""
    settings = Settings.from_environment()
    try:
        # Airflow logs to standard output, which is for what changed.
        with redirect_stdout(sys.stderr):
            changed = _synced(tenant_names(settings.tenants))
    except ConfigurationError as error:
        print(f"documenthor: {error}", file=sys.stderr)
        return 1
    print(*changed, sep="\n", end="\n" if changed else "")
    return 0


def _synced(tenants: list[str]) -> list[str]:
    from airflow.providers.fab.auth_manager.cli_commands.utils import get_application_builder

    with get_application_builder() as builder:
        return list(sync(builder.sm, tenants))


def sync(manager: Any, tenants: Iterable[str]) -> Iterator[str]:  # noqa: ANN401 - FAB's security manager
    """Make the roles of `tenants` exactly what they have to be; yields a line for each change."""
    wanted = {role_of(tenant, level): permissions_of(tenant, level) for tenant in tenants for level in Level}
    if not wanted:
        # A folder that is not mounted must not take everybody's roles away.
        raise ConfigurationError("there are no tenant files; set DOCUMENTHOR_TENANTS to their folder")
    ours = tuple(f"_{level}" for level in Level)
    for role in manager.get_all_roles():
        if role.name.startswith(PREFIX) and role.name.endswith(ours) and role.name not in wanted:
            manager.delete_role(role.name)
            yield f"{role.name}: deleted, its tenant is gone"
    for name, permissions in wanted.items():
        yield from _bring_in_step(manager, name, permissions)


def _bring_in_step(manager: Any, name: str, wanted: frozenset[Permission]) -> Iterator[str]:  # noqa: ANN401
    role = manager.find_role(name)
    if role is None:
        role = manager.add_role(name)
        yield f"{name}: made"
    has = {(each.action.name, each.resource.name): each for each in role.permissions}
    for permission in sorted(wanted - has.keys()):
        manager.add_permission_to_role(role, manager.create_permission(*permission))
        yield f"{name}: may {' '.join(permission)}"
    for permission in sorted(has.keys() - wanted):
        manager.remove_permission_from_role(role, has[permission])
        yield f"{name}: may not {' '.join(permission)} any more"


if __name__ == "__main__":
    sys.exit(main())
