"""The command `documenthor`: prepares the database, and makes tenants' keys and tokens.

Imports wait until a command runs, so that `--help` answers at once.
"""

from __future__ import annotations

import argparse
import os
import sys
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from documenthor.errors import ConfigurationError, DocumenthorError
from documenthor.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from documenthor.db import Database

_PRIVATE = 0o600
# As `documenthor.tokens` has it, which would be slow to import for `--help`; a test compares the two.
_LONGEST = 900
_EPILOG = """settings come from the environment:
  DOCUMENTHOR_HOME          where relative paths start (default: the working directory)
  DOCUMENTHOR_DATABASE_URL  the database (default: documenthor.db in the home)
  DOCUMENTHOR_TENANTS       the folder of tenant files
  DOCUMENTHOR_ISSUER        what tokens name as their issuer
  DOCUMENTHOR_AUDIENCE      what tokens name as their audience
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 if it worked, 1 if not (one line says why), 2 for a wrong call."""
    options = _parser().parse_args(arguments)
    from sqlalchemy.exc import SQLAlchemyError

    try:
        options.run(options, Settings.from_environment())
    except DocumenthorError as error:
        return _fail(str(error))
    except SQLAlchemyError as error:
        # The whole text may run over many lines and repeats the statement.
        cause = getattr(error, "orig", None) or type(error).__name__
        return _fail(f"the database cannot be used: {cause}; has `documenthor db migrate` been run?")
    except OSError as error:
        return _fail(f"{error.filename or 'output'}: {error.strerror or error}")
    return 0


def _fail(reason: str) -> int:
    print(f"documenthor: {'; '.join(reason.splitlines())}", file=sys.stderr)
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="documenthor",
        description="Look after a deployment of Documenthor.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    groups = parser.add_subparsers(metavar="COMMAND", required=True)
    _add_database(
        groups.add_parser("db", help="the database").add_subparsers(metavar="COMMAND", required=True)
    )
    _add_keys(
        groups.add_parser("keys", help="tenants' keys").add_subparsers(metavar="COMMAND", required=True)
    )
    _add_token(groups)
    return parser


if TYPE_CHECKING:
    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 - it has no public name


def _add_database(commands: Subparsers) -> None:
    migrate = commands.add_parser("migrate", help="bring the schema up to date; harmless to repeat")
    migrate.set_defaults(run=_migrate)


def _add_keys(commands: Subparsers) -> None:
    new = commands.add_parser("new", help="make a key pair, register its public half, print its kid")
    new.add_argument("--tenant", required=True, help="the organisation that the key speaks for")
    new.add_argument(
        "--private-key", required=True, type=Path, metavar="FILE", help="where to write the private half"
    )
    new.set_defaults(run=_new_key)
    listing = commands.add_parser("list", help="print kid, tenant and time of registered keys")
    listing.add_argument("--tenant", help="this tenant's keys only")
    listing.set_defaults(run=_list_keys)


def _add_token(commands: Subparsers) -> None:
    token = commands.add_parser("token", help="print a token for one request")
    token.add_argument("--tenant", required=True, help="the organisation that asks")
    token.add_argument(
        "--private-key", required=True, type=Path, metavar="FILE", help="as `keys new` wrote it"
    )
    token.add_argument(
        "--lifetime", type=_seconds, default=300, metavar="SECONDS", help=f"1 to {_LONGEST} (default: 300)"
    )
    token.set_defaults(run=_token)


def _seconds(text: str) -> int:
    seconds = int(text)
    if not 1 <= seconds <= _LONGEST:
        raise argparse.ArgumentTypeError(f"a token lives 1 to {_LONGEST} seconds")
    return seconds


def _migrate(_options: argparse.Namespace, settings: Settings) -> None:
    with _database(settings) as database:
        database.migrate()


def _new_key(options: argparse.Namespace, settings: Settings) -> None:
    from documenthor import tokens
    from documenthor.tenants import load_tenant

    load_tenant(settings.tenants, options.tenant)
    with _database(settings) as database:
        key = tokens.generate()
        with _written(options.private_key, key.pem):
            tokens.register(database, options.tenant, key.public_pem, datetime.now(UTC))
    print(key.kid)


def _list_keys(options: argparse.Namespace, settings: Settings) -> None:
    from documenthor import tokens

    with _database(settings) as database:
        for key in tokens.listed(database, options.tenant):
            print(key.kid, key.tenant, key.created_at.isoformat(timespec="seconds"), sep="\t")


def _token(options: argparse.Namespace, settings: Settings) -> None:
    from documenthor import tokens

    token = tokens.mint(
        options.private_key.read_text("ascii", errors="replace"),
        issuer=settings.issuer,
        audience=settings.audience,
        org=options.tenant,
        now=datetime.now(UTC),
        lifetime=timedelta(seconds=options.lifetime),
    )
    print(token)


@contextmanager
def _database(settings: Settings) -> Iterator[Database]:
    from documenthor.db import Database

    database = Database(settings.database_url)
    try:
        yield database
    finally:
        database.close()


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
