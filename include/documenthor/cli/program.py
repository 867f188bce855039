"""Running one command: its options, its settings, and one line for whatever went wrong.

Imports wait until a command runs, so that `--help` answers at once.
"""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from documenthor.cli.groups import GROUPS
from documenthor.errors import DocumenthorError
from documenthor.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Sequence

_EPILOG = """settings come from the environment:
  DOCUMENTHOR_HOME          where relative paths start (default: the working directory)
  DOCUMENTHOR_DATABASE_URL  the database (default: documenthor.db in the home)
  DOCUMENTHOR_TENANTS       the folder of tenant files
  DOCUMENTHOR_ISSUER        what tokens name as their issuer
  DOCUMENTHOR_AUDIENCE      what tokens name as their audience
  DOCUMENTHOR_ENCRYPTION_KEYS  what webhooks' secrets are kept with: Fernet keys, the newest first

submit, status, jobs, cancel and retry call a running service:
  DOCUMENTHOR_URL               where it is
  DOCUMENTHOR_TENANT            the organisation that asks
  DOCUMENTHOR_PRIVATE_KEY_FILE  its key, as `keys new` wrote it
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 if it worked, 1 if not (one line says why), 2 for a wrong call.

    A command may return a status of its own; its help says what that means.
    """
    options = _parser().parse_args(arguments)
    from sqlalchemy.exc import SQLAlchemyError

    try:
        status: int | None = options.run(options, Settings.from_environment())
    except DocumenthorError as error:
        return _fail(str(error))
    except SQLAlchemyError as error:
        # The whole text may run over many lines and repeats the statement.
        cause = getattr(error, "orig", None) or type(error).__name__
        return _fail(f"the database cannot be used: {cause}; has `documenthor db migrate` been run?")
    except OSError as error:
        return _fail(f"{error.filename or 'output'}: {error.strerror or error}")
    return status or 0


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
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    for add in GROUPS:
        add(commands)
    return parser
