"""Ends runs as Airflow's scheduler does, and prints the notes that they have then."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from airflow.models.dagrun import DagRun
from airflow.models.taskinstance import TaskInstance
from airflow.models.xcom import XComModel
from airflow.utils.session import create_session
from airflow.utils.state import DagRunState
from airflow.utils.types import DagRunTriggeredByType, DagRunType
from sqlalchemy import insert, select

# For each run: of which DAG, its configuration, how it ends, what `summarize` left, and what somebody wrote.
Case = dict[str, Any]


def main(cases: list[Case]) -> None:
    """Every run ends twice; it is noted each time."""
    found = []
    for number, case in enumerate(cases):
        run_id = f"noted-{number}"
        _begin(run_id, case)
        for _ in range(2):
            _end(run_id, case)
        with create_session() as session:
            found.append(session.scalars(select(DagRun).where(DagRun.run_id == run_id)).one().note)
    print(json.dumps(found))


def _begin(run_id: str, case: Case) -> None:
    now = datetime.now(UTC)
    with create_session() as session:
        run = DagRun(
            dag_id=case["dag"],
            run_id=run_id,
            run_type=DagRunType.MANUAL,
            triggered_by=DagRunTriggeredByType.TEST,
            run_after=now,
            conf=case.get("conf"),
        )
        session.add(run)
        session.flush()
        if case.get("before"):
            run.note = (case["before"], "olga")
        task = {"dag_id": case["dag"], "run_id": run_id, "task_id": "summarize", "map_index": -1}
        needed = {"id": uuid4(), "pool": "default_pool", "pool_slots": 1, "try_number": 1}
        session.execute(insert(TaskInstance.__table__).values(**task, **needed))
        for key, value in case.get("left", {}).items():
            # As Airflow's API stores what a task pushes.
            stored = json.dumps(value)
            session.add(XComModel(key=key, value=stored, dag_run_id=run.id, timestamp=now, **task))


def _end(run_id: str, case: Case) -> None:
    with create_session() as session:
        run = session.scalars(select(DagRun).where(DagRun.run_id == run_id)).one()
        run.set_state(DagRunState(case["state"]))
        run.notify_dagrun_state_changed(msg=case["reason"])


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
