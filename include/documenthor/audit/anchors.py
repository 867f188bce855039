"""Anchors: where each chain stood once, kept where whoever can write the database cannot reach.

The chain alone shows edits, deletions and changes of order. That its end was cut off, or that all of it
was written anew with hashes that fit, shows only beside an anchor.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from documenthor.db import AuditHeadRow
from documenthor.errors import ConfigurationError

if TYPE_CHECKING:
    from documenthor.db import Database

_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Anchor:
    """The entry `number` of a tenant's chain had this hash."""

    tenant: str
    number: int
    hash: str

    def line(self) -> str:
        """As one line of JSON."""
        return json.dumps(asdict(self), sort_keys=True)


def anchors(database: Database) -> list[Anchor]:
    """Where every chain stands now, by tenant."""
    with database.reading() as session:
        rows = session.scalars(select(AuditHeadRow).order_by(AuditHeadRow.tenant))
        return [Anchor(row.tenant, row.number, row.hash) for row in rows]


def read_anchors(text: str) -> list[Anchor]:
    """Anchors as `Anchor.line` writes them; raises `ConfigurationError` naming the line that is none."""
    numbered = enumerate(text.splitlines(), start=1)
    return [_read(line, number) for number, line in numbered if line.strip()]


def _read(line: str, number: int) -> Anchor:
    try:
        anchor = Anchor(**json.loads(line))
        if isinstance(anchor.tenant, str) and _is_count(anchor.number) and _HASH.fullmatch(anchor.hash):
            return anchor
    except (ValueError, TypeError):
        pass
    raise ConfigurationError(f"line {number} is no anchor; give the file that `audit anchor` wrote")


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0
