"""A migrated Airflow of its own for the tests of the DAG; the DAG itself runs in child processes.

Airflow reads its environment when it is imported, so a process can hold one Airflow only.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.fakes.statsd_exporter import Exporter, Listening

if TYPE_CHECKING:
    from collections.abc import Callable

PROJECT = Path(__file__).resolve().parents[2]
TENANT = "organisation: local\nforge: {kind: local}\nschedule: {paused: true}\n"


def environment(home: Path) -> dict[str, str]:
    """The environment of a deployment below `home`."""
    return {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(home),
        "AIRFLOW_HOME": str(home / "airflow"),
        "AIRFLOW__CORE__DAGS_FOLDER": str(PROJECT / "dags"),
        "AIRFLOW__CORE__PLUGINS_FOLDER": str(PROJECT / "plugins"),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__UNIT_TEST_MODE": "False",
        "DOCUMENTHOR_HOME": str(home),
        "DOCUMENTHOR_TENANTS": str(home / "tenants"),
    }


def statsd(port: int) -> dict[str, str]:
    """What has Airflow send its measurements to a port."""
    return {
        "AIRFLOW__METRICS__STATSD_ON": "True",
        "AIRFLOW__METRICS__STATSD_HOST": "127.0.0.1",
        "AIRFLOW__METRICS__STATSD_PORT": str(port),
        "AIRFLOW__METRICS__STATSD_INFLUXDB_ENABLED": "True",
    }


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty Airflow and an empty database of ours; copy nothing, use it through `deployment`."""
    home = tmp_path_factory.mktemp("deployment")
    (home / "tenants").mkdir()
    (home / "tenants" / "local.yaml").write_text(TENANT)
    for command in (["airflow", "db", "migrate"], ["documenthor", "db", "migrate"]):
        subprocess.run(command, env=environment(home), check=True, capture_output=True)
    return home


@pytest.fixture
def run_dag(migrated: Path) -> Callable[..., dict[str, Any]]:
    """Runs the tenant's DAG to its end by `dag.test()`, and returns its job's status.

    Under `measured` it holds what its tasks sent to StatsD.
    """

    def run(conf: dict[str, Any], colour: str = "") -> dict[str, Any]:
        variables = {**environment(migrated), "DOCUMENTHOR_COLOUR": colour}
        command = [sys.executable, "-m", "tests.documenthor_airflow.flow", json.dumps(conf)]
        with Listening(exporter := Exporter()) as listening:
            done = subprocess.run(
                command,
                env={**variables, **statsd(listening.port)},
                cwd=PROJECT,
                capture_output=True,
                text=True,
                check=False,
            )
        assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]
        status: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
        assert exporter.broken == []
        return {**status, "measured": exporter.text()}

    return run
