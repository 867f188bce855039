"""What is in the logs of a running system, and what it tells Sentry; no token is in either."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from tests.running.conftest import REPOSITORIES
from tests.running.system import DAG, System, add_repository, hide, wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.fakes.sentry import FakeSentry

pytestmark = [pytest.mark.operators, pytest.mark.timeout(600)]

# How every JSON Web Token begins: a caller's as well as those that Airflow gives its tasks.
_TOKEN = b"eyJ"


@pytest.fixture(scope="module")
def failed(system: System) -> Iterator[str]:
    """A job over one repository that cannot be read."""
    folder = add_repository(system.state.forge, "torn")
    hide(folder)
    posted = system.caller.submit(["torn"])
    assert system.finish(posted)["counts"] == {"failed": 1}
    yield posted
    shutil.rmtree(folder)


def test_every_line_of_a_task_names_its_repository_once_it_has_begun(system: System, job: str) -> None:
    seen = set()
    for path in _logs(system, job, "repository.generate"):
        lines = _lines(path)
        first = next(number for number, line in enumerate(lines) if "repository" in line)
        named = {
            (line["tenant"], line["job"], line["repository"]) for line in lines[first:] if "ti_id" in line
        }
        assert len(named) == 1, named
        seen |= named
    assert seen == {("local", job, name) for name in REPOSITORIES}


def test_a_task_on_a_whole_job_names_it(system: System, job: str) -> None:
    for path in _logs(system, job, "plan"):
        named = {(line["tenant"], line["job"]) for line in _lines(path) if "job" in line}
        assert named == {("local", job)}


def test_the_line_that_tells_of_a_failure_names_the_repository(system: System, failed: str) -> None:
    lines = [line for path in _logs(system, failed, "repository.generate") for line in _lines(path)]
    told = [line for line in lines if line["level"] == "error" and line.get("error_detail")]
    assert told
    assert {(line["tenant"], line["job"], line["repository"]) for line in told} == {("local", failed, "torn")}


def test_a_failed_attempt_reaches_sentry_from_a_process_that_ends_at_once(
    system: System, failed: str, sentry: FakeSentry
) -> None:
    def events() -> list[dict[str, Any]]:
        return [event for event in sentry.events if event["tags"].get("job") == failed]

    wait_for("the error's arrival", lambda: bool(events()))
    assert {(event["tags"]["tenant"], event["tags"]["repository"]) for event in events()} == {
        ("local", "torn")
    }
    assert all("request" not in event and "extra" not in event for event in events())
    assert not any(_TOKEN in raw for raw in sentry.raw)
    assert system.airflow.url.encode() not in b"".join(sentry.raw)


def test_answers_of_the_api_are_lines_of_the_server(system: System, job: str) -> None:
    lines = _lines(system.state.logs / "api-server.log")
    answered = [line for line in lines if line.get("event") == "answered"]
    asked = [line for line in answered if line["route"] == "process_batch" and line["status"] == 202]
    assert job
    assert asked
    assert {"request_id", "tenant", "method", "route", "status", "milliseconds"} <= asked[0].keys()
    assert "local" in {line["tenant"] for line in asked}


def test_no_token_is_in_any_log(system: System, job: str, failed: str) -> None:
    assert job != failed
    logs = [*system.state.logs.glob("*.log"), *(system.state.airflow / "logs").rglob("*.log")]
    assert len(logs) > len(REPOSITORIES)
    assert [str(path) for path in logs if _TOKEN in path.read_bytes()] == []


def _logs(system: System, job: str, task: str) -> list[Path]:
    runs = (system.state.airflow / "logs" / f"dag_id={DAG}").glob(f"run_id=job_{job}_*")
    found = [path for run in runs for path in (run / f"task_id={task}").rglob("*.log")]
    assert found
    return found


def _lines(path: Path) -> list[dict[str, Any]]:
    """The lines that are objects; what a library prints is beside them."""
    texts = path.read_text("utf-8").splitlines()
    return [json.loads(text) for text in texts if text.startswith("{")]
