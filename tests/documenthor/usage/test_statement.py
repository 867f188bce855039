"""A month's statement: every attempt once, and sums to the last millionth."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from documenthor import usage
from documenthor.tenants import Cost, Tenant
from documenthor.usage import Ending, Month, Statement, as_csv, statement
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.documenthor.support import NOW
from tests.documenthor.usage.support import PRICES, measured, opened, record

if TYPE_CHECKING:
    from documenthor.db import Database

_MAY = Month(2026, 5)


def _tenant(zone: str = "UTC", name: str = "acme") -> Tenant:
    content = {"organisation": name, "forge": {"kind": "local"}, "cost": Cost(time_zone=zone)}
    return Tenant.model_validate(content)


def _statement(database: Database, month: Month = _MAY, zone: str = "UTC") -> Statement:
    return statement(database, _tenant(zone), month, NOW)


def test_lines_say_who_pays_for_what_and_why(database: Database) -> None:
    job = opened(database, "web", "api")
    record(database, job, "web", measured("pod:1", ending=Ending.EVICTED, seconds=40))
    record(database, job, "web", measured("pod:2", start=NOW + timedelta(minutes=1)))
    dearer = PRICES.model_copy(update={"gpu_hour": Decimal("7.2")})
    record(database, job, "api", measured("pod:3"), cost=dearer)
    found = _statement(database)
    shown = [
        (line.repository, line.pays, line.reason, str(line.gpu_seconds), str(line.cost))
        for line in found.lines
    ]
    assert shown == [
        ("api", "tenant", "", "100.000", "0.220000"),
        ("web", "tenant", "", "100.000", "0.120000"),
        ("web", "nobody", "evicted", "40.000", "0.000000"),
    ]
    assert [str(line.gpu_hour) for line in found.lines] == ["7.2", "3.6", "3.6"]
    assert (found.attempts, str(found.gpu_seconds), str(found.cpu_seconds)) == (3, "240.000", "480.000")
    assert (found.cost, found.is_complete) == ({"EUR": Decimal("0.340000")}, False)


def test_currencies_are_not_added_up(database: Database) -> None:
    job = opened(database, "web", "api")
    record(database, job, "web", measured("pod:1"))
    dollars = PRICES.model_copy(update={"currency": "USD"})
    record(database, job, "api", measured("pod:2"), cost=dollars)
    assert _statement(database).cost == {"EUR": Decimal("0.12"), "USD": Decimal("0.12")}


EDGES = [
    ("UTC", "2026-05-01T00:00:00", True),
    ("UTC", "2026-04-30T23:59:59", False),
    ("UTC", "2026-05-31T23:59:59", True),
    ("UTC", "2026-06-01T00:00:00", False),
    ("Europe/Berlin", "2026-04-30T22:00:00", True),
    ("Europe/Berlin", "2026-04-30T21:59:59", False),
    ("America/New_York", "2026-06-01T03:59:59", True),
    ("America/New_York", "2026-06-01T04:00:00", False),
]


@pytest.mark.parametrize(("zone", "ends", "is_in"), EDGES)
def test_a_month_is_the_tenants_own(database: Database, zone: str, ends: str, *, is_in: bool) -> None:
    end = datetime.fromisoformat(ends).replace(tzinfo=UTC)
    job = opened(database, "web")
    record(database, job, "web", measured("pod:1", seconds=60, start=end - timedelta(seconds=60)))
    assert _statement(database, zone=zone).attempts == is_in


def test_a_month_is_complete_when_it_is_over(database: Database) -> None:
    ends = datetime(2026, 6, 1, tzinfo=UTC)
    moments = {ends - timedelta(seconds=1): False, ends: True}
    for now, is_complete in moments.items():
        assert statement(database, _tenant(), _MAY, now).is_complete == is_complete


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    took=st.lists(st.tuples(st.integers(0, 10**7), st.integers(0, 365)), max_size=6),
    price=st.decimals(0, 100, places=6),
)
def test_the_lines_of_all_months_are_the_whole(
    database: Database, took: list[tuple[int, int]], price: Decimal
) -> None:
    """Of a tenant of each example's own, whose attempts end somewhere in a year."""
    name = f"t{database.__dict__.setdefault('examples', 0)}"
    database.__dict__["examples"] += 1
    tenant = _tenant("Europe/Berlin", name)
    cost = Cost(gpu_hour=price, cpu_hour=price)
    names = [f"r{number}" for number in range(len(took))]
    job = opened(database, *names, tenant=name)
    for number, (seconds, day) in enumerate(took):
        start = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=day, seconds=-seconds)
        record(database, job, names[number], measured(f"{name}:{number}", seconds=seconds, start=start), cost)
    months = [Month(2026, number) for number in range(1, 13)] + [Month(2027, 1)]
    found = [statement(database, tenant, month, NOW) for month in months]
    lines = [line for each in found for line in each.lines]
    whole = usage.totals(database, name)
    assert sum(line.attempts for line in lines) == len(took) == whole.attempts
    assert sum(line.gpu_seconds for line in lines) == sum(seconds for seconds, _ in took) == whole.gpu_seconds
    assert sum(line.cost for line in lines) == sum(whole.cost.values())
    assert sum(sum(each.cost.values()) for each in found) == sum(whole.cost.values())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026",
        "2026-13",
        "2026-00",
        "2026-5",
        "26-05",
        "2026-05-01",
        "1999-01",
        "\u0662\u0660\u0662\u0666-05",
    ],
)
def test_what_is_no_month_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="2026-11"):
        Month.parse(text)


def test_months_follow_one_another() -> None:
    assert Month.parse("2026-12").next() == Month(2027, 1)
    assert str(Month.of(datetime(2026, 5, 31, 23, tzinfo=UTC), "Europe/Berlin")) == "2026-06"


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"])
def test_no_cell_is_a_formula(database: Database, start: str) -> None:
    """Even if a name could begin so, which no repository's can."""
    job = opened(database, "web")
    record(database, job, "web", measured("pod:1"))
    found = _statement(database)
    hostile = found.lines[0].model_copy(update={"repository": f'{start}",x', "reason": start})
    rows = list(
        csv.DictReader(io.StringIO(as_csv(found.model_copy(update={"lines": [hostile]})), newline=""))
    )
    assert rows[0]["repository"] == f"'{start}\",x"
    assert rows[0]["reason"] == f"'{start}"
    assert rows[0]["cost"] == "0.120000"


def test_the_table_has_every_line(database: Database) -> None:
    job = opened(database, "web", "api")
    for name in ("web", "api"):
        record(database, job, name, measured(f"pod:{name}"))
    text = as_csv(_statement(database))
    assert text.count("\r\n") == 3
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["repository"] for row in rows] == ["api", "web"]
    assert {row["tenant"] for row in rows} == {"acme"}
    assert sum(Decimal(row["cost"]) for row in rows) == Decimal("0.24")
    assert as_csv(_statement(database, Month(2026, 4))).count("\r\n") == 1
