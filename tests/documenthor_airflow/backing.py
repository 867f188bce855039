"""How long Airflow waits after each attempt of each task, seconds, as its scheduler knows the DAG; three more
than the task has, so that the longest wait shows."""

from __future__ import annotations

import json
import runpy
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from airflow.models.taskinstance import TaskInstance
from airflow.serialization.serialized_objects import DagSerialization

_END = datetime(2026, 5, 4, tzinfo=UTC)


def _wait(task: Any, attempt: int) -> float:  # noqa: ANN401 - a task of either kind
    """After the `attempt`-th has failed."""
    instance = SimpleNamespace(
        task=task,
        try_number=attempt,
        end_date=_END,
        retry_delay_override=None,
        dag_id="documenthor_local",
        task_id=task.task_id,
        logical_date=None,
    )
    again: datetime = TaskInstance.next_retry_datetime(instance)  # type: ignore[arg-type,no-untyped-call]
    return (again - _END).total_seconds()


def main() -> None:
    """Print it by task."""
    path = Path(__file__).resolve().parents[2] / "dags" / "documenthor.py"
    dag = runpy.run_path(str(path))["documenthor_local"]
    known = DagSerialization.from_dict(DagSerialization.to_dict(dag))
    waits = {
        task.task_id: [_wait(task, attempt) for attempt in range(1, task.retries + 4)] for task in known.tasks
    }
    print(json.dumps(waits))


if __name__ == "__main__":
    main()
