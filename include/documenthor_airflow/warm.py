"""LocalExecutor that imports once what every task would import (docs/operators.md, "What Airflow costs").

It forks a process for every task from the scheduler, with whatever the scheduler has imported by then. A
running scheduler thus keeps the version of this package that it was started with.
"""

from __future__ import annotations

from collections import Counter
from importlib import import_module
from typing import TYPE_CHECKING, Any

from airflow.executors import local_executor
from airflow.sdk.listener import get_listener_manager
from documenthor.settings import Runtime, Settings
from sqlalchemy.orm import configure_mappers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from airflow.executors.workloads import ExecutorWorkload
    from airflow.executors.workloads.types import WorkloadKey
    from airflow.models.taskinstance import TaskInstance

# What is imported for a task at the latest; the rest comes along with these.
_BY_ALL = (
    "airflow.dag_processing.bundles.local",
    "airflow.dag_processing.dagbag",
    "airflow.providers.common.io.xcom.backend",
    "airflow.sdk.definitions.asset.metadata",
    "airflow.sdk.execution_time.task_runner",
    "documenthor.colours",
    "documenthor.forge.github",
    "documenthor.metrics.told",
    "documenthor.notices",
    "documenthor.planning",
    "documenthor.publish",
    "documenthor.reports",
    "documenthor.run_notes",
    "documenthor.runtimes",
    "documenthor_airflow.connections",
    "documenthor_airflow.dag",
    "documenthor_airflow.housekeeping",
    "documenthor_airflow.news",
    "documenthor_airflow.parsing",
    "documenthor_airflow.tracking",
    "jinja2.ext",
    "upath.implementations.local",
)
_ON_KUBERNETES = ("documenthor_airflow.pod",)


class LocalExecutor(local_executor.LocalExecutor):
    """Starts its workers after those imports. Nothing is opened: connections do not outlive a fork.

    It keeps the name by which Airflow tells that a system is local.

    It also knows the tasks that it has handed to workers. A deferred task may be back before a busy scheduler
    reads that the process ended which deferred it, and that is the end of the attempt to the scheduler,
    unless the executor has the task.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - BaseExecutor's arguments
        super().__init__(*args, **kwargs)  # type: ignore[no-untyped-call]
        # How often each is with a worker, or waits for one; by the attempt.
        self._handed: Counter[WorkloadKey] = Counter()

    def start(self) -> None:
        """Import, then start the workers."""
        warm_up(Settings.from_environment().runtime)
        super().start()

    def has_task(self, task_instance: TaskInstance) -> bool:
        """Whether the attempt waits here or is with a worker."""
        return super().has_task(task_instance) or self._handed[task_instance.key] > 0

    def change_state(self, key: WorkloadKey, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - BaseExecutor's
        """Note what a worker tells, which is that it has ended, and count it off."""
        self._handed[key] -= 1
        if self._handed[key] < 1:
            del self._handed[key]
        super().change_state(key, *args, **kwargs)

    def _process_workloads(self, workload_list: Sequence[ExecutorWorkload]) -> None:
        self._handed.update(each.key for each in workload_list)
        super()._process_workloads(workload_list)  # type: ignore[no-untyped-call]


def warm_up(runtime: Runtime) -> None:
    """Import what a deployment's tasks use with this runtime, plugins included, and make it ready."""
    for name in (*_BY_ALL, *(_ON_KUBERNETES if runtime is Runtime.KUBERNETES else ())):
        import_module(name)
    get_listener_manager()
    # SQLAlchemy puts the tables' classes together at the first query, which takes as long as importing them.
    configure_mappers()
