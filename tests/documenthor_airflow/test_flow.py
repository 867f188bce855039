"""The whole flow by `dag.test()`: real generators, real git, both databases."""

from __future__ import annotations

import subprocess
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from documenthor import jobs
from documenthor.db import Database, RepositoryRow
from sqlalchemy import select

from tests.documenthor.support import NOW

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.timeout(300)


def _git(folder: Path, *arguments: str) -> str:
    identity = ["-c", "user.name=A", "-c", "user.email=a@example.com"]
    done = subprocess.run(
        ["git", "-C", str(folder), *identity, *arguments], check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


def _repository(forge: Path, name: str) -> Path:
    folder = forge / name
    folder.mkdir(parents=True)
    subprocess.run(["git", "init", "-q", "-b", "main", str(folder)], check=True)
    (folder / "tool.py").write_text(
        f'"""The tool {name}."""\n\n\ndef work(times: int = 1) -> str:\n    """Do it."""\n'
    )
    _git(folder, "add", "-A")
    _git(folder, "commit", "-qm", "Start")
    return folder


# What tasks measure of two pull requests, an empty repository and one that is not there.
MEASURED = (
    'documenthor_batch_repositories_sum{tenant="local"} 4\n',
    'documenthor_outcomes{outcome="pull_request",reason="none",tenant="local"} 2\n',
    'documenthor_outcomes{outcome="skipped",reason="empty",tenant="local"} 1\n',
    'documenthor_outcomes{outcome="skipped",reason="not_found",tenant="local"} 1\n',
    'documenthor_stage_seconds_count{stage="plan",tenant="local"} 1\n',
    'documenthor_stage_seconds_count{stage="generate",tenant="local"} 2\n',
    'documenthor_stage_seconds_count{stage="route",tenant="local"} 2\n',
    'documenthor_stage_seconds_count{stage="publish",tenant="local"} 2\n',
    'documenthor_queue_seconds_count{tenant="local"} 2\n',
    'documenthor_score_count{tenant="local"} 2\n',
    'documenthor_job_seconds_count{state="succeeded",tenant="local"} 1\n',
)


def _outcomes(status: dict[str, Any]) -> dict[str, str]:
    rows = status["repositories"]
    return {row["name"]: row["outcome"] + (f"({row['reason']})" if row["reason"] else "") for row in rows}


def test_every_repository_ends_in_one_outcome(
    migrated: Path, run_dag: Callable[[dict[str, Any]], dict[str, Any]]
) -> None:
    """Good, empty and unknown ones in one run, then again with nothing to do."""
    alpha = _repository(migrated / "forge", "alpha")
    beta = _repository(migrated / "forge", "beta")
    subprocess.run(["git", "init", "-q", "--bare", str(migrated / "forge" / "empty.git")], check=True)
    before = _git(alpha, "rev-parse", "main")

    first = run_dag({"repositories": ["alpha", "empty", "unknown", "beta"]})

    assert _outcomes(first) == {
        "alpha": "pull_request",
        "empty": "skipped(empty)",
        "unknown": "skipped(not_found)",
        "beta": "pull_request",
    }
    assert first["imported"] == [], "every task would import it: name it in documenthor_airflow/warm.py"
    assert (first["state"], first["run"]) == ("succeeded", "success")
    assert first["counts"] == {"pull_request": 2, "skipped": 2}
    assert first["tasks"]["repository.commit[0]"] == first["tasks"]["repository.commit[1]"] == "skipped"
    assert _git(alpha, "rev-parse", "main") == before
    assert "work" in _git(alpha, "show", "documenthor/docs:docs/reference/tool.md")
    _took_what_was_measured(first)
    tips = [_git(folder, "rev-parse", "documenthor/docs") for folder in (alpha, beta)]
    for line in MEASURED:
        assert line in first["measured"]

    second = run_dag({"repositories": ["alpha", "beta"]})

    assert _outcomes(second) == {"alpha": "unchanged", "beta": "unchanged"}
    assert tips == [_git(folder, "rev-parse", "documenthor/docs") for folder in (alpha, beta)]


def _took_what_was_measured(status: dict[str, Any]) -> None:
    """Every repository that was fetched has its own CPU time, and the job has the sum."""
    used = {row["name"]: row["usage"] for row in status["repositories"]}
    assert [name for name in used if used[name]["cpu_seconds"] > 0] == ["alpha", "beta"]
    assert {name for name in used if used[name]["bundle_bytes"]} == {"alpha", "beta"}
    assert {name for name in used if used[name]["reported"]["source_bytes"]} == {"alpha", "beta"}
    total = status["usage"]
    assert total["cpu_seconds"] == pytest.approx(sum(each["cpu_seconds"] for each in used.values()))
    assert (total["gpu_seconds"], total["cost"]) == (0, {})


def test_a_spent_budget_stops_what_has_not_begun(
    migrated: Path, run_dag: Callable[[dict[str, Any]], dict[str, Any]]
) -> None:
    """Nothing is generated, and the repository says why."""
    late = _repository(migrated / "forge", "late")
    file = migrated / "tenants" / "local.yaml"
    before = file.read_text()
    file.write_text(before + "cost: {gpu_hours_per_night: 0}\n")
    try:
        status = run_dag({"repositories": ["late"]})
    finally:
        file.write_text(before)
    assert _outcomes(status) == {"late": "skipped(gpu_budget)"}
    (row,) = status["repositories"]
    assert "the 0 GPU hours of the night that began at" in row["message"]
    assert (row["usage"]["cpu_seconds"], status["state"]) == (0, "succeeded")
    assert status["tasks"]["repository.route[0]"] == "skipped"
    assert _git(late, "branch", "--list", "documenthor/*") == ""


def test_a_failing_repository_leaves_the_rest_untouched(
    migrated: Path, run_dag: Callable[[dict[str, Any]], dict[str, Any]]
) -> None:
    """One whose objects are gone fails in `fetch`; its neighbour is committed all the same."""
    good = _repository(migrated / "forge", "good")
    bad = _repository(migrated / "forge", "bad")
    tree = _git(bad, "rev-parse", "main:tool.py")
    (bad / ".git" / "objects" / tree[:2] / tree[2:]).unlink()

    status = run_dag({"repositories": ["bad", "good"], "mode": "commit"})

    outcomes = _outcomes(status)
    assert outcomes["good"] == "committed"
    assert outcomes["bad"].startswith("failed(")
    assert (status["state"], status["run"]) == ("partially_failed", "failed")
    assert status["tasks"]["repository.pull_request[1]"] == "skipped"
    assert "Documenthor-Commit:" in _git(good, "log", "-1", "--format=%B", "main")


def test_a_job_of_another_colour_is_left_alone(
    migrated: Path, run_dag: Callable[..., dict[str, Any]]
) -> None:
    """Whatever brought its run into this Airflow; the colour that it belongs to does the work."""
    _repository(migrated / "forge", "gamma")
    database = Database(f"sqlite:///{migrated}/documenthor.db")
    wanted = jobs.JobRequest(repositories=["gamma"])
    job = jobs.record(database, tenant="local", request=wanted, requested_by="me", now=NOW, colour="blue").id
    database.close()

    elsewhere = run_dag({"job": job}, colour="green")

    assert (elsewhere["state"], elsewhere["repositories"], elsewhere["run"]) == ("queued", [], "success")

    at_home = run_dag({"job": job}, colour="blue")

    assert _outcomes(at_home) == {"gamma": "pull_request"}
    assert (at_home["state"], at_home["run"]) == ("succeeded", "success")
    with closing(Database(f"sqlite:///{migrated}/documenthor.db")) as database, database.reading() as session:
        claimed = session.scalar(select(RepositoryRow.run_id).where(RepositoryRow.job_id == job)) or ""
    assert claimed.startswith("blue/")
