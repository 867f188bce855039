"""Deadlines over a real database of Airflow's: counted from the recording, and in nobody's way."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

from tests.documenthor_airflow.conftest import PROJECT, environment

if TYPE_CHECKING:
    from pathlib import Path

_HOUR = 3600


def test_a_task_of_a_run_with_deadlines_can_be_cleared(migrated: Path, tmp_path: Path) -> None:
    (tmp_path / "waiting.yaml").write_text(
        "organisation: waiting\nforge: {kind: local}\nschedule: {paused: true, window: PT6H}\n"
    )
    done = subprocess.run(
        [sys.executable, "-m", "tests.documenthor_airflow.clearing"],
        env=environment(migrated) | {"DOCUMENTHOR_TENANTS": str(tmp_path)},
        cwd=PROJECT,
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert json.loads(done.stdout.splitlines()[-1]) == {"deadlines": [3 * _HOUR, 6 * _HOUR], "state": None}
