"""The executor of the embedded system: what it does before it forks."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from tests.documenthor_airflow.conftest import PROJECT, environment

if TYPE_CHECKING:
    from pathlib import Path

_START = """
import json, sys, threading
from airflow.executors.executor_loader import ExecutorLoader
from documenthor_airflow.deployment import deployment
Executor, _ = ExecutorLoader.import_default_executor_cls()
forked = []

class Watched(Executor):
    def _spawn_worker(self):
        forked.append("documenthor.publish" in sys.modules)
        super()._spawn_worker()

executor = Watched(parallelism=2)
executor.start()
executor.end()
print(json.dumps({
    "forked": forked,
    "threads": [thread.name for thread in threading.enumerate()],
    "opened": deployment.cache_info().currsize,
    "local": Executor.is_local,
    "kubernetes": "kubernetes" in sys.modules,
}))
"""


@pytest.mark.parametrize("runtime", ["process", "kubernetes"])
def test_workers_are_forked_after_the_imports(migrated: Path, runtime: str) -> None:
    """Of what it imports nothing runs or is open when it forks: that would break in every child."""
    own = {
        "AIRFLOW__CORE__EXECUTOR": "documenthor_airflow.warm.LocalExecutor",
        "DOCUMENTHOR_RUNTIME": runtime,
    }
    done = subprocess.run(
        [sys.executable, "-c", _START],
        env=environment(migrated) | own,
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    found: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    assert found == {
        "forked": [True, True],
        "threads": ["MainThread"],
        "opened": 0,
        "local": True,
        "kubernetes": runtime == "kubernetes",
    }


_DEFER = """
import json
from types import SimpleNamespace
from airflow.models.taskinstancekey import TaskInstanceKey
from airflow.utils.state import TaskInstanceState
from documenthor_airflow.warm import LocalExecutor

class Idle(LocalExecutor):
    def _spawn_worker(self):
        pass

executor = Idle(parallelism=2)
executor.start()
key = TaskInstanceKey("dag", "task", "run", 1, 3)
task = SimpleNamespace(id="one", key=key)
said = []

def hand_over():
    executor.queued_tasks[key] = SimpleNamespace(key=key)
    executor._process_workloads([executor.queued_tasks[key]])

def end_one():
    executor.result_queue.put((key, TaskInstanceState.SUCCESS, None))
    executor.sync()
    said.append([executor.event_buffer.pop(key)[0], executor.has_task(task)])

hand_over()
said.append(executor.has_task(task))
hand_over()
end_one()
end_one()
executor.fail(key)
said.append(executor.has_task(task))
hand_over()
said.append(executor.has_task(task))
print(json.dumps(said))
"""


def test_a_deferred_task_that_is_back_is_known_when_its_first_process_ends(migrated: Path) -> None:
    """Otherwise the scheduler takes the end of that process for the end of the attempt."""
    done = subprocess.run(
        [sys.executable, "-c", _DEFER],
        env=environment(migrated) | {"DOCUMENTHOR_RUNTIME": "kubernetes"},
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    found = json.loads(done.stdout.strip().splitlines()[-1])
    assert found == [True, ["success", True], ["success", False], False, True]
