"""Posting a batch: what is recorded, what is triggered, and what a replay finds."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest
from documenthor import jobs

from tests.documenthor.api.client import Client, problem
from tests.documenthor.api.conftest import fresh_token

if TYPE_CHECKING:
    from pathlib import Path

    from documenthor.db import Database
    from fastapi import FastAPI

    from tests.documenthor.api.conftest import Runs

_PATH = "/api/process-batch"


def test_job_is_recorded_and_triggered(client: Client, database: Database, runs: Runs) -> None:
    response = client.post(_PATH, json={"repositories": ["web", "api"], "mode": "commit", "force": True})
    assert response.status_code == 202
    job = response.json()["job"]
    assert response.json() == {"job": job, "status_url": f"/api/job/{job}/status"}
    assert response.headers["location"] == f"/api/job/{job}/status"
    request = jobs.find(database, tenant="acme", job_id=job).request
    assert request == jobs.JobRequest(
        repositories=("web", "api"), mode=jobs.JobRequest(mode="commit").mode, force=True
    )
    assert runs.calls == [job]
    assert client.get(response.headers["location"]).json()["state"] == "queued"


def test_empty_request_means_the_whole_forge(client: Client, database: Database) -> None:
    job = client.post(_PATH, json={}).json()["job"]
    assert jobs.find(database, tenant="acme", job_id=job).request == jobs.JobRequest()


def test_replay_finds_the_same_job(client: Client, runs: Runs) -> None:
    first, second = (client.post(_PATH, json={"repositories": ["web"]}) for _ in range(2))
    assert (first.status_code, first.content) == (second.status_code, second.content)
    assert runs.started == {first.json()["job"]}


def test_same_request_written_otherwise_is_a_replay(client: Client) -> None:
    first = client.post(_PATH, json={"repositories": ["web"]})
    second = client.post(_PATH, json={"force": False, "mode": None, "repositories": ["web"]})
    assert first.json() == second.json()


def test_token_used_for_another_body_is_a_conflict(client: Client, runs: Runs) -> None:
    first = client.post(_PATH, json={"repositories": ["web"]})
    content = problem(client.post(_PATH, json={"repositories": ["api"]}), 409)
    assert content["type"] == "urn:documenthor:problem:token-reused"
    assert runs.calls == [first.json()["job"]]


def test_another_token_makes_another_job(app: FastAPI) -> None:
    posted = {Client(app, fresh_token("acme")).post(_PATH, json={}).json()["job"] for _ in range(2)}
    assert len(posted) == 2


def test_two_tenants_with_the_same_jti_have_their_own_jobs(app: FastAPI, database: Database) -> None:
    for tenant in ("acme", "other"):
        job = Client(app, fresh_token(tenant, jti="one")).post(_PATH, json={}).json()["job"]
        assert jobs.find(database, tenant=tenant, job_id=job).tenant == tenant


def test_twenty_posts_at_once_make_one_job(client: Client, runs: Runs) -> None:
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda _: client.post(_PATH, json={"repositories": ["web"]}), range(20)))
    assert {answer.status_code for answer in answers} == {202}
    assert len({answer.json()["job"] for answer in answers}) == len(runs.started) == 1


def test_failing_trigger_keeps_the_job_and_asking_again_starts_it(client: Client, runs: Runs) -> None:
    runs.go_down()
    response = client.post(_PATH, json={})
    content = problem(response, 503)
    assert (content["type"], content["job"]) == ("urn:documenthor:problem:trigger", runs.calls[0])
    assert "db-host-7" not in response.text
    assert int(response.headers["retry-after"]) > 0
    assert client.get(f"/api/job/{content['job']}/status").json()["state"] == "queued"
    runs.error = None
    assert client.post(_PATH, json={}).json()["job"] == content["job"]
    assert runs.started == {content["job"]}


@pytest.mark.parametrize("file", [None, "organisation: acme\ndatabase_password: hunter2\n", "{"])
def test_tenant_without_a_valid_file_is_told_so_but_not_why(
    client: Client, runs: Runs, tenants: Path, caplog: pytest.LogCaptureFixture, file: str | None
) -> None:
    path = tenants / "acme.yaml"
    path.unlink() if file is None else path.write_text(file)
    response = client.post(_PATH, json={})
    content: dict[str, Any] = problem(response, 503)
    assert content["type"] == "urn:documenthor:problem:tenant"
    assert "yaml" not in response.text
    assert "hunter2" not in response.text
    assert "acme.yaml" in caplog.text
    assert runs.calls == []
