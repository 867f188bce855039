"""`documenthor pools`: Airflow's pools as the tenant files want them, in the form that Airflow imports."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

    from documenthor.cli.groups import Subparsers
    from documenthor.settings import Settings


def add(commands: Subparsers) -> None:
    """Add the command."""
    pools = commands.add_parser(
        "pools",
        help="print Airflow's pool of every tenant, for `airflow pools import FILE`",
        description="In a pool a deferred task counts, too, because its pod is at work meanwhile.",
    )
    pools.set_defaults(run=_pools)


def _pools(_options: argparse.Namespace, settings: Settings) -> None:
    from documenthor.tenants import load_all

    described = {
        tenant.pool: {
            "slots": tenant.pods.quota,
            "description": f"generators of {tenant.organisation} at once, by its tenant file",
            "include_deferred": True,
        }
        for tenant in load_all(settings.tenants)
    }
    print(json.dumps(described, indent=2))
