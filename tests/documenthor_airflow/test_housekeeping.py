"""The DAG that clears away deletes nothing until it is told to, by the form or by the deployment."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from documenthor.settings import Settings

from tests.documenthor_airflow.conftest import PROJECT, environment

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.timeout(300)

_STATES = {f"{task}[{index}]": "success" for task, index in (("rows", -1), ("scratch", -1), ("branches", 0))}


@pytest.mark.parametrize(
    ("conf", "setting", "is_deleted"),
    [({}, "", False), ({}, "true", True)],
)
def test_it_deletes_when_it_is_told_to(
    migrated: Path, conf: dict[str, Any], setting: str, is_deleted: bool
) -> None:
    folder = migrated / "scratch" / "docgen-old"
    folder.mkdir(parents=True, exist_ok=True)
    os.utime(folder, (0, 0))
    (migrated / "forge").mkdir(exist_ok=True)
    command = [sys.executable, "-m", "tests.documenthor_airflow.keeping", json.dumps(conf)]
    settings = environment(migrated) | {"DOCUMENTHOR_HOUSEKEEPING": setting}
    done = subprocess.run(command, env=settings, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    assert json.loads(done.stdout.strip().splitlines()[-1]) == _STATES
    assert folder.exists() is not is_deleted


def test_the_deployment_says_nothing_by_default() -> None:
    assert not Settings.from_environment({}).housekeeping
