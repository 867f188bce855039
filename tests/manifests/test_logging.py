"""Each environment's settings of logs, given to Airflow itself, and where they are kept."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from tests.manifests.support import ENVIRONMENTS, PROJECT, merged

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.manifests

STORES = PROJECT / "build/manifests/stores"
# What every command of Airflow does before anything else, and then which remote logs there are.
_CONFIGURE = (
    "import airflow.settings\n"
    "from airflow.logging_config import get_remote_task_log\n"
    "print(type(get_remote_task_log()).__name__)"
)


def _configured(logging: dict[str, Any], home: Path) -> subprocess.CompletedProcess[str]:
    assert STORES.is_dir(), "the providers of stores are not there; run `make test-manifests`"
    settings = {f"AIRFLOW__LOGGING__{name.upper()}": str(value) for name, value in logging.items()}
    environment = {
        "PATH": os.environ["PATH"],
        "AIRFLOW_HOME": str(home),
        "PYTHONPATH": str(STORES),
        **settings,
    }
    command = [sys.executable, "-c", _CONFIGURE]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("environment", "remote"), [("dev", "NoneType"), ("staging", "S3RemoteLogIO"), ("prod", "S3RemoteLogIO")]
)
def test_airflow_takes_the_logging_of(environment: str, remote: str, chart: Path, tmp_path: Path) -> None:
    done = _configured(merged(chart, environment)["config"]["logging"], tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == remote


def test_airflow_would_refuse_a_folder_as_remote(chart: Path, tmp_path: Path) -> None:
    logging = merged(chart, "prod")["config"]["logging"] | {"remote_base_log_folder": "file:///tmp/logs"}
    done = _configured(logging, tmp_path)
    assert done.returncode != 0
    assert "Incorrect remote log configuration" in done.stderr


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_logs_and_bundles_outlive_a_pod(chart: Path, environment: str) -> None:
    """In a store, or on the claim that is mounted."""
    values = merged(chart, environment)
    claims = [
        each["persistentVolumeClaim"]["claimName"] for each in values["volumes"] if "configMap" not in each
    ]
    config, persistence = values["config"], values["logs"]["persistence"]
    bundles = config["common.io"]["xcom_objectstorage_path"]
    if config["logging"].get("remote_logging"):
        assert bundles.startswith("s3://")
        assert not persistence["enabled"]
        assert claims == []
    else:
        assert persistence["enabled"]
        assert [persistence["existingClaim"]] == claims
        mounted = {each["mountPath"] for each in values["volumeMounts"] if not each.get("readOnly")}
        assert [bundles.startswith(f"file://{each}/") for each in mounted] == [True]
