"""`documenthor audit`, and the entries that the other commands leave."""

from __future__ import annotations

import getpass
import json
from typing import TYPE_CHECKING, Any

import pytest
from cryptography.fernet import Fernet
from documenthor import cli
from sqlalchemy import text

from tests.documenthor.audit.test_log import unlock

if TYPE_CHECKING:
    from pathlib import Path

    from documenthor.db import Database


@pytest.fixture(autouse=True)
def deployment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, database: Database) -> Path:
    """A migrated deployment with one tenant."""
    tenants = tmp_path / "tenants"
    tenants.mkdir()
    (tenants / "acme.yaml").write_text("organisation: acme\nforge: {kind: local}\n")
    monkeypatch.setenv("DOCUMENTHOR_DATABASE_URL", database.url)
    monkeypatch.setenv("DOCUMENTHOR_TENANTS", str(tenants))
    monkeypatch.setenv("DOCUMENTHOR_ENCRYPTION_KEYS", Fernet.generate_key().decode())
    return tmp_path


def _out(capsys: pytest.CaptureFixture[str], *arguments: str, status: int = 0) -> str:
    capsys.readouterr()
    assert cli.main(list(arguments)) == status
    return capsys.readouterr().out.strip()


def _events(capsys: pytest.CaptureFixture[str], tenant: str = "acme") -> list[dict[str, Any]]:
    exported = _out(capsys, "audit", "export", "--tenant", tenant)
    return [json.loads(line) for line in exported.splitlines()]


def _said(events: list[dict[str, Any]]) -> list[tuple[str, str, list[str]]]:
    return [
        (event["api"]["operation"], event["status"], [each["uid"] for each in event["resources"]])
        for event in events
    ]


def _pair(deployment: Path, name: str) -> list[str]:
    return ["--tenant", "acme", "--private-key", str(deployment / name)]


def test_keys_leave_entries(deployment: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one = _out(capsys, "keys", "new", *_pair(deployment, "one.pem"))
    two = _out(capsys, "keys", "rotate", *_pair(deployment, "two.pem"))
    _out(capsys, "keys", "retire", one)
    events = _events(capsys)
    assert _said(events) == [
        ("key.new", "Success", [one]),
        ("key.rotate", "Success", [two]),
        ("key.retire", "Success", [one]),
    ]
    assert {event["actor"]["user"]["uid"] for event in events} == {f"cli:{getpass.getuser()}"}
    assert [event["activity_id"] for event in events] == [1, 3, 4]
    assert "PRIVATE KEY" not in json.dumps(events)


def test_webhooks_leave_entries_without_address_or_secret(capsys: pytest.CaptureFixture[str]) -> None:
    tenant = ("--tenant", "acme")
    address = "https://hooks.acme.example/a-secret-path"
    endpoint, secret = _out(capsys, "webhooks", "add", *tenant, address).split("\t")
    second = _out(capsys, "webhooks", "rotate", *tenant, endpoint)
    for command in ("enable", "remove"):
        _out(capsys, "webhooks", command, *tenant, endpoint)
    events = _events(capsys)
    assert _said(events) == [
        (f"webhook.{command}", "Success", [endpoint]) for command in ("add", "rotate", "enable", "remove")
    ]
    assert [event["activity_id"] for event in events] == [1, 3, 3, 4]
    shown = json.dumps(events)
    assert not [hidden for hidden in (secret, second, "a-secret-path") if hidden in shown]


def test_refused_commands_leave_entries(capsys: pytest.CaptureFixture[str]) -> None:
    _out(capsys, "webhooks", "add", "--tenant", "acme", "http://inside.example/", status=1)
    _out(capsys, "webhooks", "resend", "--tenant", "acme", "msg_1", "msg_2", status=1)
    _out(capsys, "keys", "retire", "no-such-key", status=1)
    events = _events(capsys)
    assert _said(events) == [("webhook.add", "Failure", []), ("webhook.resend", "Failure", ["msg_1"])]
    assert "https://" in events[0]["status_detail"]
    # Whose an unknown key is, nobody knows.
    assert _said(_events(capsys, "")) == [("key.retire", "Failure", ["no-such-key"])]


def test_verify_says_what_does_not_hold(
    deployment: Path, database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("one.pem", "two.pem"):
        _out(capsys, "keys", "new", *_pair(deployment, name))
    anchors = deployment / "anchors.jsonl"
    anchors.write_text(_out(capsys, "audit", "anchor"))
    assert _out(capsys, "audit", "verify").startswith("2 entries of 1 chains hold; without anchors")
    assert "against 1 anchors" in _out(capsys, "audit", "verify", "--anchors", str(anchors))
    with database.session() as session:
        unlock(session)
        session.execute(text("UPDATE audit SET actor = 'somebody else' WHERE number = 1"))
    capsys.readouterr()
    assert cli.main(["audit", "verify"]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert "acme: entry 1 was changed" in told.err


def test_export_goes_on_after_a_number(deployment: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("one.pem", "two.pem", "three.pem"):
        _out(capsys, "keys", "new", *_pair(deployment, name))
    exported = _out(capsys, "audit", "export", "--tenant", "acme", "--after", "2")
    assert [json.loads(line)["metadata"]["uid"] for line in exported.splitlines()] == ["acme/3"]


def test_file_that_holds_no_anchors(deployment: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (deployment / "anchors").write_text("nonsense\n")
    assert cli.main(["audit", "verify", "--anchors", str(deployment / "anchors")]) == 1
    assert "line 1 is no anchor" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["verify", "anchor", "export"])
def test_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        cli.main(["audit", command, "--help"])
    assert caught.value.code == 0
    assert f"usage: documenthor audit {command}" in capsys.readouterr().out
