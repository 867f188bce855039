"""Entries in the audit log for what an operator changes on the command line."""

from __future__ import annotations

import os
import pwd
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from documenthor.errors import DocumenthorError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from documenthor.db import Database


@dataclass(slots=True)
class Operation:
    """What is changed, and whose it is; a command may learn both only while it works."""

    tenant: str
    target: str


@contextmanager
def recorded(database: Database, name: str, tenant: str = "", target: str = "") -> Iterator[Operation]:
    """Write an entry for the operation `name` when the block ends, also when it was refused.

    A command prints what it did behind this: what cannot be recorded is not told as done.
    """
    from documenthor.audit import Result

    operation = Operation(tenant, target)
    try:
        yield operation
    except DocumenthorError as error:
        _append(database, name, operation, Result.FAILURE, str(error))
        raise
    _append(database, name, operation, Result.SUCCESS, "")


def _append(database: Database, name: str, operation: Operation, result: str, reason: str) -> None:
    from documenthor import audit

    event = audit.Event(
        tenant=operation.tenant,
        actor=f"cli:{_user()}",
        operation=name,
        result=audit.Result(result),
        target=operation.target,
        reason=reason,
    )
    audit.append(database, event, datetime.now(UTC))


def _user() -> str:
    """The account's name by its number; the environment could name anybody."""
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return str(os.getuid())
