"""Of one tenant's thousand repositories none goes before another's one, by the scheduler's own choice."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.documenthor_airflow.conftest import PROJECT, environment

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.timeout(300)


def test_one_repository_is_next_however_many_another_tenant_has(migrated: Path, tmp_path: Path) -> None:
    """In an Airflow of its own, where nothing else waits for a slot."""
    (tmp_path / "airflow").mkdir()
    database = shutil.copy(migrated / "airflow" / "airflow.db", tmp_path / "airflow")
    for tenant in ("large", "small"):
        text = f"organisation: {tenant}\nforge: {{kind: local}}\nschedule: {{paused: true}}\n"
        (tmp_path / f"{tenant}.yaml").write_text(text)
    done = subprocess.run(
        [sys.executable, "-m", "tests.documenthor_airflow.queueing"],
        env=environment(tmp_path)
        | {
            "DOCUMENTHOR_TENANTS": str(tmp_path),
            "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{database}",
        },
        cwd=PROJECT,
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert json.loads(done.stdout.splitlines()[-1]) == {"before": 40, "overtook": 0}
