"""`documenthor statement` prints a tenant's month."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from documenthor import cli

from tests.documenthor.usage.support import measured, opened, record

if TYPE_CHECKING:
    from pathlib import Path

    from documenthor.db import Database


@pytest.fixture(autouse=True)
def deployment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, database: Database) -> None:
    """Two tenants, one of which has used something."""
    tenants = tmp_path / "tenants"
    tenants.mkdir()
    for name in ("acme", "other"):
        (tenants / f"{name}.yaml").write_text(f"organisation: {name}\nforge: {{kind: local}}\n")
    monkeypatch.setenv("DOCUMENTHOR_DATABASE_URL", database.url)
    monkeypatch.setenv("DOCUMENTHOR_TENANTS", str(tenants))
    record(database, opened(database, "web"), "web", measured("pod:1"))


def _run(capsys: pytest.CaptureFixture[str], *arguments: str, status: int = 0) -> str:
    assert cli.main(["statement", *arguments]) == status
    said = capsys.readouterr()
    return said.err if status else said.out


def test_for_people_with_the_sum_at_the_end(capsys: pytest.CaptureFixture[str]) -> None:
    lines = _run(capsys, "--tenant", "acme", "--month", "2026-05").splitlines()
    assert lines[1].split() == ["web", "tenant", "1", "100.000", "200.000", "0.120000", "EUR"]
    assert lines[-1].startswith("acme, 2026-05 (UTC)")
    assert lines[-1].endswith(": 0.120000 EUR for 100.000 GPU seconds, 200.000 CPU seconds")


def test_for_spreadsheets(capsys: pytest.CaptureFixture[str]) -> None:
    header, line = _run(capsys, "--tenant", "acme", "--month", "2026-05", "--csv").splitlines()
    assert header.startswith("tenant,month,repository,pays")
    assert line == "acme,2026-05,web,tenant,,1,100.000,200.000,3.6,0.36,EUR,0.120000"


def test_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(_run(capsys, "--tenant", "other", "--month", "2026-05", "--json"))
    assert (found["tenant"], found["lines"], found["cost"]) == ("other", [], {})


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("--tenant", "acme", "--month", "May"), "--month: 'May' is no month"),
        (("--tenant", "none"), "none.yaml"),
    ],
)
def test_what_cannot_be_is_said_in_a_line(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], reason: str
) -> None:
    said = _run(capsys, *arguments, status=1)
    assert reason in said
    assert len(said.splitlines()) == 1
