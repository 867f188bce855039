"""Errors reach Sentry when that is asked for, and of what they held only what is listed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.documenthor_airflow.conftest import PROJECT, environment
from tests.fakes.sentry import FakeSentry

# What an event has besides: the SDK's own, and where Sentry files it.
_SDK = {"environment", "release", "sdk", "server_name"}
_OURS = {"event_id", "timestamp", "level", "platform", "tags", "exception", "logentry", "logger", "type"}


def _run(migrated: Path, what: str, sentry: FakeSentry, *, is_on: bool = True) -> str:
    tracked = {"AIRFLOW__SENTRY__SENTRY_ON": str(is_on), "AIRFLOW__SENTRY__SENTRY_DSN": sentry.dsn}
    dags = {"AIRFLOW__CORE__DAGS_FOLDER": str(Path(__file__).parent)}
    done = subprocess.run(
        [sys.executable, "-m", "tests.documenthor_airflow.tracking", what],
        env=environment(migrated) | dags | tracked,
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout + done.stderr


def _only(sentry: FakeSentry) -> dict[str, Any]:
    """The one event; nothing that was hidden is anywhere in what was sent."""
    (event,) = sentry.events
    assert event.keys() <= _OURS | _SDK
    sent = b"".join(sentry.raw)
    assert b"hidden-in" not in sent
    frames = event["exception"]["values"][0]["stacktrace"]["frames"]
    assert frames
    assert {name for each in frames for name in each} <= {
        "filename",
        "module",
        "function",
        "lineno",
        "in_app",
    }
    return event


def test_a_failed_task_is_told_of_with_what_it_worked_on(migrated: Path) -> None:
    with FakeSentry() as sentry:
        log = _run(migrated, "task", sentry)
    assert "a line with" in log
    event = _only(sentry)
    (raised,) = event["exception"]["values"]
    assert raised["type"] == "RuntimeError"
    assert raised["value"].startswith("it went wrong with ***")
    assert len(raised["value"]) <= 1000
    tags = {name: event["tags"][name] for name in ("tenant", "job", "repository", "task_id", "operator")}
    assert tags == {
        "tenant": "local",
        "job": "of-this-test",
        "repository": "alpha",
        "task_id": "failing",
        "operator": "Failing",
    }


def test_an_error_in_the_log_of_the_server_is_told_of_with_its_request(migrated: Path) -> None:
    with FakeSentry() as sentry:
        _run(migrated, "server", sentry)
    event = _only(sentry)
    assert event["exception"]["values"][0]["type"] == "ValueError"
    assert event["logentry"] == {"message": "request failed: %s"}
    assert event["tags"] == {"request_id": "of-this-request"}


def test_nothing_is_sent_unless_that_is_asked_for(migrated: Path) -> None:
    with FakeSentry() as sentry:
        _run(migrated, "server", sentry, is_on=False)
    assert sentry.raw == []
