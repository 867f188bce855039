"""One browser, and one embedded Airflow with jobs of every kind, for all tests of a session."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from documenthor import jobs
from documenthor.db import Database

from embedded.state import State
from tests.browser.chromium import Desk, chromium
from tests.documenthor.pages import support
from tests.running.system import System, add_repository

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TENANTS = ("local", "other")
USERS = "admin:admin,viewer:viewer"
NIGHTS = 12
# Nobody is asked anything; it says where pull requests are.
GITHUB = {"conn_type": "github", "host": "https://github.example/api/v3", "password": "none"}


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium."""
    with chromium() as running:
        yield running


@pytest.fixture(scope="session")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """The embedded Airflow as `make run` starts it, and a second user who may only look."""
    state = State(tmp_path_factory.mktemp("run"))
    state.prepare()
    for name in ("alpha", "beta"):
        add_repository(state.forge, name)
    write_tenants(state.root / "tenants")
    running = System.start(
        state,
        DOCUMENTHOR_TENANTS=str(state.root / "tenants"),
        AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS=USERS,
        AIRFLOW_CONN_GITHUB_DEFAULT=json.dumps(GITHUB),
    )
    seed(state)
    yield running
    running.stop()


@pytest.fixture
def desk(browser: Any, system: System) -> Desk:
    """A browser on that Airflow."""
    return Desk(browser, system.airflow.url)


def write_tenants(folder: Path) -> None:
    """Two organisations on folders of their own and one on GitHub, without a schedule."""
    folder.mkdir()
    hosted = "organisation: hosted\nforge: {kind: github}\nschedule: {paused: true}\n"
    (folder / "hosted.yaml").write_text(hosted, "utf-8")
    for name in TENANTS:
        path = "forge" if name == "local" else name
        text = f"organisation: {name}\nforge: {{kind: local, path: {path}}}\nschedule: {{paused: true}}\n"
        (folder / f"{name}.yaml").write_text(text, "utf-8")


def seed(state: State) -> None:
    """Nights of both organisations, the newest of `local` with one repository for every outcome."""
    with closing(Database(f"sqlite:///{state.home}/documenthor.db")) as database:
        now = datetime.now(UTC)
        for tenant in TENANTS:
            for night in range(NIGHTS, 0, -1):
                at, job = now - timedelta(days=night), f"night-{tenant}-{night}"
                support.record(database, [f"{tenant}-tool"], job, tenant, at)
                support.end(database, job, f"{tenant}-tool", support.ENDS["alpha"], at)
                support.report(database, job, f"{tenant}-tool", tenant, at, score=99.0 - night)
                jobs.close_run(database, job, f"run of {job}", at + timedelta(seconds=20))
                support.measure(database, job, f"{tenant}-tool", gpu_hours=1, finished_at=at)
        support.ended(database, "every-outcome", "local", now - timedelta(hours=1))
        support.ended(database, "pulls", "hosted", now - timedelta(hours=1))


def passwords(state: State) -> dict[str, str]:
    """What Airflow's simple auth manager made up."""
    path = state.airflow / "simple_auth_manager_passwords.json.generated"
    found: dict[str, str] = json.loads(path.read_text("utf-8"))
    return found
