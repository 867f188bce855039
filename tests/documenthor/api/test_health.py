"""Health: liveness asks nobody, readiness asks everybody, but not for every caller anew."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from documenthor.api.checks import Health

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.documenthor.api.client import Client


def _breaks() -> bool:
    raise OSError("password hunter2 was not accepted")


def test_healthy_when_all_checks_hold(nobody: Client) -> None:
    response = nobody.get("/api/health")
    assert response.status_code == 200
    assert response.json() == {"status": "ok", "checks": {"database": True, "disk": True}}


@pytest.mark.parametrize("check", [lambda: False, _breaks])
def test_unhealthy_when_one_check_fails_or_breaks(
    nobody: Client, checks: dict[str, Callable[[], bool]], check: Callable[[], bool]
) -> None:
    checks["disk"] = check
    response = nobody.get("/api/health")
    assert response.status_code == 503
    assert response.json() == {"status": "unavailable", "checks": {"database": True, "disk": False}}
    assert "hunter2" not in response.text


def test_liveness_asks_nobody(nobody: Client, checks: dict[str, Callable[[], bool]]) -> None:
    checks["database"] = _breaks
    response = nobody.get("/api/health/live")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


def test_what_is_outside_delays_jobs_but_takes_no_caller_away() -> None:
    health = Health({"database": lambda: True}, {"forge": lambda: False})
    assert health.report().status == "degraded"
    assert health.report().outside == {"forge": False}


def test_report_is_kept_for_some_seconds() -> None:
    asked, now = [0], [0.0]

    def ask() -> bool:
        asked[0] += 1
        return True

    health = Health({"database": ask}, {}, clock=lambda: now[0])
    for time in (0.0, 4.9, 5.0, 9.9, 10.1):
        now[0] = time
        health.report()
    assert asked == [3]


def test_check_that_hangs_fails_in_time_and_is_not_started_again() -> None:
    release, started = threading.Event(), []

    def hang() -> bool:
        started.append(1)
        return release.wait(30)

    health = Health({"database": hang}, {}, kept_seconds=0, patience_seconds=0.05)
    assert [health.report().status for _ in range(3)] == ["unavailable"] * 3
    assert len(started) == 1
    release.set()
