"""Why `Route` skips the other way itself."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.documenthor_airflow.conftest import environment


def test_airflows_own_branch_skips_nothing_in_a_mapped_group(migrated: Path) -> None:
    """Fails once Airflow has mended it: then `@task.branch` can take the place of `Route`."""
    module = Path(__file__).with_name("branching.py")
    settings = environment(migrated) | {"AIRFLOW__CORE__DAGS_FOLDER": str(module.parent)}
    done = subprocess.run(
        [sys.executable, str(module)], env=settings, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    states = json.loads(done.stdout.strip().splitlines()[-1])
    others = {states["repository.pull_request[0]"], states["repository.commit[1]"]}
    assert others == {"success"}
