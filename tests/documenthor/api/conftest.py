"""The real app over a real database; only the trigger is a recording stand-in for Airflow."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

import pytest
from documenthor.api import TriggerError, build_app
from documenthor.metrics import Metrics
from documenthor.settings import Settings
from documenthor.tokens import register

from tests.documenthor.api.client import Client
from tests.documenthor.support import AUDIENCE, ISSUER, NOW, Clock, key
from tests.documenthor.tokens.crafting import token
from tests.fakes.metrics import Recorder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from documenthor.db import Database
    from documenthor.jobs import JobView
    from fastapi import FastAPI

TENANTS = ("acme", "other")


class Runs:
    """Starts runs as Airflow does: once for each job, however often it is asked."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        self.parts: list[int] = []
        self.started: set[str] = set()
        self.error: BaseException | None = None

    def trigger(self, job: JobView) -> None:
        """Start the job's run, or fail as it was told to."""
        self.calls.append(job.id)
        self.parts.append(job.part)
        if self.error:
            raise self.error
        self.started.add(job.id)

    def go_down(self) -> None:
        """From now on no run can be started."""
        self.error = TriggerError("the scheduler of db-host-7 is away")


@pytest.fixture
def runs() -> Runs:
    """What was triggered."""
    return Runs()


@pytest.fixture
def tenants(tmp_path: Path) -> Path:
    """The folder of tenant files."""
    folder = tmp_path / "tenants"
    folder.mkdir()
    for name in TENANTS:
        (folder / f"{name}.yaml").write_text(f"organisation: {name}\nforge: {{kind: local}}\n")
    return folder


@pytest.fixture
def checks() -> dict[str, Callable[[], bool]]:
    """The readiness checks; tests change them."""
    return {"database": lambda: True, "disk": lambda: True}


@pytest.fixture
def clock() -> Clock:
    """The app's clock."""
    return Clock()


@pytest.fixture
def measured() -> Recorder:
    """What the app has measured."""
    return Recorder()


@pytest.fixture
def app(
    database: Database,
    tenants: Path,
    runs: Runs,
    checks: dict[str, Callable[[], bool]],
    tmp_path: Path,
    clock: Clock,
    measured: Recorder,
) -> FastAPI:
    """The API with one key for each tenant."""
    for name in TENANTS:
        register(database, name, key(name).public_pem, NOW)
    environment = {
        "DOCUMENTHOR_HOME": str(tmp_path),
        "DOCUMENTHOR_TENANTS": str(tenants),
        "DOCUMENTHOR_ISSUER": ISSUER,
        "DOCUMENTHOR_AUDIENCE": AUDIENCE,
    }
    settings = Settings.from_environment(environment)
    return build_app(
        settings=settings,
        database=database,
        trigger=runs.trigger,
        clock=clock,
        checks=checks,
        metrics=Metrics(measured),
    )


def fresh_token(tenant: str, jti: str | None = None) -> str:
    """A good token of `tenant`."""
    return token({"org": tenant, "jti": jti or str(uuid.uuid4())}, signer=key(tenant))


@pytest.fixture
def client(app: FastAPI) -> Client:
    """A caller of `acme` with one good token."""
    return Client(app, fresh_token("acme"))


@pytest.fixture
def stranger(app: FastAPI) -> Client:
    """A caller of `other`."""
    return Client(app, fresh_token("other"))


@pytest.fixture
def nobody(app: FastAPI) -> Client:
    """A caller without a token."""
    return Client(app)
