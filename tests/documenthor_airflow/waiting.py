"""Tasks of a mapped task group that the forge makes wait up to twice, and one that it forbids."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from airflow.sdk import dag, task_group
from airflow.sdk.observability import stats
from airflow.sdk.observability.metrics import stats_utils
from docgen.contract import JobSpec
from documenthor.errors import ForbiddenError, RateLimitedError
from documenthor_airflow.repository import RepositoryOperator

if TYPE_CHECKING:
    from airflow.sdk import Context
    from documenthor_airflow.repository import Assigned

ASKED: Counter[str] = Counter()


class Limited(RepositoryOperator):
    """Is told to come back later, as often as its repository's name says."""

    stage = "route"

    def work(self, context: Context) -> dict[str, object]:
        """Wait or be done; returns what was rendered and which try this is."""
        ASKED[self.repository] += 1
        if self.repository == "denied":
            raise ForbiddenError("missing: contents: write")
        if ASKED[self.repository] <= int(self.repository[-1]):
            raise RateLimitedError("too many calls", datetime.now(UTC) + timedelta(seconds=0.2))
        return {"mode": self.assigned["mode"], "try": context["ti"].try_number}


@task_group
def repository(assigned: Assigned) -> None:
    """What is mapped."""
    Limited(task_id="limited", assigned=assigned)


def _assigned(name: str) -> Assigned:
    url = f"/forge/{name}"
    spec = JobSpec(tenant="local", job="job", repository=name, url=url, commit="0" * 40)
    return {"spec": spec.model_dump_json(), "mode": f"of {name}", "dry_run": False}


@dag(schedule=None, default_args={"retries": 2, "retry_delay": timedelta(0)})
def waiting() -> None:
    """Four map indexes."""
    names = ("wait0", "wait1", "wait2", "denied")
    repository.expand_kwargs([{"assigned": _assigned(name)} for name in names])


waiting_dag = waiting()

if __name__ == "__main__":
    stats.initialize(factory=stats_utils.get_stats_factory(), export_legacy_names=False)
    run = waiting_dag.test()
    found = {ti.map_index: (ti.state, ti.try_number) for ti in run.get_task_instances()}
    results = {
        ti.map_index: ti.xcom_pull(task_ids=ti.task_id, map_indexes=ti.map_index)
        for ti in run.get_task_instances()
    }
    print(json.dumps({"states": found, "asked": ASKED, "results": results}))
