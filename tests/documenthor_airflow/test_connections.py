"""Airflow connections of the `github` provider: what is understood, and what is said of the rest."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from tests.documenthor_airflow.conftest import PROJECT, environment

if TYPE_CHECKING:
    from pathlib import Path

_PROGRAM = """
import json, os, sys
from documenthor.errors import ConfigurationError
from documenthor_airflow.connections import read_connection
for name, value in json.loads(sys.argv[1]).items():
    os.environ[f"AIRFLOW_CONN_{name.upper()}"] = value if isinstance(value, str) else json.dumps(value)
    try:
        found = read_connection(name)
        print(json.dumps([name, found.base_url, repr(found.credential)]))
    except ConfigurationError as error:
        print(json.dumps([name, "", str(error)]))
"""
APP = {"app_id": 7, "installation_id": 8, "private_key": "the-key"}


def github(**fields: Any) -> dict[str, Any]:  # noqa: ANN401 - a connection's fields
    """A connection of the provider."""
    return {"conn_type": "github", **fields}


PUBLIC, SERVER = "https://api.github.com", "https://x.example/api/v3"
CASES: dict[str, tuple[Any, str, str]] = {
    "token": (github(password="the-secret"), PUBLIC, "Token()"),
    "server": (github(password="the-secret", host=f"{SERVER}/"), SERVER, "Token()"),
    "app": (github(extra=APP), PUBLIC, "App(app_id='7', installation=8)"),
    "client": (github(extra={**APP, "app_id": "Iv1"}), PUBLIC, "App(app_id='Iv1', installation=8)"),
    "by_name": (github(extra={"app_id": 7, "private_key": "the-key"}), PUBLIC, "installation=None"),
    "other": ({"conn_type": "http", "password": "the-secret"}, "", "is of type 'http'"),
    "nothing": (github(), "", "neither a password nor an app_id"),
    "no_key": (github(extra={"app_id": 7}), "", "no private_key"),
    "no_file": (github(extra={"app_id": 7, "key_path": "/nowhere/key.pem"}), "", "cannot be read"),
    "no_pem": (github(extra={"app_id": 7, "key_path": "/etc/passwd"}), "", "no .pem file"),
    "no_number": (github(extra={**APP, "installation_id": "8"}), "", "no whole number"),
    "broken": ("{the-secret", "", "no usable Airflow connection"),
}  # fmt: skip


@pytest.fixture(scope="module")
def answers(migrated: Path) -> dict[str, list[str]]:
    """What each case and one that is missing come to."""
    given = {name: case[0] for name, case in CASES.items()}
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM, json.dumps(given)],
        env=environment(migrated), cwd=PROJECT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    assert "the-secret" not in done.stdout + done.stderr
    assert "the-key" not in done.stdout + done.stderr
    rows = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("[")]
    return {row[0]: row[1:] for row in rows}


@pytest.mark.parametrize("name", CASES)
def test_a_connection(answers: dict[str, list[str]], name: str) -> None:
    _, url, text = CASES[name]
    assert answers[name][0] == url
    assert text in answers[name][1]


def test_a_connection_that_airflow_stored_is_found_from_outside(migrated: Path) -> None:
    """As `documenthor forge check` reads it, which Airflow does not start."""
    add = ["airflow", "connections", "add", "stored", "--conn-type", "github"]
    fields = ["--conn-host", SERVER, "--conn-extra", json.dumps(APP)]
    program = (
        "from importlib.metadata import entry_points\n"
        "(offered,) = entry_points(group='documenthor.connections')\n"
        "found = offered.load()('stored')\n"
        "print(found.base_url, repr(found.credential))"
    )
    for command in ([*add, *fields], [sys.executable, "-c", program]):
        done = _run(command, migrated)
        assert done.returncode == 0, done.stderr[-3000:]
    assert done.stdout.splitlines()[-1] == f"{SERVER} App(app_id='7', installation=8)"
    missing = _run([sys.executable, "-c", program.replace("'stored'", "'missing'")], migrated)
    assert "ConfigurationError: there is no usable Airflow connection 'missing'" in missing.stderr


def _run(command: list[str], home: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, env=environment(home), cwd=PROJECT, capture_output=True, text=True, check=False
    )
