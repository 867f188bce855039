"""The section `cost` of a tenant file: prices, and what a night may take at most."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field

from documenthor.tenants.section import Section, TimeZone

_TIME = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]")


def _time_of_day(text: str) -> str:
    if not _TIME.fullmatch(text):
        raise ValueError(f"{text!r} is no time of day such as '12:00'")
    return text


Price = Annotated[Decimal, Field(ge=0, max_digits=12, decimal_places=6, allow_inf_nan=False)]
Hours = Annotated[Decimal, Field(ge=0, le=1_000_000, decimal_places=3, allow_inf_nan=False)]


class Cost(Section):
    """Prices for an hour of one GPU and of one CPU, charged by the millisecond; 0 asks for nothing.

    A night lasts from `night_starts` for a day, and no generation begins in it after `gpu_hours_per_night`
    are spent; without that nothing is bounded. `time_zone` is that of nights, and of a statement's months.
    """

    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] = "EUR"
    gpu_hour: Price = Decimal(0)
    cpu_hour: Price = Decimal(0)
    gpu_hours_per_night: Hours | None = None
    night_starts: Annotated[str, AfterValidator(_time_of_day)] = "12:00"
    time_zone: TimeZone = "UTC"

    def night_of(self, at: datetime) -> datetime:
        """When the night that `at` lies in began."""
        here = at.astimezone(ZoneInfo(self.time_zone))
        start = datetime.combine(here.date(), time.fromisoformat(self.night_starts), here.tzinfo)
        # One wall-clock day back is right across a change of the clocks, too.
        return start if start.astimezone(at.tzinfo) <= at else start - timedelta(days=1)
