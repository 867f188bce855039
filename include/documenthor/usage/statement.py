"""A tenant's month: every attempt that ended in it once, in the line of its repository and of who pays."""

from __future__ import annotations

import csv
import io
import re
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple, Self
from zoneinfo import ZoneInfo

from pydantic import BaseModel, Field

from documenthor.db import UsageRow
from documenthor.usage.model import Totals, seconds
from documenthor.usage.totals import ended, grouped

if TYPE_CHECKING:
    from documenthor.db import Database
    from documenthor.tenants import Tenant

PATTERN = r"^20[0-9]{2}-(0[1-9]|1[0-2])$"
_MONTH = re.compile(PATTERN.strip("^$"))
_DECEMBER = 12
# A spreadsheet takes what begins so for a formula.
_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n")
_KEYS = (
    UsageRow.repository,
    UsageRow.waived,
    UsageRow.currency,
    UsageRow.gpu_hour,
    UsageRow.cpu_hour,
)


class Month(NamedTuple):
    """A month of some time zone's."""

    year: int
    number: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """The month that `2026-11` is; raises `ValueError` for anything else."""
        if not _MONTH.fullmatch(text):
            raise ValueError(f"{text!r} is no month such as '2026-11'")
        return cls(int(text[:4]), int(text[5:]))

    @classmethod
    def of(cls, moment: datetime, zone: str) -> Self:
        """The month that it is then, there."""
        here = moment.astimezone(ZoneInfo(zone))
        return cls(here.year, here.month)

    def __str__(self) -> str:
        return f"{self.year}-{self.number:02}"

    def next(self) -> Month:
        """The one after it."""
        return Month(self.year + 1, 1) if self.number == _DECEMBER else Month(self.year, self.number + 1)

    def start(self, zone: str) -> datetime:
        """Its first moment."""
        return datetime(self.year, self.number, 1, tzinfo=ZoneInfo(zone))


class StatementLine(BaseModel):
    """Attempts on one repository that the same one pays for, for the same reason and at the same prices.

    `reason` says why nobody pays; prices are those of an hour.
    """

    repository: str
    pays: Literal["tenant", "nobody"]
    reason: str
    attempts: int
    gpu_seconds: Decimal
    cpu_seconds: Decimal
    gpu_hour: Decimal
    cpu_hour: Decimal
    currency: str
    cost: Decimal


class Statement(BaseModel):
    """What a tenant's month took and costs: the sums of `lines`, exactly, with `cost` by currency.

    Until `is_complete` more may come. Times were measured by the cluster or the operating system.
    """

    tenant: str
    month: Annotated[str, Field(pattern=PATTERN)]
    time_zone: str
    is_complete: bool
    attempts: int
    gpu_seconds: Decimal
    cpu_seconds: Decimal
    cost: dict[str, Decimal]
    lines: list[StatementLine]


def statement(database: Database, tenant: Tenant, month: Month, now: datetime) -> Statement:
    """The tenant's statement of the month, as far as it has come."""
    zone = tenant.cost.time_zone
    since, until = month.start(zone), month.next().start(zone)
    with database.reading() as session:
        own = (UsageRow.tenant == tenant.organisation, *ended(since, until))
        found = grouped(session, _KEYS, *own)
    whole = sum(found.values(), Totals())
    return Statement(
        tenant=tenant.organisation,
        month=str(month),
        time_zone=zone,
        is_complete=now >= until,
        attempts=whole.attempts,
        gpu_seconds=whole.gpu_seconds,
        cpu_seconds=whole.cpu_seconds,
        cost=whole.cost,
        lines=[_line(key, found[key]) for key in sorted(found)],
    )


def _line(key: tuple[str, ...], found: Totals) -> StatementLine:
    repository, waived, currency, gpu_hour, cpu_hour = key
    return StatementLine(
        repository=repository,
        pays="nobody" if waived else "tenant",
        reason=waived,
        attempts=found.attempts,
        gpu_seconds=seconds(found.gpu_ms),
        cpu_seconds=seconds(found.cpu_ms),
        gpu_hour=Decimal(gpu_hour),
        cpu_hour=Decimal(cpu_hour),
        currency=currency,
        cost=found.cost.get(currency, Decimal("0.000000")),
    )


def as_csv(found: Statement) -> str:
    """The lines as a table (RFC 4180), in which no cell is a formula."""
    written = io.StringIO()
    table = csv.writer(written, lineterminator="\r\n")
    table.writerow(["tenant", "month", *StatementLine.model_fields])
    for line in found.lines:
        cells = (found.tenant, found.month, *dict(line).values())
        table.writerow([_plain(str(cell)) for cell in cells])
    return written.getvalue()


def _plain(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULAS) else cell
