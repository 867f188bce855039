"""Every way in starts the same DAG, and Airflow's own paths work beside ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest

from tests.running.conftest import REPOSITORIES, TENANTS
from tests.running.system import DAG, System, wait_for

if TYPE_CHECKING:
    from collections.abc import Callable

# As many runs of one tenant go on side by side (`runs` of its file).
RUNS_AT_ONCE = 2

pytestmark = [pytest.mark.running, pytest.mark.timeout(600)]


def _by_cli(system: System) -> None:
    system.cli("dags", "trigger", DAG, "--run-id", "from_cli")


def _by_form(system: System) -> None:
    """As the UI's form does: every parameter as it was shown."""
    with system.admin() as api:
        shown = api.get(f"/dags/{DAG}/details").raise_for_status().json()["params"]
        conf = {name: param["value"] for name, param in shown.items()}
        body = {"dag_run_id": "from_form", "logical_date": None, "conf": conf}
        api.post(f"/dags/{DAG}/dagRuns", json=body).raise_for_status()


@pytest.mark.parametrize(("way", "run"), [(_by_cli, "from_cli"), (_by_form, "from_form")])
def test_no_repositories_named_means_the_whole_forge(
    system: System, job: str, way: Callable[[System], None], run: str
) -> None:
    """The job before documented them all, so this one finds nothing to do."""
    assert job
    way(system)
    status = system.job_of(DAG, run)
    outcomes = {row.name: row.outcome for row in status.repositories}
    folders = [path for path in system.state.forge.iterdir() if not path.name.startswith(".")]
    assert list(outcomes) == sorted(path.name.removesuffix(".git") for path in folders)
    assert {outcomes[name] for name in REPOSITORIES} == {"unchanged"}


def test_schedule_documents_the_whole_forge(system: System) -> None:
    """The second tenant's runs come by themselves; two may overlap, and then either of them publishes."""
    outcomes: list[str] = []
    seen: set[str] = set()
    with system.admin() as api:
        while "pull_request" not in outcomes:
            run = wait_for("a scheduled run", lambda: sorted(_scheduled(api) - seen))[0]
            seen.add(run)
            status = system.job_of("documenthor_nightly", run)
            assert [row.name for row in status.repositories] == ["owl"]
            outcomes += [row.outcome or "" for row in status.repositories]
            assert len(outcomes) <= RUNS_AT_ONCE
    assert sorted(outcomes) in (["pull_request"], ["pull_request", "unchanged"])


def _scheduled(api: httpx.Client) -> set[str]:
    """The ids of the tenant's scheduled runs; sorted, the oldest comes first."""
    params = {"run_type": "scheduled", "order_by": "run_after"}
    found = api.get("/dags/documenthor_nightly/dagRuns", params=params).raise_for_status().json()
    return {run["dag_run_id"] for run in found["dag_runs"]}


def test_form_refuses_what_no_repository_is_called(system: System) -> None:
    with system.admin() as api:
        body = {"logical_date": None, "conf": {"repositories": ["../etc"]}}
        answer = api.post(f"/dags/{DAG}/dagRuns", json=body)
    assert answer.status_code == httpx.codes.BAD_REQUEST
    assert "repositories" in answer.text


def test_airflow_keeps_its_own_paths(system: System) -> None:
    with system.admin() as api:
        listed = api.get("/dags").raise_for_status().json()["dags"]
        expected = [f"documenthor_{name}" for name in sorted([*TENANTS, "housekeeping"])] + ["rebuild_site"]
        assert [dag["dag_id"] for dag in listed] == expected
        assert api.get("/importErrors").raise_for_status().json()["total_entries"] == 0
    page = httpx.get(system.airflow.url, follow_redirects=True, timeout=60)
    assert "text/html" in page.headers["content-type"]
    assert httpx.get(f"{system.airflow.url}/api/nothing").status_code == httpx.codes.NOT_FOUND
