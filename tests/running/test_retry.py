"""An operator retries one repository: only that one runs again, and nothing is published twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from documenthor.forge.records import list_pull_requests

from tests.running.conftest import REPOSITORIES
from tests.running.system import DAG, System, git, wait_for

if TYPE_CHECKING:
    import httpx

pytestmark = [pytest.mark.running, pytest.mark.timeout(600)]


def test_clearing_one_map_index_reruns_that_one(system: System, job: str) -> None:
    """Through Airflow's own API, as the button in its UI does."""
    tips = _tips(system)
    with system.admin() as api:
        cleared = _clear(api, f"job_{job}_1", "beta")
        assert {(task["task_id"], task["map_index"]) for task in cleared} == {
            ("repository.generate", 1),
            ("repository.route", 1),
            ("repository.commit", 1),
            ("repository.pull_request", 1),
            ("summarize", -1),
        }
        wait_for("the job's reopening", lambda: _status(system, job)["state"] == "running")
    status = system.finish(job)
    attempts = {row["name"]: row["attempt"] for row in status["repositories"]}
    assert attempts == {"alpha": 1, "beta": 2, "gamma": 1}
    assert (status["state"], sum(status["counts"].values())) == ("succeeded", len(REPOSITORIES))
    assert _tips(system) == tips
    opened = [record.repository for record in list_pull_requests(system.state.forge)]
    assert [opened.count(name) for name in REPOSITORIES] == [1] * len(REPOSITORIES)


def _clear(api: httpx.Client, run: str, repository: str) -> list[dict[str, Any]]:
    path = f"/dags/{DAG}/dagRuns/{run}/taskInstances"
    found = api.get(path, params={"task_id": "repository.generate"}).raise_for_status().json()
    named = {task["rendered_map_index"]: task["map_index"] for task in found["task_instances"]}
    body = {
        "dag_run_id": run,
        "task_ids": [["repository.generate", named[repository]]],
        "include_downstream": True,
        "only_failed": False,
        "dry_run": False,
    }
    answer = api.post(f"/dags/{DAG}/clearTaskInstances", json=body).raise_for_status().json()
    tasks: list[dict[str, Any]] = answer["task_instances"]
    return tasks


def _status(system: System, job: str) -> dict[str, Any]:
    return next(system.caller.follow(job, system.airflow.check))


def _tips(system: System) -> dict[str, str]:
    return {name: git(system.state.forge / name, "rev-parse", "documenthor/docs") for name in REPOSITORIES}
