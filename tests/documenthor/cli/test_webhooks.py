"""`documenthor webhooks` from registering an address to resending what was given up."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from cryptography.fernet import Fernet
from documenthor import cli, webhooks
from documenthor.webhooks.addresses import Destinations

from tests.documenthor.webhooks.conftest import LOOPBACK, finished
from tests.fakes.webhook_receiver import Receiver

if TYPE_CHECKING:
    from pathlib import Path

    from documenthor.db import Database

_FERNET = Fernet.generate_key().decode()
_URL = "https://hooks.acme.example/documenthor"


@pytest.fixture(autouse=True)
def deployment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, database: Database) -> Path:
    """A migrated deployment whose tenant vouches for the loopback interface."""
    assert database.is_ready()
    tenants = tmp_path / "tenants"
    tenants.mkdir()
    networks = "webhooks: {networks: [127.0.0.0/8]}\n"
    (tenants / "acme.yaml").write_text(f"organisation: acme\nforge: {{kind: local}}\n{networks}")
    (tenants / "other.yaml").write_text("organisation: other\nforge: {kind: local}\n")
    monkeypatch.setenv("DOCUMENTHOR_DATABASE_URL", database.url)
    monkeypatch.setenv("DOCUMENTHOR_TENANTS", str(tenants))
    monkeypatch.setenv("DOCUMENTHOR_ENCRYPTION_KEYS", _FERNET)
    return tmp_path


def _run(capsys: pytest.CaptureFixture[str], command: str, *more: str, tenant: str = "acme") -> str:
    """What the command prints; it has to work."""
    capsys.readouterr()
    assert cli.main(["webhooks", command, "--tenant", tenant, *more]) == 0
    return capsys.readouterr().out.strip()


def _add(capsys: pytest.CaptureFixture[str], url: str = _URL, *more: str) -> tuple[str, str]:
    endpoint, secret = _run(capsys, "add", url, *more).split("\t")
    return endpoint, secret


def _deliver(database: Database) -> int:
    sender = webhooks.Sender(Destinations(LOOPBACK))
    sealer = webhooks.Sealer([_FERNET])
    return webhooks.deliver_due(database, sealer, lambda _: sender, lambda: datetime.now(UTC))


def _announce(database: Database, job: str) -> None:
    with database.session() as session:
        webhooks.announce(session, finished(job), datetime.now(UTC), [])


def test_added_address_is_listed_without_its_secret(capsys: pytest.CaptureFixture[str]) -> None:
    endpoint, secret = _add(capsys)
    assert secret.startswith("whsec_")
    on_request, _ = _add(capsys, f"{_URL}/2", "--on-request", "--event", "repository.finished")
    assert _run(capsys, "list").splitlines() == [
        f"{endpoint}\tactive\tjob.finished\t{_URL}",
        f"{on_request}\ton request\trepository.finished\t{_URL}/2",
    ]
    assert _run(capsys, "list", tenant="other") == ""


def test_messages_are_signed_with_both_secrets_until_the_old_one_is_dropped(
    database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    with Receiver() as receiver:
        endpoint, old = _add(capsys, receiver.url)
        new = _run(capsys, "rotate", endpoint)
        for number, secret in enumerate((old, new)):
            receiver.secrets = [secret]
            _announce(database, f"job-{number}")
            assert _deliver(database) == 1
        assert (len(receiver.received), receiver.refused) == (2, 0)
        newest = _run(capsys, "rotate", endpoint, "--drop-old")
        for number, secret in enumerate((old, new, newest), start=2):
            receiver.secrets = [secret]
            _announce(database, f"job-{number}")
            assert _deliver(database) == 1
        assert (len(receiver.received), receiver.refused) == (3, 2)


def test_address_that_said_410_is_enabled_again_and_its_message_resent(
    database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    with Receiver(statuses=[410]) as receiver:
        endpoint, secret = _add(capsys, receiver.url)
        receiver.secrets = [secret]
        _announce(database, "job-1")
        assert _deliver(database) == 1
        assert "\tanswered 410 at " in _run(capsys, "list")
        delivery, event, attempts, result = _run(capsys, "dead").split("\t")
        assert (event, attempts, result) == ("job.finished", "1", "410")
        _run(capsys, "enable", endpoint)
        _run(capsys, "resend", delivery)
        assert _deliver(database) == 1
        assert receiver.ids == [delivery, delivery]
        assert _run(capsys, "dead") == ""
        assert "\tactive\t" in _run(capsys, "list")


def test_removed_address_is_forgotten(capsys: pytest.CaptureFixture[str]) -> None:
    endpoint, _ = _add(capsys)
    _run(capsys, "remove", endpoint)
    assert _run(capsys, "list") == ""


@pytest.mark.parametrize(
    ("tenant", "arguments", "says"),
    [
        ("acme", ["add", "http://hooks.acme.example/"], "https://"),
        ("other", ["add", "http://127.0.0.1:8080/"], "https://"),
        ("acme", ["add", _URL, "--event", "job.begun"], "unknown events"),
        ("nobody", ["add", _URL], "no such tenant file"),
        ("acme", ["rotate", "ep_0"], "no endpoint"),
        ("acme", ["enable", "ep_0"], "no endpoint"),
        ("acme", ["remove", "ep_0"], "no endpoint"),
        ("acme", ["resend", "msg_0"], "msg_0"),
    ],
)
def test_what_cannot_be_done_is_one_line(
    capsys: pytest.CaptureFixture[str], tenant: str, arguments: list[str], says: str
) -> None:
    command, *more = arguments
    assert cli.main(["webhooks", command, "--tenant", tenant, *more]) == 1
    error = capsys.readouterr().err
    assert error.startswith("documenthor: ")
    assert error.count("\n") == 1
    assert says in error


@pytest.mark.parametrize("command", ["rotate", "enable", "remove"])
def test_another_tenants_address_is_unknown(capsys: pytest.CaptureFixture[str], command: str) -> None:
    endpoint, _ = _add(capsys)
    assert cli.main(["webhooks", command, "--tenant", "other", endpoint]) == 1
    assert "no endpoint" in capsys.readouterr().err
    assert endpoint in _run(capsys, "list")


def test_no_secret_can_be_kept_without_a_key(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DOCUMENTHOR_ENCRYPTION_KEYS")
    assert cli.main(["webhooks", "add", "--tenant", "acme", _URL]) == 1
    assert "DOCUMENTHOR_ENCRYPTION_KEYS" in capsys.readouterr().err
