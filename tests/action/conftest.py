"""The real API on a port of the loopback interface, and the action's step as the runner would start it."""

from __future__ import annotations

import os
import re
import subprocess
import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import uvicorn
import yaml
from documenthor.api import build_app
from documenthor.settings import Settings
from documenthor.tokens import register

from tests.action.worker import Worker
from tests.documenthor.conftest import database, database_url, migrated
from tests.documenthor.support import AUDIENCE, ISSUER, key
from tests.fakes.oidc_issuer import OWNER, OidcIssuer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from documenthor.db import Database

__all__ = ["database", "database_url", "migrated"]

_TENANT = """\
organisation: acme
forge: {{kind: local}}
trust:
  targets: ["r*", api]
  github:
    issuer: {issuer}
    owner: "{owner}"
    callers:
      - repositories: any
        workflows: [acme/web/.github/workflows/docs.yml@refs/heads/main]
        refs: [refs/heads/main]
"""
ACTION = Path(__file__).resolve().parents[2] / "action"


@dataclass(frozen=True)
class Ended:
    """What a step left: its exit status, its log, its outputs by name and its summary."""

    status: int
    log: str
    outputs: dict[str, str]
    summary: str


@dataclass(frozen=True)
class Step:
    """Runs the step of action.yml with the environment that a runner gives it."""

    folder: Path
    url: str
    seconds: int = 60

    def run(self, with_: dict[str, str] | None = None, **runner: str) -> Ended:
        """The step with the inputs `with_`; `runner` replaces variables of the runner."""
        inputs = {"url": self.url, "audience": AUDIENCE, "issuer": ISSUER, "private-key": key("acme").pem}
        action = yaml.safe_load((ACTION / "action.yml").read_text("utf-8"))
        (step,) = action["runs"]["steps"]
        env = _inputs(action["inputs"], step["env"], inputs | (with_ or {})) | self._runner() | runner
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
            env=env, cwd=self.folder, capture_output=True, text=True, timeout=self.seconds, check=False,
        )  # fmt: skip
        lines = self._read("output").splitlines()
        outputs = dict(line.split("=", 1) for line in lines)
        return Ended(done.returncode, done.stdout + done.stderr, outputs, self._read("summary"))

    def _runner(self) -> dict[str, str]:
        for name in ("output", "summary"):
            (self.folder / name).write_text("")
        (self.folder / "temp").mkdir(exist_ok=True)
        return {
            "PATH": os.environ["PATH"],
            "GITHUB_ACTION_PATH": str(ACTION),
            "GITHUB_OUTPUT": str(self.folder / "output"),
            "GITHUB_STEP_SUMMARY": str(self.folder / "summary"),
            "RUNNER_TEMP": str(self.folder / "temp"),
            "GITHUB_REPOSITORY": "acme/web",
            "GITHUB_RUN_ID": "17",
            "GITHUB_RUN_ATTEMPT": "1",
            "GITHUB_JOB": "document",
            "GITHUB_ACTION": "document",
            "REPOSITORY_ID": "1001",
            "REPOSITORY_OWNER_ID": "42",
        }

    def _read(self, name: str) -> str:
        return (self.folder / name).read_text("utf-8")


def _inputs(
    declared: dict[str, dict[str, str]], env: dict[str, str], given: dict[str, str]
) -> dict[str, str]:
    """The step's environment with `${{ inputs.x }}` filled in as the runner does."""
    values = {name: given.get(name, known.get("default", "")) for name, known in declared.items()}
    found = {name: re.fullmatch(r"\$\{\{ inputs\.([\w-]+) \}\}", text) for name, text in env.items()}
    return {name: values[match[1]] for name, match in found.items() if match}


@pytest.fixture
def worker(database: Database) -> Worker:
    """What plays Airflow's part."""
    return Worker(database)


@pytest.fixture
def issuer() -> Iterator[OidcIssuer]:
    """GitHub's part in OIDC."""
    with OidcIssuer([key("github")]) as running:
        yield running


@pytest.fixture
def service(database: Database, worker: Worker, issuer: OidcIssuer, tmp_path: Path) -> Iterator[str]:
    """The address of the running API, with one key of `acme`."""
    (tmp_path / "tenants").mkdir()
    (tmp_path / "tenants" / "acme.yaml").write_text(_TENANT.format(issuer=issuer.url, owner=OWNER))
    register(database, "acme", key("acme").public_pem, datetime.now(UTC))
    settings = Settings.from_environment(
        {
            "DOCUMENTHOR_HOME": str(tmp_path),
            "DOCUMENTHOR_TENANTS": str(tmp_path / "tenants"),
            "DOCUMENTHOR_ISSUER": ISSUER,
            "DOCUMENTHOR_AUDIENCE": AUDIENCE,
        }
    )
    app = build_app(
        settings=settings,
        database=database,
        trigger=worker.trigger,
        clock=lambda: datetime.now(UTC),
        checks={},
    )
    with _served(app) as url:
        yield url


class _served:  # noqa: N801 - reads as a function where it is used
    """An ASGI app on a free port, for as long as the block runs."""

    def __init__(self, app: object) -> None:
        config = uvicorn.Config(app, host="127.0.0.1", port=0, log_level="warning", lifespan="off")  # type: ignore[arg-type]
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, daemon=True)

    def __enter__(self) -> str:
        self._thread.start()
        while not self._server.started:
            time.sleep(0.01)
        port = self._server.servers[0].sockets[0].getsockname()[1]
        return f"http://127.0.0.1:{port}"

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        self._thread.join()


@pytest.fixture
def step(tmp_path: Path, service: str) -> Step:
    """The action's step against the running API."""
    return Step(tmp_path, service)
