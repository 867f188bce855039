"""What Airflow's own screens offer of a run, and what other DAGs hear of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.running.conftest import REPOSITORIES
from tests.running.system import DAG, System, clear, git, tasks_of, wait_for

if TYPE_CHECKING:
    import httpx

pytestmark = [pytest.mark.operators, pytest.mark.timeout(900)]

_TASKS = ("generate", "route", "commit", "pull_request")


def test_tasks_have_help_and_lead_to_their_job(system: System, job: str) -> None:
    run = f"/dags/{DAG}/dagRuns/job_{job}_1/taskInstances"
    with system.admin() as api:
        for task in ("plan", "sibling", "summarize", *(f"repository.{name}" for name in _TASKS)):
            assert _json(api, f"/dags/{DAG}/tasks/{task}")["doc_md"].strip()
        index = tasks_of(api, DAG, f"job_{job}_1", "generate")["beta"]["map_index"]
        links = _json(api, f"{run}/repository.generate/links", map_index=index)["extra_links"]
        assert links == {"Job": f"{system.airflow.url}/documentation/tenants/local/jobs/{job}"}
        published = _json(api, f"{run}/repository.pull_request/links", map_index=index)["extra_links"]
        # A folder has no page of a pull request.
        assert not published["Publication"]


def test_another_dag_runs_on_what_was_published(system: System, job: str) -> None:
    """It hears of every repository, with the commit that was written."""
    told: dict[str, Any] = {}
    with system.admin() as api:
        wait_for("all events", lambda: _heard(api, told) >= set(REPOSITORIES), 400)
    for name in REPOSITORIES:
        assert told[name]["job"] == job
        assert told[name]["outcome"] == "pull_request"
        assert told[name]["commit"] == git(system.state.forge / name, "rev-parse", "documenthor/docs")
        assert "README.md" in told[name]["pages"]


def test_a_run_has_its_summary_as_note(system: System, job: str) -> None:
    """It ends a second time, and what somebody wrote meanwhile stays."""
    run = f"/dags/{DAG}/dagRuns/job_{job}_1"
    page = f"{system.airflow.url}/documentation/tenants/local/jobs/{job}"
    with system.admin() as api:
        wait_for("the run's end", lambda: _json(api, run)["end_date"])
        assert _json(api, run)["note"] == (
            f"**Documentation:** 3 repositories: 3 pull requests. [Job]({page})"
        )
        api.patch(run, json={"note": "Looked at by Olga"}).raise_for_status()
        clear(api, DAG, f"job_{job}_1", "beta")
        wait_for("the note", lambda: "Documentation" in _json(api, run)["note"], 400)
        assert _json(api, run)["note"] == (
            f"Looked at by Olga\n\n**Documentation:** 3 repositories: 3 pull requests. [Job]({page})"
        )


def _heard(api: httpx.Client, told: dict[str, Any]) -> set[str]:
    for run in _json(api, "/dags/rebuild_site/dagRuns")["dag_runs"]:
        path = (
            f"/dags/rebuild_site/dagRuns/{run['dag_run_id']}/taskInstances/rebuild/xcomEntries/return_value"
        )
        answer = api.get(path)
        value = answer.json()["value"] if answer.is_success else []
        # Airflow answers with the value as its database holds it.
        for extra in json.loads(value) if isinstance(value, str) else value:
            told.setdefault(extra["repository"], extra)
    return set(told)


def _json(api: httpx.Client, path: str, **params: Any) -> Any:  # noqa: ANN401 - JSON
    return api.get(path, params=params).raise_for_status().json()
