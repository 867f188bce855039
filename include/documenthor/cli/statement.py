"""`documenthor statement`: what a tenant's month took and costs."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from documenthor.cli import showing
from documenthor.cli.opening import opened
from documenthor.errors import ConfigurationError

if TYPE_CHECKING:
    import argparse

    from documenthor.cli.groups import Subparsers
    from documenthor.settings import Settings


def add(commands: Subparsers) -> None:
    """Add the command."""
    parser = commands.add_parser("statement", help="print what a tenant's month took and costs")
    parser.add_argument("--tenant", required=True, help="whose")
    parser.add_argument("--month", default="", metavar="YYYY-MM", help="which (default: this one)")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--csv", action="store_true", help="print a table for a spreadsheet")
    form.add_argument("--json", action="store_true", help="print what the API answers")
    parser.set_defaults(run=_statement)


def _statement(options: argparse.Namespace, settings: Settings) -> None:
    from documenthor.tenants import load_tenant
    from documenthor.usage import Month, as_csv, statement

    tenant, now = load_tenant(settings.tenants, options.tenant), datetime.now(UTC)
    try:
        month = Month.parse(options.month) if options.month else Month.of(now, tenant.cost.time_zone)
    except ValueError as error:
        raise ConfigurationError(f"--month: {error}") from error
    with opened(settings) as database:
        found = statement(database, tenant, month, now)
    if options.csv:
        print(as_csv(found), end="")
    elif options.json:
        print(found.model_dump_json(indent=2))
    else:
        showing.statement(found)
