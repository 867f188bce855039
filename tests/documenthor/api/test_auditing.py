"""What the API does is in the audit log: who, what, on what, and what came of it."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest
from documenthor import audit
from sqlalchemy import text

from tests.documenthor.api.client import Client, problem
from tests.documenthor.api.conftest import fresh_token

if TYPE_CHECKING:
    from documenthor.audit import Entry
    from documenthor.db import Database
    from fastapi import FastAPI

_PATH = "/api/process-batch"


def _log(database: Database, tenant: str = "acme") -> list[Entry]:
    return list(audit.entries(database, tenant))


def test_a_batch_is_recorded_with_its_job_and_token(app: FastAPI, database: Database) -> None:
    token = fresh_token("acme")
    answer = Client(app, token).post(
        _PATH, json={"repositories": ["web"]}, headers={"X-Request-Id": "gateway-0001"}
    )
    assert answer.headers["x-request-id"] == "gateway-0001"
    (entry,) = _log(database)
    event = entry.event
    assert (event.operation, event.result, event.target) == ("job.submit", "success", answer.json()["job"])
    assert event.actor.startswith("key:")
    assert event.request == "gateway-0001"
    assert event.token == hashlib.sha256(token.encode()).hexdigest()
    assert token not in str(entry)


def test_refusals_are_recorded_with_their_reason(
    client: Client, stranger: Client, database: Database
) -> None:
    job = client.post(_PATH, json={"repositories": ["web"]}).json()["job"]
    problem(client.post(_PATH, json={"repositories": ["no such/name"]}), 422)
    problem(stranger.get(f"/api/job/{job}/status"), 404)
    problem(stranger.post(f"/api/job/{job}/cancel"), 404)
    assert [(entry.event.operation, entry.event.reason) for entry in _log(database)[1:]] == [
        ("job.submit", "422 request")
    ]
    theirs = [
        (entry.event.operation, entry.event.reason[:3], entry.event.target)
        for entry in _log(database, "other")
    ]
    assert theirs == [("job.read", "404", job), ("job.cancel", "404", job)]


def test_reading_ones_own_job_is_not_recorded(client: Client, database: Database) -> None:
    job = client.post(_PATH, json={"repositories": ["web"]}).json()["job"]
    for _ in range(3):
        assert client.get(f"/api/job/{job}/status").status_code == 200
    assert len(_log(database)) == 1


def test_refused_tokens_are_recorded_for_nobody_and_within_bounds(app: FastAPI, database: Database) -> None:
    for number in range(80):
        problem(Client(app, f"no.token.{number}").get("/api/jobs"), 401)
    entries = _log(database, "")
    assert len(entries) == 60
    assert {(entry.event.operation, entry.event.reason) for entry in entries} == {("jobs.list", "401")}


def test_a_giant_header_is_not_hashed(app: FastAPI, database: Database) -> None:
    problem(Client(app, "x" * 1_000_000).get("/api/jobs"), 401)
    (entry,) = _log(database, "")
    assert entry.event.token == ""


@pytest.mark.parametrize("given", ["", "short", "a b c d e f", "x" * 65, 'quote"quote"'])
def test_a_request_without_a_good_id_gets_one(client: Client, given: str) -> None:
    answer = client.request("GET", "/api/jobs", headers={"X-Request-Id": given})
    assert answer.headers["x-request-id"] != given
    assert len(answer.headers["x-request-id"]) == 36


def test_success_is_not_told_before_it_is_recorded(app: FastAPI, database: Database) -> None:
    with database.session() as session:
        session.execute(text("DROP TABLE audit"))
    client = Client(app, fresh_token("acme"))
    first = problem(client.post(_PATH, json={"repositories": ["web"]}), 503)
    assert "not recorded" in first["detail"]
