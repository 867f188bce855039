"""A branch of Airflow's own inside a mapped task group: the bug that `Route` is there for."""

from __future__ import annotations

import json

from airflow.sdk import dag, task, task_group


@task.branch
def choose(way: str) -> str:
    """Name the one task that shall run."""
    return f"repository.{way}"


@task
def commit() -> None:
    """One way."""


@task
def pull_request() -> None:
    """The other way."""


@task_group
def repository(way: str) -> None:
    """What is mapped."""
    choose(way) >> [commit(), pull_request()]


@dag(schedule=None, default_args={"retries": 0})
def branching() -> None:
    """Two map indexes that choose different ways."""
    repository.expand(way=["commit", "pull_request"])


branching_dag = branching()

if __name__ == "__main__":
    run = branching_dag.test()
    print(json.dumps({f"{ti.task_id}[{ti.map_index}]": ti.state for ti in run.get_task_instances()}))
