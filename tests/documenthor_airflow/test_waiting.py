"""A task that the forge makes wait gives its slot back, and neither fails nor uses up a retry."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.documenthor_airflow.conftest import PROJECT, environment, statsd
from tests.fakes.statsd_exporter import Exporter, Listening


def test_waiting_takes_no_retry_in_a_mapped_group_and_what_is_forbidden_none_either(migrated: Path) -> None:
    module = Path(__file__).with_name("waiting.py")
    settings = environment(migrated) | {"AIRFLOW__CORE__DAGS_FOLDER": str(module.parent)}
    with Listening(exporter := Exporter()) as listening:
        done = subprocess.run(
            [sys.executable, "-m", "tests.documenthor_airflow.waiting"],
            env={**settings, **statsd(listening.port)},
            cwd=PROJECT,
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    found = json.loads(done.stdout.strip().splitlines()[-1])
    assert found["asked"] == {"wait0": 1, "wait1": 2, "wait2": 3, "denied": 1}
    waited = {str(index): ["success", 1] for index in range(3)}
    assert found["states"] == {**waited, "3": ["failed", 1]}
    done_once = {str(index): {"mode": f"of wait{index}", "try": 1} for index in range(3)}
    assert found["results"] == {**done_once, "3": None}
    assert 'documenthor_rate_limit_wait_seconds_count{tenant="local"} 3\n' in exporter.text()
