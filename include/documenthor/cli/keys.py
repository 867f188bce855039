"""`documenthor keys`: tenants' key pairs. The private half is written to a file and never kept."""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from documenthor.cli.opening import opened
from documenthor.cli.recording import recorded
from documenthor.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from documenthor.cli.groups import Subparsers
    from documenthor.settings import Settings
    from documenthor.tokens import RegisteredKey

_PRIVATE = 0o600
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_ROTATING = "prints the new kid; the keys that end, and when, go to standard error"


def add(commands: Subparsers) -> None:
    """Add the group."""
    group = commands.add_parser("keys", help="tenants' keys").add_subparsers(metavar="COMMAND", required=True)
    new = group.add_parser("new", help="make a key pair, register its public half, print its kid")
    _add_pair(new, _new)
    rotate = group.add_parser(
        "rotate", help="as `new`, and let the tenant's other keys end after an overlap", epilog=_ROTATING
    )
    _add_pair(rotate, _rotate)
    rotate.add_argument(
        "--overlap", type=_duration, default=timedelta(days=1), metavar="TIME", help="as 90s, 30m, 24h, 7d"
    )
    retire = group.add_parser("retire", help="refuse a key from now on")
    retire.add_argument("kid", help="as `keys list` prints it")
    retire.set_defaults(run=_retire)
    listing = group.add_parser("list", help="print kid, tenant, time and state of registered keys")
    listing.add_argument("--tenant", help="this tenant's keys only")
    listing.add_argument("--json", action="store_true", help="one JSON object a line")
    listing.set_defaults(run=_list)


def _add_pair(command: argparse.ArgumentParser, run: Callable[..., None]) -> None:
    command.add_argument("--tenant", required=True, help="the organisation that the key speaks for")
    command.add_argument(
        "--private-key", required=True, type=Path, metavar="FILE", help="where to write the private half"
    )
    command.set_defaults(run=run)


def _duration(text: str) -> timedelta:
    found = re.fullmatch(r"([0-9]{1,6})([smhd])", text)
    if found is None:
        raise argparse.ArgumentTypeError(f"{text!r} is no time such as 90s, 30m, 24h or 7d")
    return timedelta(seconds=int(found[1]) * _SECONDS[found[2]])


def _new(options: argparse.Namespace, settings: Settings) -> None:
    from documenthor import tokens
    from documenthor.tenants import load_tenant

    load_tenant(settings.tenants, options.tenant)
    with opened(settings) as database:
        key = tokens.generate()
        entry = recorded(database, "key.new", options.tenant, key.kid)
        with _written(options.private_key, key.pem), entry:
            tokens.register(database, options.tenant, key.public_pem, datetime.now(UTC))
    print(key.kid)


def _rotate(options: argparse.Namespace, settings: Settings) -> None:
    from documenthor import tokens
    from documenthor.tenants import load_tenant

    load_tenant(settings.tenants, options.tenant)
    with opened(settings) as database:
        key = tokens.generate()
        entry = recorded(database, "key.rotate", options.tenant, key.kid)
        with _written(options.private_key, key.pem), entry:
            now = datetime.now(UTC)
            _, ending = tokens.rotate(database, options.tenant, key.public_pem, now, options.overlap)
    print(key.kid)
    for old in ending:
        print(f"{old.kid} {_state(old, now)}", file=sys.stderr)


def _retire(options: argparse.Namespace, settings: Settings) -> None:
    from documenthor import tokens

    now = datetime.now(UTC)
    with opened(settings) as database, recorded(database, "key.retire", target=options.kid) as operation:
        key = tokens.retire(database, options.kid, now)
        operation.tenant = key.tenant
    print(key.kid, _state(key, now), sep="\t")


def _list(options: argparse.Namespace, settings: Settings) -> None:
    from documenthor import tokens

    now = datetime.now(UTC)
    with opened(settings) as database:
        for key in tokens.listed(database, options.tenant):
            if options.json:
                print(json.dumps(_described(key, now)))
            else:
                print(key.kid, key.tenant, _time(key.created_at), _state(key, now), sep="\t")


def _state(key: RegisteredKey, now: datetime) -> str:
    if key.retired_at is None:
        return "active"
    return f"{'active until' if key.is_active(now) else 'retired'} {_time(key.retired_at)}"


def _described(key: RegisteredKey, now: datetime) -> dict[str, str | bool | None]:
    return {
        "kid": key.kid,
        "tenant": key.tenant,
        "created_at": _time(key.created_at),
        "retired_at": _time(key.retired_at) if key.retired_at else None,
        "active": key.is_active(now),
    }


def _time(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")


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
