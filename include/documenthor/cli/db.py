"""`documenthor db`: the schema of the control plane's database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from documenthor.cli.opening import opened

if TYPE_CHECKING:
    import argparse

    from documenthor.cli.groups import Subparsers
    from documenthor.settings import Settings


def add(commands: Subparsers) -> None:
    """Add the group."""
    group = commands.add_parser("db", help="the database").add_subparsers(metavar="COMMAND", required=True)
    migrate = group.add_parser("migrate", help="bring the schema up to date; harmless to repeat")
    migrate.set_defaults(run=_migrate)


def _migrate(_options: argparse.Namespace, settings: Settings) -> None:
    with opened(settings) as database:
        database.migrate()
