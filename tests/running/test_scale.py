"""A job of 250 repositories, with everything killed between a run's sibling and its mapping."""

from __future__ import annotations

import sqlite3
import time
from collections import Counter
from typing import TYPE_CHECKING

import psutil
import pytest

from embedded.state import State
from tests.documenthor.forge.support import pull_requests
from tests.running.system import System, add_repository, git, wait_for

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.scale, pytest.mark.timeout(3600)]

_NAMES = [f"r{number:03}" for number in range(1, 251)]


def test_job_of_250_survives_a_crash_between_trigger_and_map(tmp_path: Path) -> None:
    """Three runs, each repository in one of them, one pull request each, nothing done twice."""
    state = State(tmp_path)
    state.prepare()
    for name in _NAMES:
        add_repository(state.forge, name)
    system = System.start(state)
    try:
        job = system.caller.submit(_NAMES)
        wait_for("the sibling's run", lambda: _count(state, "dag_run", f"run_id = 'job_{job}_2'"))
        _kill(system)
        assert _count(state, "task_instance", "task_id = 'repository.generate' and map_index >= 0") == 0
        system.stop()
        system = System.start(state)
        started = time.monotonic()
        status = system.finish(job)
    finally:
        system.stop()
    print(f"250 repositories in {time.monotonic() - started:.0f} s after the restart")
    assert status["counts"] == {"pull_request": 250}
    assert {row["attempt"] for row in status["repositories"]} == {1}
    assert Counter(record.repository for record in pull_requests(state.forge)) == Counter(_NAMES)
    for name in _NAMES:
        assert git(state.forge / name, "rev-list", "--count", "main..documenthor/docs") == "1"
    assert _count(state, "dag_run", "state = 'success'") == _count(state, "dag_run", "1") == 3


def _kill(system: System) -> None:
    """As a machine's power cut would: no component gets to say goodbye."""
    family = [child for pid in system.airflow.pids().values() for child in _tree(pid)]
    for process in family:
        process.kill()
    psutil.wait_procs(family, timeout=20)


def _tree(pid: int) -> list[psutil.Process]:
    process = psutil.Process(pid)
    return [process, *process.children(recursive=True)]


def _count(state: State, table: str, where: str) -> int:
    with sqlite3.connect(f"file:{state.airflow}/airflow.db?mode=ro", uri=True, timeout=30) as connection:
        counted: int = connection.execute(f"select count(*) from {table} where {where}").fetchone()[0]  # noqa: S608 - no outside input
        return counted
