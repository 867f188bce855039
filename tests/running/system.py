"""A running system to test: the embedded Airflow with small repositories of its own."""

from __future__ import annotations

import subprocess
import sys
import time
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import httpx
from documenthor import jobs
from documenthor.db import Database
from documenthor_airflow.plan import job_id_of

from embedded.airflow import Airflow
from embedded.caller import Caller
from embedded.port import Port

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from embedded.state import State

DAG = "documenthor_local"
_IDENTITY = ("-c", "user.name=A", "-c", "user.email=a@example.com")


def git(folder: Path, *arguments: str) -> str:
    """Run git in `folder` and return what it prints."""
    command = ["git", "-C", str(folder), *_IDENTITY, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def add_repository(forge: Path, name: str) -> Path:
    """A repository with one module and one commit."""
    folder = forge / name
    folder.mkdir(parents=True)
    git(folder, "init", "--quiet", "--initial-branch=main")
    text = f'"""The tool {name}."""\n\n\ndef work(times: int = 1) -> str:\n    """Do it."""\n'
    (folder / "tool.py").write_text(text, "utf-8")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message=Start")
    return folder


def hide(repository: Path) -> Path:
    """Take the repository's only file from its objects; returns where it was, and `.lost` is there now."""
    name = git(repository, "rev-parse", "main:tool.py")
    path = repository / ".git" / "objects" / name[:2] / name[2:]
    path.rename(path.with_suffix(".lost"))
    return path


@dataclass
class System:
    """The embedded Airflow over `state`, with a caller's key and an administrator's session."""

    state: State
    airflow: Airflow
    caller: Caller
    port: Port

    @classmethod
    def start(
        cls, state: State, components: dict[str, dict[str, str]] | None = None, /, **environment: str
    ) -> System:
        """Start all components and wait until they answer; `components` get more of an environment each."""
        port = Port(preferred=0)
        airflow = Airflow(state, port.number)
        airflow.environment.update(environment)
        airflow.components.update(components or {})
        try:
            airflow.start()
        except BaseException:
            airflow.stop()
            port.close()
            raise
        caller = Caller(state, airflow.url, database=environment.get("DOCUMENTHOR_DATABASE_URL", ""))
        return cls(state, airflow, caller, port)

    def stop(self) -> None:
        """Stop all components."""
        self.caller.close()
        self.airflow.stop()
        self.port.close()

    def finish(self, job: str) -> dict[str, Any]:
        """Wait for the job's end and return its status."""
        return list(self.caller.follow(job, self.airflow.check))[-1]

    def job_of(self, dag: str, run: str, state: str = "success") -> jobs.JobStatus:
        """Wait for the end of a run that recorded its own job, and return that job."""
        with self.admin() as api:
            wait_for(f"the end of {run}", lambda: _state(api, dag, run) == state)
        database = Database(f"sqlite:///{self.state.home}/documenthor.db")
        context: Any = {"run_id": run, "params": {}}
        with closing(database):
            tenant = dag.removeprefix("documenthor_")
            return jobs.status(database, tenant=tenant, job_id=job_id_of(dag, context))

    def cli(self, *arguments: str) -> str:
        """Run Airflow's own command line in this deployment."""
        command = [sys.executable, "-m", "airflow", *arguments]
        done = subprocess.run(
            command, env=self.airflow.environment, check=False, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout

    def admin(self) -> httpx.Client:
        """Airflow's own REST API, as its administrator."""
        login = {"username": "admin", "password": self.airflow.password()}
        answer = httpx.post(f"{self.airflow.url}/auth/token", json=login, timeout=60)
        headers = {"Authorization": f"Bearer {answer.raise_for_status().json()['access_token']}"}
        return httpx.Client(base_url=f"{self.airflow.url}/api/v2", headers=headers, timeout=60)


def tasks_of(api: httpx.Client, dag: str, run: str, task: str) -> dict[str, dict[str, Any]]:
    """The task's instances in the mapped group, by repository."""
    path = f"/dags/{dag}/dagRuns/{run}/taskInstances"
    found = api.get(path, params={"task_id": f"repository.{task}"}).raise_for_status().json()
    return {one["rendered_map_index"]: one for one in found["task_instances"]}


def clear(api: httpx.Client, dag: str, run: str, repository: str) -> list[dict[str, Any]]:
    """Clear one repository's tasks, as the button in Airflow's UI does; returns them."""
    index = tasks_of(api, dag, run, "generate")[repository]["map_index"]
    body = {
        "dag_run_id": run,
        "task_ids": [["repository.generate", index]],
        "include_downstream": True,
        "only_failed": False,
        "dry_run": False,
    }
    answer = api.post(f"/dags/{dag}/clearTaskInstances", json=body).raise_for_status().json()
    tasks: list[dict[str, Any]] = answer["task_instances"]
    return tasks


def _state(api: httpx.Client, dag: str, run: str) -> str:
    state: str = api.get(f"/dags/{dag}/dagRuns/{run}").raise_for_status().json()["state"]
    return state


def wait_for(what: str, found: Callable[[], Any], seconds: float = 180) -> Any:  # noqa: ANN401 - whatever was found
    """Wait until `found` returns something true, and return it."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if result := found():
            return result
        time.sleep(0.2)
    raise AssertionError(f"{what} did not happen within {seconds:.0f} s")
