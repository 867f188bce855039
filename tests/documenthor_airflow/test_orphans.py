"""Pods that nobody waits for: which ones, and that nothing is deleted unless it is wanted."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from documenthor.tenants import Pods

from tests.documenthor_airflow.conftest import PROJECT, environment

if TYPE_CHECKING:
    from pathlib import Path

_NOW = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
_PODS = Pods(
    keep_failed=timedelta(hours=6), startup=timedelta(hours=1), deadline=timedelta(minutes=30)
)  # two and a half hours in all, with the time for reading


def _pod(phase: str, hours: float, ended: float | None = None) -> dict[str, Any]:
    """Made `hours` ago, and ended `ended` hours ago."""
    state = {} if ended is None else {"terminated": {"finishedAt": _ago(ended), "exitCode": 1}}
    status = {"phase": phase, "containerStatuses": [{"name": "base", "state": state}]}
    return {"metadata": {"name": "p", "creationTimestamp": _ago(hours)}, "status": status}


def _ago(hours: float) -> str:
    return (_NOW - timedelta(hours=hours)).isoformat().replace("+00:00", "Z")


@pytest.mark.parametrize(
    ("pod", "is_open", "why"),
    [
        (_pod("Running", 1), True, ""),
        (_pod("Running", 1), None, ""),
        (_pod("Running", 1), False, "outcome"),
        # It was made a moment ago, by a task that has yet to open its row.
        (_pod("Pending", 0.1), False, ""),
        (_pod("Running", 2.6), True, "old"),
        (_pod("Pending", 2.6), None, "old"),
        (_pod("Failed", 8, ended=5), False, ""),
        (_pod("Failed", 8, ended=7), False, "ended"),
        (_pod("Failed", 8), True, "ended"),
        (_pod("Succeeded", 8, ended=7), False, "ended"),
    ],
)
def test_a_pod_is_an_orphan_when_nobody_can_want_it(
    pod: dict[str, Any], is_open: bool | None, why: str
) -> None:
    from documenthor_airflow.orphans import why_orphaned

    found = why_orphaned(pod, _PODS, _NOW, is_open=is_open)
    assert (why in found) if why else not found


def test_it_deletes_this_tenants_orphans_alone_and_only_if_told_to(migrated: Path) -> None:
    env = environment(migrated) | {"DOCUMENTHOR_RUNTIME": "kubernetes"}
    done = subprocess.run(
        [sys.executable, "-m", "tests.documenthor_airflow.reaping"],
        env=env,
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    found = json.loads(done.stdout.strip().splitlines()[-1])
    assert found == {"seen": ["p0"], "before": 3, "after": ["p1", "p2"]}
