"""The commands that call a running service, against the real API on the loopback interface."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
import structlog
from documenthor import cli
from documenthor.outcomes import failed

from tests.action.conftest import issuer, service, worker
from tests.documenthor.support import AUDIENCE, ISSUER, key
from tests.documenthor.webhooks.conftest import Outbox, outbox, receiver

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.action.worker import Worker
    from tests.fakes.webhook_receiver import Receiver

__all__ = ["issuer", "outbox", "receiver", "service", "worker"]


@pytest.fixture(autouse=True)
def log() -> Iterator[None]:
    """The service runs in this process; its log must not stand among what the command prints."""
    with structlog.testing.capture_logs():
        yield


@pytest.fixture(autouse=True)
def caller(service: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A caller of `acme`, as its environment says."""
    file = tmp_path / "caller.pem"
    file.write_text(key("acme").pem)
    for name, value in {
        "DOCUMENTHOR_URL": service,
        "DOCUMENTHOR_TENANT": "acme",
        "DOCUMENTHOR_PRIVATE_KEY_FILE": str(file),
        "DOCUMENTHOR_ISSUER": ISSUER,
        "DOCUMENTHOR_AUDIENCE": AUDIENCE,
    }.items():
        monkeypatch.setenv(name, value)


def _error(capsys: pytest.CaptureFixture[str]) -> str:
    captured = capsys.readouterr()
    assert captured.err.startswith("documenthor: ")
    assert captured.err.count("\n") == 1
    return captured.err


def test_submitting_prints_the_job(worker: Worker, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["submit", "web", "--mode", "commit", "--force"]) == 0
    (job,) = worker.triggered
    assert capsys.readouterr().out.strip() == job.id
    assert (job.request.mode, job.request.force) == ("commit", True)


def test_a_registered_address_is_told(worker: Worker, outbox: Outbox, receiver: Receiver) -> None:
    outbox.register(receiver, on_request=True)
    for more in ([], ["--webhook", receiver.url]):
        assert cli.main(["submit", "web", "--watch", *more]) == 0
    assert outbox.later(minutes=2) == 1
    (message,) = receiver.received
    assert message["data"]["job"] == worker.triggered[1].id


def test_watching_ends_with_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["submit", "web", "api", "--watch"]) == 0
    out = capsys.readouterr().out
    assert "succeeded (pull_request 2)" in out
    assert out.count("https://forge.example/acme/web/pull/7") == 2


def test_failures_have_a_status_of_their_own(worker: Worker, capsys: pytest.CaptureFixture[str]) -> None:
    worker.outcomes = {"web": failed("generate", "it [bold]broke[/bold]\x1b[31m")}
    assert cli.main(["submit", "web", "--watch"]) == 3
    out = capsys.readouterr().out
    assert "failed(generate)" in out
    assert "[bold]broke[/bold]" in out
    assert "\x1b" not in out


def test_status_as_json(worker: Worker, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["submit", "web", "--watch", "--json"]) == 0
    capsys.readouterr()
    assert cli.main(["status", worker.triggered[0].id, "--json"]) == 0
    status = json.loads(capsys.readouterr().out)
    assert status["state"] == "succeeded"
    assert [row["name"] for row in status["repositories"]] == ["web"]


def test_listing_cancelling_and_retrying(worker: Worker, capsys: pytest.CaptureFixture[str]) -> None:
    worker.never_ends = True
    assert cli.main(["submit", "web"]) == 0
    job = capsys.readouterr().out.strip()
    assert cli.main(["jobs"]) == 0
    assert job in capsys.readouterr().out
    assert cli.main(["cancel", job]) == 0
    assert "cancel" in capsys.readouterr().out
    assert cli.main(["retry", job]) == 1
    assert "the service answered 409" in _error(capsys)
    assert cli.main(["jobs", "--state", "succeeded", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == []


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["status", "no-such-job"], "404"),
        (["status", "../../api/jobs"], "404"),
        (["submit", "no/such name"], "422"),
        (["submit", "web", "--webhook", "https://unknown.example/"], "/webhook: "),
        (["submit", "--url", "http://service.example", "web"], "no https address"),
        (["submit", "--url", "http://127.0.0.1:9", "web"], "gave no answer"),
        (["submit", "--private-key", "missing.pem", "web"], "missing.pem"),
        (["submit", "--tenant", "other", "web"], "401"),
    ],
)
def test_what_cannot_be_done_is_one_line(
    arguments: list[str], says: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("documenthor.client.jobs._PAUSE", 0)
    assert cli.main(arguments) == 1
    assert says in _error(capsys)


@pytest.mark.parametrize(
    "variable", ["DOCUMENTHOR_URL", "DOCUMENTHOR_TENANT", "DOCUMENTHOR_PRIVATE_KEY_FILE"]
)
def test_missing_settings_are_named(
    variable: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(variable)
    assert cli.main(["jobs"]) == 1
    assert variable in _error(capsys)
