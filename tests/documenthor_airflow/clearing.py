"""Records a run of `documenthor_waiting` and clears a task while it is at work, as Airflow's API does both.

Prints how long after the run's queueing its deadlines are, in seconds, and the cleared task's new state.
"""

from __future__ import annotations

import json
from pathlib import Path

from airflow.api.common.trigger_dag import trigger_dag
from airflow.dag_processing.bundles.manager import DagBundlesManager
from airflow.dag_processing.dagbag import DagBag, sync_bag_to_db
from airflow.models.deadline import Deadline
from airflow.models.taskinstance import TaskInstance, clear_task_instances
from airflow.utils.session import create_session
from airflow.utils.state import DagRunState, TaskInstanceState
from airflow.utils.types import DagRunTriggeredByType
from sqlalchemy import select

_DAGS = Path(__file__).resolve().parents[2] / "dags"


def main() -> None:
    """Print what is left."""
    DagBundlesManager().sync_bundles_to_db()  # type: ignore[no-untyped-call]
    sync_bag_to_db(DagBag(_DAGS), "dags-folder", None)
    run = trigger_dag(
        dag_id="documenthor_waiting",
        run_id="r",
        triggered_by=DagRunTriggeredByType.REST_API,
        conf={"job": "j"},
    )
    assert run is not None
    assert run.queued_at is not None
    with create_session() as session:
        own = select(TaskInstance).where(TaskInstance.dag_id == run.dag_id, TaskInstance.task_id == "plan")
        task = session.scalars(own).one()
        task.state = TaskInstanceState.SUCCESS
        task.dag_run.state = DagRunState.RUNNING
        session.flush()
        clear_task_instances([task], session)
        session.flush()
        deadlines = [
            (one.deadline_time - run.queued_at).total_seconds()
            for one in session.scalars(select(Deadline).where(Deadline.dagrun_id == run.id))
        ]
        print(json.dumps({"deadlines": sorted(round(each) for each in deadlines), "state": task.state}))


if __name__ == "__main__":
    main()
