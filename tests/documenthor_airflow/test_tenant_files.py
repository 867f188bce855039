"""A bad tenant file is an import error that names the key; the other tenants' DAGs still load."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

from tests.documenthor_airflow.conftest import PROJECT, TENANT, environment

if TYPE_CHECKING:
    from pathlib import Path

_LOAD = """
import json
from pathlib import Path
from airflow.dag_processing.dagbag import DagBag
bag = DagBag(Path("dags").resolve(), bundle_path=Path("dags").resolve())
print(json.dumps({"dags": sorted(bag.dags), "errors": bag.import_errors}))
"""


def test_a_bad_file_leaves_the_other_tenants_alone(migrated: Path, tmp_path: Path) -> None:
    """As Airflow's own DAG bag sees it."""
    (tmp_path / "local.yaml").write_text(TENANT)
    (tmp_path / "acme.yaml").write_text("organisation: acme\nforge: {kind: local}\nconcurency: 3\n")
    env = {**environment(migrated), "DOCUMENTHOR_TENANTS": str(tmp_path)}

    done = subprocess.run(
        [sys.executable, "-c", _LOAD], env=env, cwd=PROJECT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]

    found = json.loads(done.stdout.strip().splitlines()[-1])
    assert found["dags"] == ["documenthor_housekeeping", "documenthor_local"]
    (path,) = found["errors"]
    assert path.endswith("tenant_files.py")
    assert "acme.yaml: concurency: unknown key" in found["errors"][path]
