"""Reading: a job's status, the service's health, the key set."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from documenthor import jobs
from documenthor.outcomes import Kind, Outcome, skipped

from tests.documenthor.api.client import Client, problem
from tests.documenthor.support import NOW, key, spec

if TYPE_CHECKING:
    from collections.abc import Callable

    from documenthor.db import Database


@pytest.fixture
def job(database: Database) -> str:
    """A job of `acme` with one repository done and one skipped."""
    job = jobs.record(
        database, tenant="acme", request=jobs.JobRequest(), requested_by="me", now=NOW, job_id="nightly"
    )
    rows = [jobs.Planned("web", spec("web", job.id)), jobs.Planned("old", outcome=skipped("archived"))]
    jobs.resolve(database, job.id, rows, NOW)
    jobs.start(database, job.id, "web", NOW)
    jobs.finish(database, job.id, "web", Outcome(Kind.COMMITTED, commit="c" * 40), NOW)
    return job.id


def test_status_shows_every_repository(client: Client, job: str) -> None:
    response = client.get(f"/api/job/{job}/status")
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/json"
    assert response.headers["cache-control"] == "private, no-cache"
    content = response.json()
    assert (content["state"], content["counts"]) == ("running", {"committed": 1, "skipped": 1})
    assert [row["outcome"] for row in content["repositories"]] == ["committed", "skipped"]


def test_job_of_another_tenant_does_not_exist(client: Client, stranger: Client, job: str) -> None:
    theirs, unknown = stranger.get(f"/api/job/{job}/status"), stranger.get("/api/job/nowhere/status")
    problem(unknown, 404)
    assert theirs.status_code == unknown.status_code
    assert theirs.headers.raw == unknown.headers.raw
    assert theirs.content == unknown.content
    assert client.get(f"/api/job/{job}/status").status_code == 200


@pytest.mark.parametrize("job_id", ["%00", "a%0Ab", "%F0%9F%A6%84", "'%20OR%201=1", "x" * 5000, "%25"])
def test_id_that_is_none_is_not_found(client: Client, job_id: str) -> None:
    problem(client.get(f"/api/job/{job_id}/status"), 404)


def test_healthy_when_all_checks_hold(nobody: Client) -> None:
    response = nobody.get("/api/health")
    assert response.status_code == 200
    assert response.json() == {"status": "ok", "checks": {"database": True, "disk": True}}


def _breaks() -> bool:
    raise OSError("password hunter2 was not accepted")


@pytest.mark.parametrize("check", [lambda: False, _breaks])
def test_unhealthy_when_one_check_fails_or_breaks(
    nobody: Client, checks: dict[str, Callable[[], bool]], check: Callable[[], bool]
) -> None:
    checks["disk"] = check
    response = nobody.get("/api/health")
    assert response.status_code == 503
    assert response.json() == {"status": "unavailable", "checks": {"database": True, "disk": False}}


def test_key_set_is_published(nobody: Client) -> None:
    response = nobody.get("/.well-known/jwks.json")
    assert response.headers["content-type"] == "application/json"
    assert response.headers["cache-control"] == "public, max-age=60"
    assert {entry["kid"] for entry in response.json()["keys"]} == {key("acme").kid, key("other").kid}
    assert "acme" not in response.text
