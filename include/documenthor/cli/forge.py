"""`documenthor forge`: whether a tenant's forge lets us do what we need."""

from __future__ import annotations

from importlib.metadata import entry_points
from typing import TYPE_CHECKING

from documenthor.errors import ConfigurationError

if TYPE_CHECKING:
    import argparse

    from documenthor.cli.groups import Subparsers
    from documenthor.forge import Connections
    from documenthor.settings import Settings

# Whoever holds the credentials offers them under this name; the control plane knows nobody by itself.
_GROUP = "documenthor.connections"


def add(commands: Subparsers) -> None:
    """Add the group."""
    group = commands.add_parser("forge", help="the forges").add_subparsers(metavar="COMMAND", required=True)
    check = group.add_parser("check", help="name what a tenant's credential lacks; 1 if it lacks anything")
    check.add_argument("--tenant", required=True, help="the organisation")
    check.set_defaults(run=_check)


def _check(options: argparse.Namespace, settings: Settings) -> int:
    from documenthor.forge.checking import check_forge
    from documenthor.tenants import load_tenant

    report = check_forge(load_tenant(settings.tenants, options.tenant), settings, _connections())
    for note in report.notes:
        print(f"note: {note}")
    for name in report.missing:
        print(f"missing: {name}")
    if not report.missing:
        print(f"{options.tenant}: the forge lets us do all that we need")
    return 1 if report.missing else 0


def _connections() -> Connections:
    found = list(entry_points(group=_GROUP))
    if len(found) != 1:
        raise ConfigurationError(f"{len(found)} packages offer connections ({_GROUP}); install exactly one")
    loaded: Connections = found[0].load()
    return loaded
