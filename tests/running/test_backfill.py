"""A backfill documents what a branch held at past dates, and never publishes over newer documentation."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from tests.running.system import System, git, wait_for

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.operators, pytest.mark.timeout(900)]

_DAG = "documenthor_history"
_YEARS = (2023, 2024, 2025)
_RUNS = [f"backfill__{year}-01-01T00:00:00+00:00" for year in (2024, 2025)]
_DATES = {"from_date": "2023-12-31T00:00:00Z", "to_date": "2025-01-02T00:00:00Z"}


@pytest.fixture(scope="module")
def book(system: System) -> tuple[Path, list[str]]:
    """A repository with a commit in the middle of each year, each with a function more.

    A DAG's first backfill lets Airflow start the schedule's last run too, which shall not be in the way.
    """
    folder = system.state.home / "history" / "book"
    folder.parent.mkdir()
    with system.admin() as api:
        wait_for("the DAG", lambda: api.get(f"/dags/{_DAG}").is_success)
        _backfill(api, from_date="2021-12-31T00:00:00Z", to_date="2022-01-02T00:00:00Z")
        (last,) = wait_for("the schedule's last run", lambda: _scheduled(api))
    system.job_of(_DAG, last)
    folder.mkdir()
    git(folder, "init", "--quiet", "--initial-branch=main")
    made = []
    text = ""
    for year in _YEARS:
        text += f'def year_{year}() -> int:\n    """Return the year {year}."""\n    return {year}\n\n\n'
        (folder / "book.py").write_text(text, "utf-8")
        git(folder, "add", "--all")
        _commit(folder, f"{year}-06-01T12:00:00Z")
        made.append(git(folder, "rev-parse", "main"))
    return folder, made


def test_past_dates_and_then_nothing_over_newer_work(system: System, book: tuple[Path, list[str]]) -> None:
    """By the CLI two past years, then the head, then the same dates again as the UI's form asks for them."""
    folder, (first, second, _) = book
    dates = ["--from-date", _DATES["from_date"], "--to-date", _DATES["to_date"]]
    system.cli("backfill", "create", "--dag-id", _DAG, *dates, "--max-active-runs", "1")
    assert _documented(system, _RUNS) == [("committed", first), ("committed", second)]
    asked = [system.job_of(_DAG, run).requested_by for run in _RUNS]
    assert [said.partition(" by ")[0] for said in asked] == [
        f"airflow:backfill of {year}-01-01 00:00 UTC" for year in (2024, 2025)
    ]
    assert _functions(folder) == {2023, 2024}

    head = git(folder, "rev-parse", "main")
    system.cli("dags", "trigger", _DAG, "--run-id", "head")
    assert _documented(system, ["head"]) == [("committed", head)]
    assert _functions(folder) == {2023, 2024, 2025}

    tip = git(folder, "rev-parse", "main")
    with system.admin() as api:
        wait_for("the end of the first backfill", lambda: _is_completed(api))
        _backfill(api, reprocess_behavior="completed", **_DATES)
    outcome = "skipped(superseded)"
    assert _documented(system, _RUNS) == [(outcome, first), (outcome, second)]
    assert git(folder, "rev-parse", "main") == tip


def _backfill(api: httpx.Client, **wanted: Any) -> None:  # noqa: ANN401 - JSON
    body = {"dag_id": _DAG, "dag_run_conf": {}, "max_active_runs": 2, **wanted}
    # While SQLite is busy the answer is 503, and a later one that the backfill is there already.
    taken = {httpx.codes.OK, httpx.codes.CONFLICT}
    wait_for("the backfill", lambda: api.post("/backfills", json=body).status_code in taken)
    wait_for("the end of the backfill", lambda: _is_completed(api))


def _scheduled(api: httpx.Client) -> list[str]:
    found = api.get(f"/dags/{_DAG}/dagRuns", params={"run_type": "scheduled"}).raise_for_status().json()
    return [run["dag_run_id"] for run in found["dag_runs"]]


def _documented(system: System, runs: list[str]) -> list[tuple[str, str]]:
    found = []
    for run in runs:
        (row,) = system.job_of(_DAG, run).repositories
        found.append((f"{row.outcome}({row.reason})" if row.reason else str(row.outcome), row.source_commit))
    return found


def _is_completed(api: httpx.Client) -> bool:
    found = api.get("/backfills", params={"dag_id": _DAG}).raise_for_status().json()["backfills"]
    return all(backfill["completed_at"] for backfill in found)


def _functions(folder: Path) -> set[int]:
    """The years that the reference in the default branch tells of."""
    page = git(folder, "show", "main:docs/reference/book.md")
    return {year for year in _YEARS if f"year_{year}" in page}


def _commit(folder: Path, date: str) -> None:
    dates = {"GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date}
    identity = ("-c", "user.name=A", "-c", "user.email=a@example.com")
    command = ["git", "-C", str(folder), *identity, "commit", "--quiet", "--message=Go on"]
    subprocess.run(command, check=True, env={**os.environ, **dates})
