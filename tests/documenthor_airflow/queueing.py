"""A thousand repositories of `large` and one of `small`, all ready: whom Airflow's scheduler takes.

Prints how many of `large` it took before the one of `small` was ready, and between that and taking it.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from airflow.api.common.trigger_dag import trigger_dag
from airflow.dag_processing.bundles.manager import DagBundlesManager
from airflow.dag_processing.dagbag import DagBag, sync_bag_to_db
from airflow.jobs.job import Job
from airflow.jobs.scheduler_job_runner import SchedulerJobRunner
from airflow.models.pool import Pool
from airflow.models.serialized_dag import SerializedDagModel
from airflow.models.taskinstance import TaskInstance
from airflow.utils.session import create_session
from airflow.utils.state import DagRunState, TaskInstanceState
from airflow.utils.types import DagRunTriggeredByType
from sqlalchemy import delete

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_DAGS = Path(__file__).resolve().parents[2] / "dags"
_RUNS, _RUN_SIZE, _SLOTS = 10, 100, 4
_NIGHT = datetime(2026, 5, 4, tzinfo=UTC)
# So many times a generation has ended before somebody asks for the one repository.
_BEFORE = 10


def _ready(session: Session, dag_id: str, runs: int, repositories: int, since: datetime) -> None:
    """Runs whose repositories all wait for a slot; of equal weights Airflow takes the older date's."""
    known: Any = SerializedDagModel.get_dag(dag_id, session=session)
    task = known.get_task("repository.generate")
    for number in range(runs):
        run_id = f"r{number}"
        made = trigger_dag(
            dag_id=dag_id,
            run_id=run_id,
            logical_date=since + timedelta(minutes=number),
            triggered_by=DagRunTriggeredByType.REST_API,
            session=session,
        )
        assert made is not None
        made.state = DagRunState.RUNNING
        session.execute(
            delete(TaskInstance).where(TaskInstance.dag_id == dag_id, TaskInstance.run_id == run_id)
        )
        version = made.created_dag_version_id
        for index in range(repositories):
            session.add(TaskInstance(task, version, run_id, TaskInstanceState.SCHEDULED, index))
    session.flush()


def _take(scheduler: Any, session: Session) -> list[str]:  # noqa: ANN401 - Airflow's class is untyped
    """Whose generations are begun when `_SLOTS` are free; they end at once."""
    taken = scheduler._executable_task_instances_to_queued(max_tis=_SLOTS, session=session)
    for one in taken:
        one.state = TaskInstanceState.SUCCESS
        session.merge(one)
    session.flush()
    return [one.dag_id.removeprefix("documenthor_") for one in taken]


def main() -> None:
    """Let the scheduler take from the one, then from both."""
    DagBundlesManager().sync_bundles_to_db()  # type: ignore[no-untyped-call]
    sync_bag_to_db(DagBag(_DAGS), "dags-folder", None)
    scheduler = SchedulerJobRunner(job=Job())  # type: ignore[no-untyped-call]
    with create_session() as session:
        Pool.get_default_pool(session=session).slots = _SLOTS  # type: ignore[union-attr]
        _ready(session, "documenthor_large", _RUNS, _RUN_SIZE, _NIGHT)
        before = [whose for _ in range(_BEFORE) for whose in _take(scheduler, session)]
        _ready(session, "documenthor_small", 1, 1, _NIGHT + timedelta(hours=1))
        after: list[str] = []
        while "small" not in after:
            step = _take(scheduler, session)
            assert step, "nobody was taken"
            after += step
    print(json.dumps({"before": before.count("large"), "overtook": after.index("small")}))


if __name__ == "__main__":
    main()
