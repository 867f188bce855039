"""A night's pull requests, and the run for the rest of it: prints how their tasks go about it."""

from __future__ import annotations

import json
import runpy
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from airflow.sdk.exceptions import AirflowSkipException, DagRunTriggerException, TaskDeferred
from documenthor import jobs
from documenthor.jobs import JobRequest, Planned
from documenthor_airflow.deployment import deployment, now
from documenthor_airflow.plan import sibling_of

from tests.documenthor.support import spec

_NAMES = ("first", "second", "third")


class _Instance(SimpleNamespace):
    """A task instance for which the tasks before it have returned `pulled`."""

    map_index = 0

    def xcom_pull(self, **_: Any) -> Any:  # noqa: ANN401 - as Airflow's
        """What was returned."""
        return self.pulled


def _night(job: str, window: timedelta | None) -> None:
    database, begun = deployment().database, now()
    ends_at = None if window is None else begun + window
    night: dict[str, Any] = {"requested_by": "me", "now": begun, "job_id": job, "ends_at": ends_at}
    jobs.record(database, tenant="local", request=JobRequest(), **night)
    specs = [spec(name, job).model_copy(update={"tenant": "local"}) for name in _NAMES]
    jobs.resolve(database, job, [Planned(each.repository, each) for each in specs], begun)
    jobs.claim(database, job, "run", 2)


def _publish(task: Any, job: str, name: str, way: str, method: str = "execute") -> str:  # noqa: ANN401 - a task
    """How the publishing task goes on: it waits, it is skipped, or it goes to work on a bundle."""
    own = spec(name, job).model_copy(update={"tenant": "local"}).model_dump_json()
    task.assigned = {"spec": own, "mode": way, "dry_run": False}
    try:
        getattr(task, method)({"ti": _Instance(pulled=way)})
    except TaskDeferred as deferred:
        moment = deferred.trigger.moment
        return f"{deferred.method_name} {moment == jobs.due(deployment().database, job, name)}"
    except AirflowSkipException:
        status = jobs.status(deployment().database, tenant="local", job_id=job)
        return next(row.reason for row in status.repositories if row.name == name)
    except ValueError:
        return "works"
    return "done"


def _sibling(task: Any, job: str, mode: str) -> bool | None:  # noqa: ANN401 - a task
    """Whether the run for the rest begins when the third is due; None if it begins at once."""
    here = deployment()
    pulled = sibling_of(here.tenant("local"), job, 2, mode)
    try:
        task.execute({"ti": _Instance(pulled=pulled)})
    except DagRunTriggerException as wanted:
        after: datetime | None = wanted.run_after
        return None if after is None else after == jobs.due(here.database, job, "third")
    raise AssertionError("nothing was triggered")


def main() -> None:
    """Go through a night, a job of the API, a tenant with one run, and a cancelled night."""
    path = Path(__file__).resolve().parents[2] / "dags" / "documenthor.py"
    dag = runpy.run_path(str(path))["documenthor_local"]
    task, commit = dag.get_task("repository.pull_request"), dag.get_task("repository.commit")
    sibling = dag.get_task("sibling")
    _night("night", timedelta(days=1))
    _night("asked", None)
    found: dict[str, Any] = {
        "night": [_publish(task, "night", name, "pull_request") for name in _NAMES],
        "commit": _publish(commit, "night", "second", "commit"),
        "asked": [_publish(task, "asked", name, "pull_request") for name in _NAMES],
        "sibling": [_sibling(sibling, "night", mode) for mode in ("pull_request", "commit")],
        "sibling_asked": _sibling(sibling, "asked", "pull_request"),
        "turn": _publish(task, "night", "first", "pull_request", "take_turn"),
    }
    file = deployment().settings.tenants / "local.yaml"
    text = file.read_text("utf-8")
    file.write_text(text + "runs: 1\n", "utf-8")
    try:
        found["one run"] = [_publish(task, "night", name, "pull_request") for name in _NAMES]
        found["sibling_one"] = _sibling(sibling, "night", "pull_request")
    finally:
        file.write_text(text, "utf-8")
    jobs.start(deployment().database, "night", "second", now())
    jobs.cancel(deployment().database, tenant="local", job_id="night", now=now())
    found["cancelled"] = _publish(task, "night", "second", "pull_request", "take_turn")
    print(json.dumps(found))


if __name__ == "__main__":
    main()
