"""What a tenant file says about GitHub. Credentials are in an Airflow connection, never here."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field

from documenthor.forge.filters import Filters
from documenthor.tenants.section import Section, TimeZone

_HOURS = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])-([01][0-9]|2[0-3]):([0-5][0-9])")
Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
_DAYS: tuple[Day, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
Login = Annotated[str, Field(pattern=r"^(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,38}))?$")]


class Creations(Section):
    """How many refs, commits, pull requests, comments and labels are written at most."""

    a_minute: int = Field(default=60, ge=1, le=80)
    an_hour: int = Field(default=400, ge=1, le=500)


def _hours(text: str) -> str:
    match = _HOURS.fullmatch(text)
    if match is None or match[1] + match[2] == match[3] + match[4]:
        raise ValueError(f"{text!r} is no time of day to another such as '22:00-05:30'")
    return text


class Rollout(Section):
    """When documentation may be published: from one time of day to another, on the days that this begins.

    `22:00-05:30` ends on the next day.
    """

    hours: Annotated[str, AfterValidator(_hours)]
    days: Annotated[tuple[Day, ...], Field(min_length=1)] = _DAYS
    time_zone: TimeZone = "UTC"

    def next_open(self, at: datetime) -> datetime:
        """`at` if publishing is allowed then, else the next time at which it is."""
        here = at.astimezone(ZoneInfo(self.time_zone))
        start, end = (time.fromisoformat(part) for part in self.hours.split("-"))
        for days in range(-1, 9):
            date = here.date() + timedelta(days=days)
            opens = datetime.combine(date, start, here.tzinfo)
            closes = datetime.combine(date + timedelta(days=end <= start), end, here.tzinfo)
            if _DAYS[date.weekday()] in self.days and at < closes:
                return max(at, opens.astimezone(at.tzinfo))
        raise AssertionError("unreachable: a week has each day")


class GitHub(Section):
    """An organisation on GitHub; without `organisation` it is called as the tenant is.

    `connection` is the Airflow connection with the credential. Repositories whose history takes more than
    `largest_mib` are skipped.
    """

    kind: Literal["github"]
    organisation: Login = ""
    connection: Annotated[str, Field(pattern=r"^[A-Za-z0-9_.:-]{1,200}$")] = "github_default"
    filters: Filters = Filters()
    largest_mib: int = Field(default=2048, ge=1)
    creations: Creations = Creations()
    rollout: Rollout | None = None
