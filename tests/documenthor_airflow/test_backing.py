"""Attempts come later each time, and never so late that a night waits for one."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

from tests.documenthor_airflow.conftest import PROJECT, TENANT, environment

if TYPE_CHECKING:
    from pathlib import Path

_FIRST, _LONGEST = 5, 600
_ATTEMPTS = {"repository.route": 7, "repository.commit": 7, "repository.pull_request": 7, "notify": 7}


def test_every_task_backs_off(migrated: Path, tmp_path: Path) -> None:
    """Airflow spreads each wait between once and twice its length."""
    (tmp_path / "local.yaml").write_text(f"{TENANT}notify: [{{via: slack, channel: '#d', connection: s}}]\n")
    done = subprocess.run(
        [sys.executable, "-m", "tests.documenthor_airflow.backing"],
        env=environment(migrated) | {"DOCUMENTHOR_TENANTS": str(tmp_path)},
        cwd=PROJECT,
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    waits: dict[str, list[float]] = json.loads(done.stdout.splitlines()[-1])
    assert {task: len(found) for task, found in waits.items()} == {
        task: _ATTEMPTS.get(task, 3) + 2 for task in waits
    }
    for task, found in waits.items():
        for attempt, wait in enumerate(found):
            shortest = min(_FIRST * 2**attempt, _LONGEST)
            assert shortest <= wait <= min(2 * shortest, _LONGEST), (task, attempt)
        assert found[-1] > found[0]
    assert max(waits["notify"]) == _LONGEST
