"""A night's GPU hours: spent, they stop what has not begun."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from documenthor import usage
from documenthor.outcomes import Kind
from documenthor.tenants import Cost, Tenant
from documenthor.usage import Ending

from tests.documenthor.support import NOW
from tests.documenthor.usage.support import measured, opened, record

if TYPE_CHECKING:
    from documenthor.db import Database


def _tenant(hours: str | None) -> Tenant:
    cost = Cost(gpu_hours_per_night=None if hours is None else Decimal(hours))
    return Tenant.model_validate({"organisation": "acme", "forge": {"kind": "local"}, "cost": cost})


def test_nothing_is_bounded_unless_it_is_said(database: Database) -> None:
    record(database, opened(database, "web"), "web", measured("pod:1", seconds=10**6))
    assert usage.refuse(database, _tenant(None), NOW) is None


@pytest.mark.parametrize(("seconds", "refused"), [(0, False), (3599, False), (3600, True), (9000, True)])
def test_the_hours_are_spent_to_the_second(database: Database, seconds: int, *, refused: bool) -> None:
    job = opened(database, "web")
    start = NOW + timedelta(minutes=1)
    record(database, job, "web", measured("pod:1", seconds=seconds // 2, gpus=2, start=start))
    record(database, job, "web", measured("pod:2", seconds=seconds % 2, ending=Ending.EVICTED, start=start))
    outcome = usage.refuse(database, _tenant("1"), NOW + timedelta(hours=5))
    assert (outcome is not None) == refused
    if outcome is not None:
        assert (outcome.kind, outcome.reason) == (Kind.SKIPPED, usage.SPENT)
        assert "1 GPU hours of the night that began at 2026-05-04 12:00 UTC" in outcome.message
        assert f"{seconds / 3600:.2f} h" in outcome.message


def test_a_budget_of_nothing_lets_nothing_begin(database: Database) -> None:
    assert usage.refuse(database, _tenant("0"), NOW) is not None


def test_another_night_and_another_tenant_have_hours_of_their_own(database: Database) -> None:
    record(database, opened(database, "web"), "web", measured("pod:1", seconds=7200))
    record(database, opened(database, "web", tenant="other"), "web", measured("pod:2", seconds=10**6))
    assert usage.refuse(database, _tenant("3"), NOW + timedelta(hours=23)) is None
    assert usage.refuse(database, _tenant("2"), NOW + timedelta(hours=23)) is not None
    assert usage.refuse(database, _tenant("2"), NOW + timedelta(hours=24)) is None


NIGHTS = [
    ("12:00", "UTC", "2026-05-04T12:00", "2026-05-04T12:00"),
    ("12:00", "UTC", "2026-05-04T11:59", "2026-05-03T12:00"),
    ("12:00", "UTC", "2026-05-05T03:00", "2026-05-04T12:00"),
    ("20:00", "America/New_York", "2026-01-10T00:59", "2026-01-09T01:00"),
    ("20:00", "America/New_York", "2026-01-10T01:00", "2026-01-10T01:00"),
    # The clocks go forward in the night to March 29th, and back in the night to October 25th.
    ("12:00", "Europe/Berlin", "2026-03-29T09:59", "2026-03-28T11:00"),
    ("12:00", "Europe/Berlin", "2026-03-29T10:00", "2026-03-29T10:00"),
    ("12:00", "Europe/Berlin", "2026-10-25T10:59", "2026-10-24T10:00"),
    ("12:00", "Europe/Berlin", "2026-10-25T11:00", "2026-10-25T11:00"),
]


@pytest.mark.parametrize(("starts", "zone", "at", "began"), NIGHTS)
def test_a_night_begins_by_the_tenants_clock(starts: str, zone: str, at: str, began: str) -> None:
    cost = Cost(night_starts=starts, time_zone=zone)
    found = cost.night_of(datetime.fromisoformat(at).replace(tzinfo=UTC))
    assert found == datetime.fromisoformat(began).replace(tzinfo=UTC)
