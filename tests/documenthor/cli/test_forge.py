"""`documenthor forge check`: what is missing is printed, and the status says whether anything is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from documenthor import cli
from documenthor.forge.github.checking import Report

if TYPE_CHECKING:
    from pathlib import Path

REPORTS = [
    (Report(), 0, "acme: the forge lets us do all that we need\n"),
    (Report(("contents: write",), ("a note",)), 1, "note: a note\nmissing: contents: write\n"),
]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A deployment with one tenant of a folder."""
    (tmp_path / "tenants").mkdir()
    (tmp_path / "tenants" / "acme.yaml").write_text("organisation: acme\nforge: {kind: local}\n")
    monkeypatch.setenv("DOCUMENTHOR_HOME", str(tmp_path))
    monkeypatch.setenv("DOCUMENTHOR_TENANTS", str(tmp_path / "tenants"))
    return tmp_path


def test_a_folder_is_there_or_is_named(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["forge", "check", "--tenant", "acme"]) == 1
    assert f"{home}/forge does not exist" in capsys.readouterr().err
    (home / "forge").mkdir()
    assert cli.main(["forge", "check", "--tenant", "acme"]) == 0


@pytest.mark.parametrize(("report", "status", "text"), REPORTS)
def test_what_is_missing_is_named(
    report: Report,
    status: int,
    text: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("documenthor.forge.checking.check_forge", lambda *_: report)
    assert cli.main(["forge", "check", "--tenant", "acme"]) == status
    assert capsys.readouterr().out == text


def test_an_unknown_tenant_is_said_to_be(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["forge", "check", "--tenant", "nobody"]) == 1
    assert "nobody.yaml: no such tenant file" in capsys.readouterr().err
