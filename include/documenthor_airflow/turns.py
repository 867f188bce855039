"""Whose turn it is when more tasks are ready than may run: stage by stage, and first repositories first."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Any

from airflow.task.priority_strategy import PriorityWeightStrategy

if TYPE_CHECKING:
    from airflow.models.taskinstance import TaskInstance


class Stage(IntEnum):
    """What a task's weight starts from: what was begun is finished before more is begun.

    Between two stages lie more numbers than a run has map indexes. A pod that has ended holds its GPU until
    its task was resumed, and Airflow weighs a resumed task like a new one; so with pods `generate` goes
    before what holds nothing. A tenant's pool bounds how many pods are begun.
    """

    GENERATE = 1000
    ROUTE = 2000
    PUBLISH = 3000
    POD = 4000
    RUN = 5000


class ByTurn(PriorityWeightStrategy):
    """A run's tenth repository waits for every other run's first nine, whichever tenant's they are.

    With Airflow's own rules all repositories of a large run go before those of a later small one.
    """

    def __repr__(self) -> str:
        # Airflow keeps a DAG's `default_args` as text; with an address in it every parse is another version.
        return type(self).__name__

    def get_weight(self, ti: TaskInstance) -> int:
        """The stage's weight, less one for each repository that comes before this one in its run."""
        task: Any = ti.task
        return int(task.priority_weight) - max(0, ti.map_index)
