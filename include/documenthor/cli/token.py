"""`documenthor token`: a signed token for one request."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from documenthor.cli.groups import Subparsers
    from documenthor.settings import Settings

# As `documenthor.tokens` has it, which would be slow to import for `--help`; a test compares the two.
LONGEST = 900


def add(commands: Subparsers) -> None:
    """Add the command."""
    token = commands.add_parser("token", help="print a token for one request")
    token.add_argument("--tenant", required=True, help="the organisation that asks")
    token.add_argument(
        "--private-key", required=True, type=Path, metavar="FILE", help="as `keys new` wrote it"
    )
    token.add_argument(
        "--lifetime", type=_seconds, default=300, metavar="SECONDS", help=f"1 to {LONGEST} (default: 300)"
    )
    token.add_argument(
        "--repository", metavar="NAME", help="speak for this repository alone (default: for the tenant)"
    )
    token.set_defaults(run=_token)


def _seconds(text: str) -> int:
    seconds = int(text)
    if not 1 <= seconds <= LONGEST:
        raise argparse.ArgumentTypeError(f"a token lives 1 to {LONGEST} seconds")
    return seconds


def _token(options: argparse.Namespace, settings: Settings) -> None:
    from documenthor import tokens

    token = tokens.mint(
        options.private_key.read_text("ascii", errors="replace"),
        issuer=settings.issuer,
        audience=settings.audience,
        org=options.tenant,
        now=datetime.now(UTC),
        lifetime=timedelta(seconds=options.lifetime),
        repository=options.repository,
    )
    print(token)
