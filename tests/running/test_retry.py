"""An operator retries one repository: only that one runs again, and nothing is published twice."""

from __future__ import annotations

from typing import Any

import pytest

from tests.documenthor.forge.support import pull_requests
from tests.running.conftest import REPOSITORIES
from tests.running.system import DAG, System, clear, git, wait_for

pytestmark = [pytest.mark.running, pytest.mark.timeout(600)]


def test_clearing_one_map_index_reruns_that_one(system: System, job: str) -> None:
    """Through Airflow's own API, as the button in its UI does."""
    tips = _tips(system)
    with system.admin() as api:
        cleared = clear(api, DAG, f"job_{job}_1", "beta")
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
    opened = [record.repository for record in pull_requests(system.state.forge)]
    assert [opened.count(name) for name in REPOSITORIES] == [1] * len(REPOSITORIES)


def _status(system: System, job: str) -> dict[str, Any]:
    return next(system.caller.follow(job, system.airflow.check))


def _tips(system: System) -> dict[str, str]:
    return {name: git(system.state.forge / name, "rev-parse", "documenthor/docs") for name in REPOSITORIES}
