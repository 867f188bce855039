"""`documenthor proposals`: what became of our pull requests."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from documenthor.cli.opening import opened

if TYPE_CHECKING:
    import argparse

    from documenthor.cli.groups import Subparsers
    from documenthor.settings import Settings

_HELP = "count pull requests: open, edited by a person, merged, declined, withdrawn"


def add(commands: Subparsers) -> None:
    """Add the command."""
    parser = commands.add_parser("proposals", help=_HELP, description=f"{_HELP}, as last read back")
    parser.add_argument("--tenant", default="", help="only this organisation's")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(run=_show)


def _show(options: argparse.Namespace, settings: Settings) -> None:
    from documenthor import proposals

    with opened(settings) as database:
        found = proposals.counts(database, options.tenant)
    if options.json:
        print(json.dumps(found))
        return
    for tenant, fates in found.items():
        print(f"{tenant}: {', '.join(f'{fate} {count}' for fate, count in fates.items())}")
