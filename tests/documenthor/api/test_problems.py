"""Every error is a problem, and none shows our insides."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from tests.documenthor.api.client import Client, problem

if TYPE_CHECKING:
    from documenthor.db import Database

    from tests.documenthor.api.conftest import Runs


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/api",
        "/api/",
        "/api/jobs/",
        "/api/health/ready",
        "/api/health/",
        "/api/process-batch/",
        "/api/job//status",
        "/api/job/a/b/status",
        "/.well-known/",
        "/.well-known/openid-configuration",
        "/docs",
        "/redoc",
        "/openapi.json",
        "/API/health",
    ],
)
def test_nothing_elsewhere(nobody: Client, method: str, path: str) -> None:
    content = problem(nobody.request(method, path), 404)
    assert content["type"] == "about:blank"


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("GET", "/api/process-batch", "POST"),
        ("PUT", "/api/process-batch", "POST"),
        ("POST", "/api/health", "GET"),
        ("DELETE", "/api/job/one/status", "GET"),
        ("POST", "/.well-known/jwks.json", "GET"),
    ],
)
def test_wrong_method_names_the_right_one(nobody: Client, method: str, path: str, allowed: str) -> None:
    response = nobody.request(method, path)
    problem(response, 405)
    assert response.headers["allow"] == allowed


def test_unexpected_error_is_logged_under_the_id_that_the_caller_gets(
    client: Client, runs: Runs, caplog: pytest.LogCaptureFixture
) -> None:
    runs.error = RuntimeError("password is hunter2")
    response = client.post("/api/process-batch", json={})
    content = problem(response, 500)
    assert content["error_id"] in caplog.text
    assert "RuntimeError: password is hunter2" in caplog.text
    for secret in ("hunter2", "RuntimeError", "Traceback", ".py"):
        assert secret not in response.text


def test_lost_database_is_unavailable_and_not_explained(
    client: Client, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    with database.session() as session:
        session.execute(text("DROP TABLE public_keys"))
    response = client.get("/api/job/one/status")
    content = problem(response, 503)
    assert content["type"] == "urn:documenthor:problem:database"
    assert content["error_id"] in caplog.text
    assert "public_keys" not in response.text
    assert int(response.headers["retry-after"]) > 0
