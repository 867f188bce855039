"""One tenant's large job delays another's small one by no more than what is being generated just then."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from embedded.state import State
from tests.running.system import System, add_repository, tasks_of, wait_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import httpx

pytestmark = [pytest.mark.operators, pytest.mark.timeout(900)]

_MANY = [f"r{number:02}" for number in range(12)]
_SLOTS = 2


@pytest.fixture
def narrow(tmp_path: Path) -> Iterator[System]:
    """Two tenants, one with many repositories and one with one, and two workers for both."""
    state = State(tmp_path)
    state.prepare()
    tenants = state.root / "tenants"
    tenants.mkdir()
    for tenant, names in (("large", _MANY), ("small", ["one"])):
        text = f"organisation: {tenant}\nforge: {{kind: local, path: {tenant}}}\nschedule: {{paused: true}}\n"
        (tenants / f"{tenant}.yaml").write_text(text, "utf-8")
        for name in names:
            add_repository(state.home / tenant, name)
    settings = {
        "DOCUMENTHOR_TENANTS": str(tenants),
        "AIRFLOW__CORE__PARALLELISM": str(_SLOTS),
        "AIRFLOW__CORE__DEFAULT_POOL_TASK_SLOT_COUNT": str(_SLOTS),
    }
    running = System.start(state, **settings)
    yield running
    running.stop()


def test_a_small_job_waits_for_no_more_than_is_at_work(narrow: System) -> None:
    """As the starts and ends that Airflow recorded have it; a run's first repository comes first."""
    with narrow.admin() as api:
        for dag in ("documenthor_large", "documenthor_small"):
            wait_for(dag, _known(api, dag))
        _trigger(api, "documenthor_large")
        large = wait_for("the first end", lambda: _ended(api))
        assert len(large) < len(_MANY) - 2 * _SLOTS
        _trigger(api, "documenthor_small")
        wait_for("the small job's end", lambda: _has_ended(api, "documenthor_small"), 400)
        wait_for("the large job's end", lambda: _has_ended(api, "documenthor_large"), 600)
        one = tasks_of(api, "documenthor_small", "run", "generate")["one"]
        others = tasks_of(api, "documenthor_large", "run", "generate").values()
    overtook = [task for task in others if one["scheduled_when"] < task["start_date"] < one["start_date"]]
    later = [task for task in others if task["start_date"] > one["start_date"]]
    assert len(overtook) <= _SLOTS
    # There was something to be overtaken by.
    assert len(later) > _SLOTS


def _known(api: httpx.Client, dag: str) -> Callable[[], bool]:
    return lambda: api.get(f"/dags/{dag}").is_success


def _trigger(api: httpx.Client, dag: str) -> None:
    api.post(f"/dags/{dag}/dagRuns", json={"dag_run_id": "run", "logical_date": None}).raise_for_status()


def _ended(api: httpx.Client) -> list[dict[str, Any]]:
    tasks = tasks_of(api, "documenthor_large", "run", "generate").values()
    return [task for task in tasks if task["end_date"]]


def _has_ended(api: httpx.Client, dag: str) -> bool:
    state = api.get(f"/dags/{dag}/dagRuns/run").raise_for_status().json()["state"]
    return state in {"success", "failed"}
