"""A DAG that nobody changed stays the version that it is."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.documenthor_airflow.conftest import PROJECT, environment

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("runtime", ["process", "kubernetes"])
def test_two_parses_make_one_version(tmp_path: Path, runtime: str) -> None:
    """Airflow adds one whenever it stores something else, while runs are at work."""
    settings = environment(tmp_path) | {"DOCUMENTHOR_RUNTIME": runtime}
    command = [sys.executable, "-m", "tests.documenthor_airflow.versions"]
    done = subprocess.run(command, env=settings, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    first, second = json.loads(done.stdout.strip().splitlines()[-1])
    assert first["dag"]["dag_id"] == "documenthor_acme"
    assert first == second
