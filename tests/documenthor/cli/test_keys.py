"""`documenthor keys rotate`, `retire` and `list`, and tokens that speak for one repository."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import jwt
import pytest
from documenthor import cli

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, database_url: str) -> Path:
    """A deployment with one tenant and a migrated database."""
    (tmp_path / "tenants").mkdir()
    (tmp_path / "tenants" / "acme.yaml").write_text("organisation: acme\nforge: {kind: local}\n")
    for name, value in {
        "HOME": str(tmp_path),
        "DATABASE_URL": database_url,
        "TENANTS": str(tmp_path / "tenants"),
        "ISSUER": "https://ci.example",
        "AUDIENCE": "https://documenthor.example",
    }.items():
        monkeypatch.setenv(f"DOCUMENTHOR_{name}", value)
    assert cli.main(["db", "migrate"]) == 0
    return tmp_path


def _pair(home: Path, command: str, name: str, *more: str) -> None:
    file = str(home / name)
    assert cli.main(["keys", command, "--tenant", "acme", "--private-key", file, *more]) == 0


def _listed(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    capsys.readouterr()
    assert cli.main(["keys", "list", "--json"]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_rotation_and_retirement(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _pair(home, "new", "one.pem")
    old = capsys.readouterr().out.strip()
    begun = datetime.now(UTC)
    _pair(home, "rotate", "two.pem", "--overlap", "30m")
    told = capsys.readouterr()
    new = told.out.strip()
    assert told.err.startswith(f"{old} active until ")
    first, second = _listed(capsys)
    assert (first["kid"], first["active"], second["kid"], second["retired_at"]) == (old, True, new, None)
    overlap = datetime.fromisoformat(first["retired_at"]) - begun
    assert timedelta(minutes=29) < overlap < timedelta(minutes=31)
    assert cli.main(["keys", "retire", old]) == 0
    assert capsys.readouterr().out.startswith(f"{old}\tretired ")
    assert [entry["active"] for entry in _listed(capsys)] == [False, True]


def test_overlap_is_a_day_unless_told(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _pair(home, "new", "one.pem")
    _pair(home, "rotate", "two.pem")
    ends = datetime.fromisoformat(_listed(capsys)[0]["retired_at"])
    assert timedelta(hours=23) < ends - datetime.now(UTC) < timedelta(hours=25)


def test_list_for_people(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _pair(home, "new", "one.pem")
    capsys.readouterr()
    assert cli.main(["keys", "list"]) == 0
    assert capsys.readouterr().out.rstrip("\n").split("\t")[1::2] == ["acme", "active"]


def test_failed_rotation_ends_no_key(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _pair(home, "new", "one.pem")
    arguments = ["keys", "rotate", "--tenant", "acme", "--private-key", str(home / "one.pem")]
    assert cli.main(arguments) == 1
    assert [entry["retired_at"] for entry in _listed(capsys)] == [None]


@pytest.mark.parametrize("arguments", [["nothing"], ["--", "-nothing"]])
def test_unknown_key_cannot_retire(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    assert cli.main(["keys", "retire", *arguments]) == 1
    assert "there is no key '" in capsys.readouterr().err


@pytest.mark.parametrize("overlap", ["", "1", "1w", "-1h", "1.5h", "h", "9999999d", "1h30m"])
def test_overlap_that_is_no_time(home: Path, overlap: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        _pair(home, "rotate", "two.pem", f"--overlap={overlap}")
    assert caught.value.code == 2
    assert "is no time such as" in capsys.readouterr().err


def test_token_for_one_repository(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _pair(home, "new", "one.pem")
    capsys.readouterr()
    private = ["--private-key", str(home / "one.pem")]
    assert cli.main(["token", "--tenant", "acme", "--repository", "web", *private]) == 0
    claims = jwt.decode(capsys.readouterr().out.strip(), options={"verify_signature": False})
    assert claims["repository"] == "acme/web"


@pytest.mark.parametrize("command", ["rotate", "retire", "list"])
def test_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        cli.main(["keys", command, "--help"])
    assert caught.value.code == 0
    assert f"usage: documenthor keys {command}" in capsys.readouterr().out
