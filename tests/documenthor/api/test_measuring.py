"""What is measured of the API: every answer once, under names that callers cannot make up."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from documenthor import jobs
from documenthor.api.refusals import Refusals
from documenthor.jobs import JobRequest, Planned

from tests.documenthor.api.client import Client
from tests.documenthor.api.conftest import fresh_token
from tests.documenthor.support import NOW, spec

if TYPE_CHECKING:
    from fastapi import FastAPI, Request, Response

    from tests.fakes.metrics import Recorder


def _answers(measured: Recorder) -> list[tuple[str, str, str]]:
    found = [labels for _, labels in measured.of("api_requests")]
    assert [labels["route"] for _, labels in measured.of("api_seconds")] == [each["route"] for each in found]
    return [(labels["method"], labels["route"], labels["status"]) for labels in found]


@pytest.mark.parametrize(
    ("method", "path", "expected"),
    [
        ("GET", "/api/health/live", ("GET", "live", "200")),
        ("GET", "/.well-known/jwks.json", ("GET", "key_set", "200")),
        ("GET", "/api/jobs", ("GET", "list_jobs", "200")),
        ("GET", "/api/job/0b4e1f0e-8f5c-4f0d-9f43-0c7b1a2c3d4e/status", ("GET", "job_status", "404")),
        ("GET", "/api/no/such/path", ("GET", "none", "404")),
        ("POST", "/api/process-batch", ("POST", "process_batch", "415")),
        ("BREW", "/api/health/live", ("other", "live", "405")),
    ],
)
def test_every_answer_is_counted_under_its_endpoint(
    client: Client, measured: Recorder, method: str, path: str, expected: tuple[str, str, str]
) -> None:
    client.request(method, path)
    assert _answers(measured) == [expected]


def test_who_asks_too_often_waits_and_that_is_not_measured(
    app: FastAPI, client: Client, measured: Recorder
) -> None:
    services = app.state.services
    settings = replace(services.settings, key_requests_per_minute=1)
    app.state.services = replace(services, settings=settings, refusals=Refusals(pause=0))
    assert [client.get("/api/jobs").status_code for _ in range(2)] == [200, 429]
    assert [labels["status"] for _, labels in measured.of("api_requests")] == ["200", "429"]
    assert len(measured.of("api_seconds")) == 1


def test_what_breaks_is_counted_as_such(client: Client, measured: Recorder, app: FastAPI) -> None:
    def broken(_request: Request) -> Response:
        raise RuntimeError("a mistake of ours")

    app.router.add_route("/api/broken", broken)
    assert client.get("/api/broken").status_code == 500
    assert _answers(measured) == [("GET", "broken", "500")]


def test_a_cancelled_job_tells_what_it_ended(app: FastAPI, client: Client, measured: Recorder) -> None:
    database, request = app.state.services.database, JobRequest()
    jobs.record(database, tenant="acme", request=request, requested_by="x", job_id="j1", now=NOW)
    rows = [Planned(name, spec(name, "j1")) for name in ("waits", "waits_too", "begun")]
    jobs.resolve(database, "j1", rows, NOW)
    jobs.start(database, "j1", "begun", NOW)
    assert client.post("/api/job/j1/cancel").status_code == 202
    assert Client(app, fresh_token("acme")).post("/api/job/j1/cancel").status_code == 202
    told = [(value, labels["outcome"], labels["reason"]) for value, labels in measured.of("outcomes")]
    assert told == [(2, "skipped", "cancelled"), (0, "skipped", "cancelled")]
