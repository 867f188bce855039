"""The command line, run in this process with a real database; only the environment is set."""

from __future__ import annotations

import stat
import subprocess
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from documenthor import cli
from documenthor.cli.token import LONGEST
from documenthor.db import Database
from documenthor.tokens import MAX_LIFETIME, OwnKeys, Verifier, listed

from tests.documenthor.support import AUDIENCE, ISSUER

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, database_url: str) -> Path:
    """A deployment with two tenants and a database that is not migrated yet."""
    (tmp_path / "tenants").mkdir()
    for name in ("acme", "other"):
        file = tmp_path / "tenants" / f"{name}.yaml"
        file.write_text(f"organisation: {name}\nforge: {{kind: local}}\n")
    monkeypatch.setenv("DOCUMENTHOR_HOME", str(tmp_path))
    monkeypatch.setenv("DOCUMENTHOR_DATABASE_URL", database_url)
    monkeypatch.setenv("DOCUMENTHOR_TENANTS", str(tmp_path / "tenants"))
    monkeypatch.setenv("DOCUMENTHOR_ISSUER", ISSUER)
    monkeypatch.setenv("DOCUMENTHOR_AUDIENCE", AUDIENCE)
    return tmp_path


@pytest.fixture
def migrated() -> None:
    """The database has its tables."""
    assert cli.main(["db", "migrate"]) == 0


def _new_key(home: Path, tenant: str = "acme", name: str = "key.pem") -> Path:
    file = home / name
    assert cli.main(["keys", "new", "--tenant", tenant, "--private-key", str(file)]) == 0
    return file


def _error(capsys: pytest.CaptureFixture[str]) -> str:
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("documenthor: ")
    assert captured.err.count("\n") == 1
    return captured.err


@pytest.mark.usefixtures("migrated")
def test_migrating_again_is_harmless() -> None:
    assert cli.main(["db", "migrate"]) == 0


@pytest.mark.usefixtures("migrated")
def test_token_of_new_key_works(home: Path, database_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    file = _new_key(home)
    kid = capsys.readouterr().out.strip()
    arguments = ["token", "--tenant", "acme", "--private-key", str(file), "--lifetime", "60"]
    assert cli.main(arguments) == 0
    token = capsys.readouterr().out.strip()
    database = Database(database_url)
    claims = Verifier([OwnKeys(database, ISSUER)], AUDIENCE, lambda: datetime.now(UTC)).verify(token)
    assert claims.tenant == "acme"
    assert (claims.expires_at - datetime.now(UTC)).total_seconds() <= 60
    assert [key.kid for key in listed(database)] == [kid]
    database.close()


@pytest.mark.usefixtures("migrated")
def test_private_key_is_for_its_owner_alone(home: Path) -> None:
    assert stat.S_IMODE(_new_key(home).stat().st_mode) == 0o600


@pytest.mark.usefixtures("migrated")
def test_private_key_is_never_overwritten(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = home / "key.pem"
    file.write_text("precious")
    capsys.readouterr()
    assert cli.main(["keys", "new", "--tenant", "acme", "--private-key", str(file)]) == 1
    assert "never overwritten" in _error(capsys)
    assert file.read_text() == "precious"
    assert cli.main(["keys", "list"]) == 0
    assert capsys.readouterr().out == ""


@pytest.mark.usefixtures("migrated")
def test_dangling_link_is_not_followed(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / "key.pem").symlink_to(home / "elsewhere")
    assert cli.main(["keys", "new", "--tenant", "acme", "--private-key", str(home / "key.pem")]) == 1
    assert "never overwritten" in _error(capsys)
    assert not (home / "elsewhere").exists()


@pytest.mark.usefixtures("migrated")
def test_keys_are_listed_by_tenant(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kids = []
    for tenant in ("acme", "other"):
        _new_key(home, tenant, f"{tenant}.pem")
        kids.append(capsys.readouterr().out.strip())
    cli.main(["keys", "list"])
    assert [line.split("\t")[:2] for line in capsys.readouterr().out.splitlines()] == [
        [kids[0], "acme"],
        [kids[1], "other"],
    ]
    cli.main(["keys", "list", "--tenant", "other"])
    assert [line.split("\t")[0] for line in capsys.readouterr().out.splitlines()] == kids[1:]


def test_key_that_cannot_be_registered_leaves_no_file(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = home / "key.pem"
    assert cli.main(["keys", "new", "--tenant", "acme", "--private-key", str(file)]) == 1
    assert "documenthor db migrate" in _error(capsys)
    assert not file.exists()


@pytest.mark.usefixtures("migrated")
@pytest.mark.parametrize("tenant", ["nobody", "../tenants/acme", ""])
def test_tenant_without_a_file_gets_no_key(
    home: Path, capsys: pytest.CaptureFixture[str], tenant: str
) -> None:
    assert cli.main(["keys", "new", "--tenant", tenant, "--private-key", str(home / "key.pem")]) == 1
    assert "no such tenant file" in _error(capsys)
    assert not (home / "key.pem").exists()


@pytest.mark.parametrize(
    ("variable", "value", "arguments"),
    [
        ("DOCUMENTHOR_DATABASE_URL", "nonsense", ["db", "migrate"]),
        ("DOCUMENTHOR_DATABASE_URL", "sqlite:////no/such/folder/x.db", ["db", "migrate"]),
        ("DOCUMENTHOR_RUNTIME", "magic", ["db", "migrate"]),
    ],
)
def test_wrong_setting_is_one_line(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    variable: str,
    value: str,
    arguments: list[str],
) -> None:
    monkeypatch.setenv(variable, value)
    assert cli.main(arguments) == 1
    assert _error(capsys)


@pytest.mark.parametrize("content", [None, b"", b"\xff\x00", b"-----BEGIN PRIVATE KEY-----\n"])
def test_file_that_is_no_private_key(
    home: Path, capsys: pytest.CaptureFixture[str], content: bytes | None
) -> None:
    file = home / "key.pem"
    if content is not None:
        file.write_bytes(content)
    assert cli.main(["token", "--tenant", "acme", "--private-key", str(file)]) == 1
    assert _error(capsys)


@pytest.mark.parametrize("variable", ["DOCUMENTHOR_ISSUER", "DOCUMENTHOR_AUDIENCE"])
def test_token_needs_issuer_and_audience(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], variable: str
) -> None:
    (home / "key.pem").touch()
    monkeypatch.delenv(variable)
    assert cli.main(["token", "--tenant", "acme", "--private-key", str(home / "key.pem")]) == 1
    assert variable in _error(capsys)


_TOKEN = ["token", "--tenant", "acme", "--private-key", "x"]


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["db"],
        ["keys"],
        ["keys", "new"],
        ["dance"],
        [*_TOKEN, "--lifetime", "901"],
        [*_TOKEN, "--lifetime", "0"],
        [*_TOKEN, "--lifetime", "1e3"],
        [*_TOKEN, "--lifetime", "9" * 30],
    ],
)
def test_wrong_call_is_status_two(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        cli.main(arguments)
    assert caught.value.code == 2
    assert "usage: documenthor" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [[], ["db"], ["db", "migrate"], ["keys"], ["keys", "new"], ["token"]])
def test_help(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        cli.main([*arguments, "--help"])
    assert caught.value.code == 0
    assert "usage: documenthor" in capsys.readouterr().out


def test_longest_lifetime_is_the_verifiers() -> None:
    assert MAX_LIFETIME.total_seconds() == LONGEST


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys\n"
        "from documenthor.cli import main\n"
        "try:\n    main(['--help'])\n"
        "except SystemExit:\n    print([m for m in ('sqlalchemy', 'jwt', 'fastapi') if m in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
