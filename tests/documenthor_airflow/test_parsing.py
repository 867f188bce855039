"""What parsing the DAG files costs, told by what it imports: never by the clock."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from tests.documenthor_airflow.conftest import PROJECT, TENANT, environment

if TYPE_CHECKING:
    from pathlib import Path

_PARSE = """
import json, sys
from pathlib import Path
import airflow.sdk.execution_time.task_runner
from airflow.dag_processing.dagbag import BundleDagBag
before = set(sys.modules)
bag = BundleDagBag(Path("dags").resolve(), bundle_path=Path("dags").resolve())
new = sorted(set(sys.modules) - before)
print(json.dumps({"dags": sorted(bag.dags), "errors": bag.import_errors, "imported": new}))
"""
# Libraries that DAG files bring along, beside Airflow itself and what it has imported before it parses them.
# One that is missing here has to be imported where it is used, or to be shown to be light.
_LIGHT = {"asgiref", "packaging"}
_OURS = {"dags", "docgen", "documenthor", "documenthor_airflow"}
# Ours that only tasks need: what they import is heavy, or there is much of it.
_OF_TASKS = (
    "documenthor.api",
    "documenthor.audit",
    "documenthor.db",
    "documenthor.forge.github",
    "documenthor.jobs",
    "documenthor.metrics",
    "documenthor.pages",
    "documenthor.planning",
    "documenthor.publish",
    "documenthor.reports",
    "documenthor.runtimes",
    "documenthor.tokens",
    "documenthor.trust",
    "documenthor.usage",
    "documenthor.webhooks",
)


def _parsed(home: Path, **variables: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-c", _PARSE],
        env={**environment(home), **variables},
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    found: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    assert found["errors"] == {}
    return found


@pytest.fixture(scope="module")
def parsed(migrated: Path) -> dict[str, Any]:
    """All DAG files, in the process runtime."""
    return _parsed(migrated)


def test_parsing_imports_no_heavy_library(parsed: dict[str, Any]) -> None:
    roots = {name.partition(".")[0] for name in parsed["imported"]} - set(sys.stdlib_module_names)
    assert {root for root in roots if not root.startswith("unusual_prefix_")} <= {"airflow", *_LIGHT, *_OURS}


@pytest.mark.parametrize("package", _OF_TASKS)
def test_parsing_imports_nothing_that_only_tasks_need(parsed: dict[str, Any], package: str) -> None:
    assert [name for name in parsed["imported"] if f"{name}.".startswith(f"{package}.")] == []


def test_a_task_builds_the_dag_of_its_own_tenant_alone(migrated: Path, tmp_path: Path) -> None:
    for name in ("local", "acme"):
        (tmp_path / f"{name}.yaml").write_text(TENANT.replace("local", name, 1))
    folder = str(tmp_path)

    everything = _parsed(migrated, DOCUMENTHOR_TENANTS=folder)
    mine = _parsed(migrated, DOCUMENTHOR_TENANTS=folder, _AIRFLOW_PARSING_CONTEXT_DAG_ID="documenthor_acme")
    gone = _parsed(migrated, DOCUMENTHOR_TENANTS=folder, _AIRFLOW_PARSING_CONTEXT_DAG_ID="documenthor_gone")

    assert everything["dags"] == ["documenthor_acme", "documenthor_housekeeping", "documenthor_local"]
    assert mine["dags"] == ["documenthor_acme", "documenthor_housekeeping"]
    assert gone["dags"] == ["documenthor_housekeeping"]
