"""The whole flow on a GitHub over TLS: an App in an Airflow connection, waits, a clone, a pull request."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from tests.documenthor.forge.github.support import app_key
from tests.documenthor_airflow.conftest import PROJECT, environment
from tests.fakes.github import FakeGitHub
from tests.fakes.github.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.timeout(300)

FILES = {
    "README.md": b"# Engine\n",
    "engine.py": b'"""Runs engines."""\n\n\ndef run(times: int = 1) -> str:\n    """Run it."""\n',
}
TENANT = """\
organisation: local
forge: {kind: github, organisation: octo, filters: {exclude: [left-*]}}
minimum_score: 0
schedule: {paused: true}
"""


@pytest.fixture
def github(migrated: Path, tmp_path: Path) -> Iterator[tuple[FakeGitHub, dict[str, str]]]:
    """A GitHub with our App on it, and the environment of a deployment that knows it."""
    fake = FakeGitHub(tmp_path / "github")
    private, public = app_key()
    app = fake.app("documenthor", public, {"contents": "write", "pull_requests": "write"})
    installation = fake.install(app, "octo")
    tenants = migrated / "tenants-github"
    tenants.mkdir(exist_ok=True)
    (tenants / "local.yaml").write_text(TENANT)
    with fake.serve(tls=True) as served:
        extra = {"app_id": app.id, "installation_id": installation.id, "private_key": private}
        connection = {"conn_type": "github", "host": f"{served.url}/api/v3", "extra": extra}
        yield (
            fake,
            environment(migrated)
            | {
                "AIRFLOW_CONN_GITHUB_DEFAULT": json.dumps(connection),
                "DOCUMENTHOR_TENANTS": str(tenants),
                "DOCUMENTHOR_ALLOW_PROCESS_RUNTIME": "true",
                "REQUESTS_CA_BUNDLE": str(served.ca_file),
                "GIT_SSL_CAINFO": str(served.ca_file),
            },
        )


def run(env: dict[str, str], conf: dict[str, Any]) -> subprocess.CompletedProcess[str]:
    """Run the tenant's DAG."""
    command = [sys.executable, "-m", "tests.documenthor_airflow.flow", json.dumps(conf)]
    return subprocess.run(command, env=env, cwd=PROJECT, capture_output=True, text=True, check=False)


def test_an_organisation_is_documented_and_waits_are_waited_for(
    github: tuple[FakeGitHub, dict[str, str]],
) -> None:
    fake, env = github
    engine = fake.repository("octo/engine", FILES)
    fake.repository("octo/old", is_archived=True)
    fake.repository("octo/left-out")
    fake.limits.retry_after = 2
    fake.faults.script(Fault.SECONDARY_LIMIT, "viewer")

    done = run(env, {})

    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]
    status = json.loads(done.stdout.strip().splitlines()[-1])
    outcomes = {row["name"]: f"{row['outcome']}({row['reason']})" for row in status["repositories"]}
    assert outcomes == {
        "engine": "pull_request()",
        "left-out": "skipped(excluded)",
        "old": "skipped(archived)",
    }
    assert status["imported"] == [], "every task would import it: name it in documenthor_airflow/warm.py"
    assert [pull.state for pull in engine.pulls.values()] == ["open"]
    assert "going on at" in done.stdout + done.stderr
    leaked = [value for value in fake.vault.tokens if value.startswith("ghs_")]
    assert leaked == [], "every token was revoked"
    assert "ghs_" not in done.stdout + done.stderr
    assert env["AIRFLOW_CONN_GITHUB_DEFAULT"][-200:-100] not in done.stdout + done.stderr

    checked = subprocess.run(
        ["documenthor", "forge", "check", "--tenant", "local"],
        env=env, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (checked.returncode, checked.stderr) == (0, "")
    assert "lets us do all that we need" in checked.stdout


def test_the_process_runtime_is_refused_at_plan_time(github: tuple[FakeGitHub, dict[str, str]]) -> None:
    fake, env = github
    fake.repository("octo/engine", FILES)
    del env["DOCUMENTHOR_ALLOW_PROCESS_RUNTIME"]
    done = run(env, {})
    status = json.loads(done.stdout.strip().splitlines()[-1])
    assert (status["state"], status["run"], status["repositories"]) == ("failed", "failed", [])
    assert "DOCUMENTHOR_ALLOW_PROCESS_RUNTIME=true" in done.stdout + done.stderr
    assert fake.calls == []
