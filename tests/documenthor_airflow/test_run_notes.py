"""The listener, as Airflow finds it among the plugins, over a real database of Airflow's."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

from documenthor.run_notes import LONGEST

from tests.documenthor_airflow.conftest import PROJECT, environment

if TYPE_CHECKING:
    from pathlib import Path

_LEFT = "**Documentation:** 1 repository: 1 unchanged. [Job](https://airflow.example/1)"
_PAGE = "https://airflow.example/documentation/tenants/local/jobs"
_DONE = {"state": "success", "reason": "success", "left": {"note": _LEFT, "return_value": {"unchanged": 1}}}
_LOST = {"state": "failed", "reason": "timed_out", "conf": {"job": "j"}}
_TIME_IS_UP = (
    "**Documentation:** the longest time of a run (`max_runtime`) was over before all was done."
    f" [Job]({_PAGE}/j)"
)
_CASES: list[tuple[dict[str, Any], str | None]] = [
    (_DONE, _LEFT),
    (_DONE | {"state": "failed", "reason": "task_failure"}, _LEFT),
    (_DONE | {"before": "Looked at by Olga"}, f"Looked at by Olga\n\n{_LEFT}"),
    (_DONE | {"before": "x" * LONGEST}, "x" * LONGEST),
    (_LOST, _TIME_IS_UP),
    (
        _LOST | {"reason": "Dag Run's state was manually set to `failed`."},
        f"**Documentation:** it was ended before all was done. [Job]({_PAGE}/j)",
    ),
    # What nobody's code of ours writes, and what is none of our DAGs.
    (_DONE | {"left": {"note": {"a": 1}}, "before": "kept"}, "kept"),
    (_DONE | {"left": {"note": f"{_LEFT}\n# More"}}, None),
    (_DONE | {"left": {"return_value": {}}}, None),
    (_DONE | {"dag": "documenthor_housekeeping"}, None),
    (_DONE | {"dag": "another"}, None),
]


def test_notes_of_runs_that_ended(migrated: Path) -> None:
    """Whoever wrote a note keeps it, and a run that ends again has our line once."""
    cases = [{"dag": "documenthor_local", **case} for case, _ in _CASES]
    settings = environment(migrated) | {"AIRFLOW__API__BASE_URL": "https://airflow.example"}
    command = [sys.executable, "-m", "tests.documenthor_airflow.noting", json.dumps(cases)]
    done = subprocess.run(command, env=settings, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    assert json.loads(done.stdout.strip().splitlines()[-1]) == [note for _, note in _CASES]
