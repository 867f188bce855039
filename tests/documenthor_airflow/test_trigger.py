"""Nobody is told to send requests while Airflow could start no run for them."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.documenthor_airflow.conftest import PROJECT, environment

if TYPE_CHECKING:
    from pathlib import Path

_VALID = "organisation: {}\nforge: {{kind: local}}\nschedule: {{paused: true}}\n"


@pytest.mark.parametrize(
    ("files", "before_and_after"),
    [
        ({"reading": _VALID.format("reading")}, [False, True]),
        ({"awry": "organisation: 5\n", "beside": _VALID.format("beside")}, [False, True]),
        ({}, [True, True]),
    ],
    ids=["not read yet", "beside one that is wrong", "no tenant"],
)
def test_dags_count_as_read_once_airflow_has_them(
    migrated: Path, tmp_path: Path, files: dict[str, str], before_and_after: list[bool]
) -> None:
    for name, text in files.items():
        (tmp_path / f"{name}.yaml").write_text(text, "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "tests.documenthor_airflow.reading"],
        env=environment(migrated) | {"DOCUMENTHOR_TENANTS": str(tmp_path)},
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert json.loads(done.stdout.strip().splitlines()[-1]) == before_and_after
