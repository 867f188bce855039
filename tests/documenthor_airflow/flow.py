"""Runs the DAG `documenthor_local` once, in this process, and prints its job's status and its states.

Beside them stands what its tasks imported after what the executor of the embedded system imports for them.
"""

from __future__ import annotations

import json
import runpy
import sys
from pathlib import Path

from airflow.sdk.observability import stats
from airflow.sdk.observability.metrics import stats_utils
from documenthor import jobs
from documenthor_airflow.deployment import deployment
from documenthor_airflow.plan import job_id_of
from documenthor_airflow.warm import warm_up


def main() -> None:
    """Run with the configuration given on the command line."""
    # As Airflow does before it runs a task in a process of its own.
    stats.initialize(factory=stats_utils.get_stats_factory(), export_legacy_names=False)
    warm_up(deployment().settings.runtime)
    before = set(sys.modules)
    path = Path(__file__).resolve().parents[2] / "dags" / "documenthor.py"
    dag = runpy.run_path(str(path))["documenthor_local"]
    # `dag.test()` of this Airflow fails on a DAG with a deadline; tests/running has one that is missed.
    dag.deadline = None
    run = dag.test(run_conf=json.loads(sys.argv[1]))
    context = {"run_id": run.run_id, "params": run.conf or {}}
    job_id = job_id_of(dag.dag_id, context)  # type: ignore[arg-type]
    status = jobs.status(deployment().database, tenant="local", job_id=job_id).model_dump(mode="json")
    ours = ("docgen", "documenthor")
    imported = sorted(name for name in set(sys.modules) - before if name.startswith(ours))
    states = {f"{ti.task_id}[{ti.map_index}]": ti.state for ti in run.get_task_instances()}
    print(json.dumps({**status, "run": run.state, "tasks": states, "imported": imported}))


if __name__ == "__main__":
    main()
