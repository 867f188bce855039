"""`documenthor colours`: which of several deployments over one database is active, and what they work on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from documenthor.cli.opening import opened
from documenthor.cli.recording import recorded

if TYPE_CHECKING:
    import argparse

    from documenthor.cli.groups import Subparsers
    from documenthor.settings import Settings

_DRAINED = "the status is 0 if the colour works on nothing, else 3"
_AT_WORK = 3


def add(commands: Subparsers) -> None:
    """Add the group."""
    group = commands.add_parser("colours", help="deployments over one database")
    commands = group.add_subparsers(metavar="COMMAND", required=True)
    listing = commands.add_parser(
        "list", help="print each colour, how many jobs it works on, and which is active"
    )
    listing.set_defaults(run=_list)
    activate = commands.add_parser("activate", help="give scheduled work to a colour from now on")
    activate.add_argument("colour")
    activate.set_defaults(run=_activate)
    drained = commands.add_parser("drained", help="see whether a colour works on anything", epilog=_DRAINED)
    drained.add_argument("colour")
    drained.set_defaults(run=_drained)


def _list(_options: argparse.Namespace, settings: Settings) -> None:
    from documenthor import colours

    with opened(settings) as database:
        at_work, active = colours.at_work(database), colours.active(database)
    for colour in sorted({*at_work, active} - {""}):
        print(colour, at_work.get(colour, 0), "active" if colour == active else "", sep="\t")


def _activate(options: argparse.Namespace, settings: Settings) -> None:
    from datetime import UTC, datetime

    from documenthor import colours
    from documenthor.settings import colour

    name = colour(options.colour)
    with opened(settings) as database, recorded(database, "colour.activate", target=name):
        colours.activate(database, name, datetime.now(UTC))
    print(name)


def _drained(options: argparse.Namespace, settings: Settings) -> int:
    from documenthor import colours

    with opened(settings) as database:
        count = colours.at_work(database).get(options.colour, 0)
    print(count)
    return _AT_WORK if count else 0
