"""`documenthor keys`: tenants' key pairs. The private half is written to a file and never kept."""

from __future__ import annotations

import os
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from documenthor.cli.opening import opened
from documenthor.errors import ConfigurationError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from documenthor.cli.groups import Subparsers
    from documenthor.settings import Settings

_PRIVATE = 0o600


def add(commands: Subparsers) -> None:
    """Add the group."""
    group = commands.add_parser("keys", help="tenants' keys").add_subparsers(metavar="COMMAND", required=True)
    new = group.add_parser("new", help="make a key pair, register its public half, print its kid")
    new.add_argument("--tenant", required=True, help="the organisation that the key speaks for")
    new.add_argument(
        "--private-key", required=True, type=Path, metavar="FILE", help="where to write the private half"
    )
    new.set_defaults(run=_new)
    listing = group.add_parser("list", help="print kid, tenant and time of registered keys")
    listing.add_argument("--tenant", help="this tenant's keys only")
    listing.set_defaults(run=_list)


def _new(options: argparse.Namespace, settings: Settings) -> None:
    from documenthor import tokens
    from documenthor.tenants import load_tenant

    load_tenant(settings.tenants, options.tenant)
    with opened(settings) as database:
        key = tokens.generate()
        with _written(options.private_key, key.pem):
            tokens.register(database, options.tenant, key.public_pem, datetime.now(UTC))
    print(key.kid)


def _list(options: argparse.Namespace, settings: Settings) -> None:
    from documenthor import tokens

    with opened(settings) as database:
        for key in tokens.listed(database, options.tenant):
            print(key.kid, key.tenant, key.created_at.isoformat(timespec="seconds"), sep="\t")


@contextmanager
def _written(path: Path, secret: str) -> Iterator[None]:
    """A new file that only its owner can read; it is gone again if the block fails."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE)
    except FileExistsError as error:
        raise ConfigurationError(f"{path}: exists already, and keys are never overwritten") from error
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(secret)
        yield
    except BaseException:
        path.unlink(missing_ok=True)
        raise
