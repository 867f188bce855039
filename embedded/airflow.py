"""Airflow's components as child processes: started together, stopped together, none left behind."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import psutil

from embedded.state import RunError

if TYPE_CHECKING:
    from embedded.state import State

_PROJECT = Path(__file__).resolve().parents[1]
_COMPONENTS = ("api-server", "scheduler", "dag-processor", "triggerer")
_START_SECONDS = 300
_STOP_SECONDS = 20
ISSUER, AUDIENCE = "documenthor-embedded", "documenthor"


class Airflow:
    """One embedded Airflow on `port` of the loopback interface."""

    def __init__(self, state: State, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self._state = state
        self.environment = _environment(state, port, self.url)
        # What one component gets besides.
        self.components: dict[str, dict[str, str]] = {}
        self._processes: dict[str, subprocess.Popen[bytes]] = {}

    def start(self) -> None:
        """Migrate the databases and start every component; returns when the API answers."""
        stop_leftovers(self._state)
        self._once("airflow", "db", "migrate")
        self._once("documenthor", "db", "migrate")
        if self.environment["DOCUMENTHOR_RUNTIME"] == "kubernetes":
            self._make_pools()
        for name in _COMPONENTS:
            self._processes[name] = self._spawn(name)
            _remember(self._state, self._processes)
        self._wait_until_ready()

    def stop(self) -> None:
        """Stop the components and everything that they started."""
        stop_leftovers(self._state)
        for process in self._processes.values():
            process.wait()
        self._processes.clear()

    def pids(self) -> dict[str, int]:
        """The process ids of the components, by name."""
        return {name: process.pid for name, process in self._processes.items()}

    def password(self) -> str:
        """The password of the user `admin` in Airflow's UI."""
        path = self._state.airflow / "simple_auth_manager_passwords.json.generated"
        passwords: dict[str, str] = json.loads(path.read_text("utf-8"))
        return passwords["admin"]

    def check(self) -> None:
        """Raise `RunError` if a component has died."""
        for name, process in self._processes.items():
            if process.poll() is not None:
                log = self._state.logs / f"{name}.log"
                raise RunError(f"Airflow's {name} ended with {process.returncode}; read {log}")

    def restart(self, name: str) -> None:
        """Start a component anew, whatever became of its process; returns when the API answers."""
        self._processes[name].kill()
        self._processes[name].wait()
        self._processes[name] = self._spawn(name)
        _remember(self._state, self._processes)
        self._wait_until_ready()

    def _make_pools(self) -> None:
        self._once("documenthor", "pools")
        # What it said is the file that Airflow reads.
        self._once("airflow", "pools", "import", str(self._state.logs / "documenthor-setup.log"))

    def _once(self, program: str, *arguments: str) -> None:
        log = self._state.logs / f"{program}-setup.log"
        with log.open("wb") as output:
            command = [str(Path(sys.executable).with_name(program)), *arguments]
            done = subprocess.run(
                command, env=self.environment, stdout=output, stderr=subprocess.STDOUT, check=False
            )
        if done.returncode != 0:
            raise RunError(f"`{program} {' '.join(arguments)}` failed; read {log}")

    def _spawn(self, name: str) -> subprocess.Popen[bytes]:
        with (self._state.logs / f"{name}.log").open("ab") as output:
            return subprocess.Popen(
                [str(Path(sys.executable).with_name("airflow")), name],
                env=self.environment | self.components.get(name, {}),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                # Ctrl-C reaches this program alone, which then stops the components in order.
                start_new_session=True,
            )

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + _START_SECONDS
        while time.monotonic() < deadline:
            self.check()
            if self._is_ready():
                return
            time.sleep(0.5)
        raise RunError(f"Airflow did not become ready within {_START_SECONDS} s; read {self._state.logs}")

    def _is_ready(self) -> bool:
        try:
            health = httpx.get(f"{self.url}/api/v2/monitor/health", timeout=5).json()
            own = httpx.get(f"{self.url}/api/health", timeout=30).status_code
        except (httpx.HTTPError, ValueError):
            return False
        alive = all(
            health.get(part, {}).get("status") == "healthy" for part in ("scheduler", "dag_processor")
        )
        return alive and own == httpx.codes.OK


def stop_leftovers(state: State) -> None:
    """Stop what an earlier run started and could not stop itself."""
    path = state.root / "processes.json"
    if not path.exists():
        return
    family = [found for pid, born in json.loads(path.read_text("utf-8")) for found in _family(pid, born)]
    for process in family:
        _signal(process, signal.SIGTERM)
    _, alive = psutil.wait_procs(family, timeout=_STOP_SECONDS)
    # Workers may have started more meanwhile, so look again before the last word.
    for process in {*alive, *(child for parent in alive for child in _children(parent))}:
        _signal(process, signal.SIGKILL)
    psutil.wait_procs(alive, timeout=_STOP_SECONDS)
    path.unlink()


def _remember(state: State, processes: dict[str, subprocess.Popen[bytes]]) -> None:
    born = [(process.pid, psutil.Process(process.pid).create_time()) for process in processes.values()]
    (state.root / "processes.json").write_text(json.dumps(born), "utf-8")


def _family(pid: int, born: float) -> list[psutil.Process]:
    try:
        process = psutil.Process(pid)
        # The number may belong to another program by now.
        return [process, *_children(process)] if process.create_time() == born else []
    except psutil.NoSuchProcess:
        return []


def _children(process: psutil.Process) -> list[psutil.Process]:
    try:
        return process.children(recursive=True)
    except psutil.NoSuchProcess:
        return []


def _signal(process: psutil.Process, number: signal.Signals) -> None:
    try:
        process.send_signal(number)
    except psutil.NoSuchProcess:
        return


def _environment(state: State, port: int, url: str) -> dict[str, str]:
    inherited = {
        k: v for k, v in os.environ.items() if not k.startswith(("AIRFLOW", "DOCUMENTHOR_", "_AIRFLOW"))
    }
    return {
        **inherited,
        **state.secrets(),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
        "AIRFLOW_HOME": str(state.airflow),
        "AIRFLOW__CORE__DAGS_FOLDER": str(_PROJECT / "dags"),
        "AIRFLOW__CORE__PLUGINS_FOLDER": str(_PROJECT / "plugins"),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        # On a busy machine the Kubernetes client alone takes long to import.
        "AIRFLOW__CORE__DAGBAG_IMPORT_TIMEOUT": "300",
        "AIRFLOW__CORE__EXECUTOR": "documenthor_airflow.warm.LocalExecutor",
        # SQLite takes one writer at a time: many workers end in "database is locked".
        "AIRFLOW__CORE__PARALLELISM": "8",
        # LocalExecutor takes more than it can run and works it off in the order of arrival; a pool of as many
        # slots lets the scheduler choose by priority whenever one is free.
        "AIRFLOW__CORE__DEFAULT_POOL_TASK_SLOT_COUNT": "8",
        # Seconds that a writer waits for the one before it.
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{state.airflow.absolute()}/airflow.db?timeout=60",
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"{url}/execution/",
        "AIRFLOW__CORE__XCOM_BACKEND": "airflow.providers.common.io.xcom.backend.XComObjectStorageBackend",
        "AIRFLOW__COMMON_IO__XCOM_OBJECTSTORAGE_PATH": f"file://{state.airflow}/xcom",
        "AIRFLOW__COMMON_IO__XCOM_OBJECTSTORAGE_THRESHOLD": "65536",
        "AIRFLOW__COMMON_IO__XCOM_OBJECTSTORAGE_COMPRESSION": "gzip",
        "AIRFLOW__API__HOST": "127.0.0.1",
        "AIRFLOW__API__PORT": str(port),
        "AIRFLOW__API__BASE_URL": url,
        "AIRFLOW__API__WORKERS": "1",
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS": "admin:admin",
        # A run that was stopped half-way leaves tasks behind that look alive; retry them soon.
        "AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT": "60",
        "DOCUMENTHOR_HOME": str(state.home),
        "DOCUMENTHOR_ISSUER": ISSUER,
        "DOCUMENTHOR_AUDIENCE": AUDIENCE,
        "DOCUMENTHOR_RUNTIME": "process",
    }
