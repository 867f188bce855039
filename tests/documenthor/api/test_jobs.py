"""Listing, cancelling and retrying over HTTP; another tenant's job is nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from documenthor import jobs
from documenthor.outcomes import Kind, Outcome, failed

from tests.documenthor.api.client import Client, problem
from tests.documenthor.api.conftest import fresh_token
from tests.documenthor.support import NOW, spec

if TYPE_CHECKING:
    from documenthor.db import Database
    from fastapi import FastAPI

    from tests.documenthor.api.conftest import Runs

_OPERATIONS = [
    ("GET", "/api/job/{}/status"),
    ("GET", "/api/job/{}/events"),
    ("POST", "/api/job/{}/cancel"),
    ("POST", "/api/job/{}/retry"),
]


@pytest.fixture
def job(database: Database, client: Client) -> str:
    """A posted job whose first run has left `good` done and `bad` failed."""
    job: str = client.post("/api/process-batch", json={"repositories": ["good", "bad"]}).json()["job"]
    jobs.resolve(database, job, [jobs.Planned(name, spec(name, job)) for name in ("good", "bad")], NOW)
    jobs.claim(database, job, "run-1")
    for name, outcome in (("good", Outcome(Kind.COMMITTED)), ("bad", failed("fetch", "no"))):
        jobs.start(database, job, name, NOW)
        jobs.finish(database, job, name, outcome, NOW)
    jobs.close_run(database, job, "run-1", NOW)
    return job


@pytest.fixture
def fresh(app: FastAPI) -> Client:
    """A caller of `acme` with another token."""
    return Client(app, fresh_token("acme"))


@pytest.mark.parametrize(("method", "path"), _OPERATIONS)
@pytest.mark.parametrize("query", ["", "?limit=1&start=1"])
def test_another_tenants_job_is_the_same_404(
    client: Client, stranger: Client, job: str, method: str, path: str, query: str
) -> None:
    theirs = stranger.request(method, path.format(job) + query)
    unknown = stranger.request(method, path.format("nowhere") + query)
    problem(theirs, 404)
    assert theirs.content == unknown.content
    assert client.get(f"/api/job/{job}/status").json()["state"] == "partially_failed"


def test_list_holds_the_tenants_own_jobs_alone(client: Client, stranger: Client, job: str) -> None:
    theirs = stranger.post("/api/process-batch", json={}).json()["job"]
    assert [each["id"] for each in client.get("/api/jobs").json()["jobs"]] == [job]
    assert [each["id"] for each in stranger.get("/api/jobs").json()["jobs"]] == [theirs]


def test_list_is_paged_and_filtered(client: Client, database: Database) -> None:
    for number in range(5):
        jobs.record(
            database,
            tenant="acme",
            request=jobs.JobRequest(),
            requested_by="me",
            now=NOW,
            job_id=f"j{number}",
        )
    jobs.cancel(database, tenant="acme", job_id="j1", now=NOW)
    address: str | None = "/api/jobs?limit=2&state=queued&state=running"
    names = []
    while address:
        response = client.get(address)
        names += [each["id"] for each in response.json()["jobs"]]
        address = response.json()["next"]
        assert response.links.get("next", {}).get("url") == address
    assert names == ["j4", "j3", "j2", "j0"]
    assert [each["id"] for each in client.get("/api/jobs?state=cancelled").json()["jobs"]] == ["j1"]


@pytest.mark.parametrize("query", ["limit=0", "limit=101", "state=lost", "cursor=x", "cursor=%00"])
def test_wrong_parameter_of_a_list_is_named(client: Client, query: str) -> None:
    content = problem(client.get(f"/api/jobs?{query}"), 422)
    assert [error["parameter"] for error in content["errors"]] == [query.partition("=")[0]]


def test_retry_starts_a_run_of_its_own(fresh: Client, job: str, runs: Runs) -> None:
    assert runs.parts == [1]
    response = fresh.post(f"/api/job/{job}/retry")
    assert response.status_code == 202
    status = fresh.get(response.headers["location"]).json()
    assert (status["state"], status["counts"]) == ("running", {"committed": 1, "waiting": 1})
    assert (runs.calls, runs.parts) == ([job, job], [1, 1001])


@pytest.mark.parametrize(("name", "status"), [("..%2Fx", 422), ("nowhere", 409)])
def test_retry_of_what_has_not_failed_starts_nothing(
    app: FastAPI, job: str, runs: Runs, name: str, status: int
) -> None:
    problem(Client(app, fresh_token("acme")).post(f"/api/job/{job}/retry?repository={name}"), status)
    assert runs.parts == [1]


def test_retry_that_could_not_be_started_can_be_repeated(app: FastAPI, job: str, runs: Runs) -> None:
    runs.go_down()
    problem(Client(app, fresh_token("acme")).post(f"/api/job/{job}/retry"), 503)
    runs.error = None
    assert Client(app, fresh_token("acme")).post(f"/api/job/{job}/retry").status_code == 202
    assert runs.parts == [1, 1001, 1001]
    content = problem(Client(app, fresh_token("acme")).post(f"/api/job/{job}/retry"), 409)
    assert content["type"] == "urn:documenthor:problem:job-state"


def test_cancel_ends_what_waits(app: FastAPI, fresh: Client, runs: Runs) -> None:
    job = fresh.post("/api/process-batch", json={"repositories": ["web"]}).json()["job"]
    for _ in range(2):
        assert Client(app, fresh_token("acme")).post(f"/api/job/{job}/cancel").status_code == 202
    assert fresh.get(f"/api/job/{job}/status").json()["state"] == "cancelled"
    assert runs.parts == [1]


@pytest.mark.parametrize("operation", ["cancel", "retry"])
def test_token_is_used_up_by_what_changes_something(fresh: Client, job: str, operation: str) -> None:
    fresh.post(f"/api/job/{job}/{operation}")
    content = problem(fresh.post(f"/api/job/{job}/{operation}"), 409)
    assert content["type"] == "urn:documenthor:problem:token-reused"
    assert fresh.get(f"/api/job/{job}/status").status_code == 200


def test_ended_job_is_not_cancelled(fresh: Client, job: str) -> None:
    content = problem(fresh.post(f"/api/job/{job}/cancel"), 409)
    assert content["type"] == "urn:documenthor:problem:job-state"
    assert fresh.get(f"/api/job/{job}/status").json()["state"] == "partially_failed"
