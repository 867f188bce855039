"""Who asks too often is told so, and when to come back; nobody else notices."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.documenthor.api.client import Client, problem
from tests.documenthor.api.conftest import fresh_token
from tests.documenthor.tokens.crafting import token

if TYPE_CHECKING:
    from fastapi import FastAPI

    from tests.documenthor.support import Clock

_PATH = "/api/jobs"


@pytest.fixture
def app(app: FastAPI) -> FastAPI:
    """The API with small quotas."""
    services = app.state.services
    settings = replace(services.settings, tenant_requests_per_minute=8, key_requests_per_minute=5)
    app.state.services = replace(services, settings=settings)
    return app


def test_every_answer_says_what_is_left(client: Client) -> None:
    for left in (4, 3):
        response = client.get(_PATH)
        assert response.headers["ratelimit-policy"] == '"tenant";q=8;w=60, "key";q=5;w=60'
        assert response.headers["ratelimit"] == f'"tenant";r={left + 3};t=60, "key";r={left};t=60'
    assert re.search(r'"key";r=2;', client.get("/api/job/nowhere/status").headers["ratelimit"])


def test_too_many_are_refused_until_the_window_ends(client: Client, clock: Clock) -> None:
    clock.advance(timedelta(seconds=18))
    assert [client.get(_PATH).status_code for _ in range(6)] == [200] * 5 + [429]
    response = client.get(_PATH)
    content = problem(response, 429)
    assert content["type"] == "urn:documenthor:problem:rate-limit"
    assert response.headers["retry-after"] == "42"
    assert '"key";r=0;t=42' in response.headers["ratelimit"]
    clock.advance(timedelta(seconds=42))
    assert client.get(_PATH).status_code == 200


def test_body_is_not_read_when_refused(client: Client) -> None:
    for _ in range(5):
        client.get(_PATH)
    problem(client.post("/api/process-batch", content=b"x" * 3_000_000), 429)


def test_flood_of_one_tenant_leaves_another_alone(app: FastAPI, stranger: Client) -> None:
    flood = Client(app, fresh_token("acme"))
    with ThreadPoolExecutor(8) as pool:
        flooding = [pool.submit(flood.get, _PATH) for _ in range(60)]
        quiet = [stranger.get(_PATH).status_code for _ in range(5)]
        answers = [each.result().status_code for each in flooding]
    assert (answers.count(200), answers.count(429)) == (5, 55)
    assert quiet == [200] * 5


def test_who_is_not_known_is_not_counted(app: FastAPI, client: Client) -> None:
    expired = Client(app, token({"exp": 1}))
    for _ in range(20):
        response = expired.get(_PATH)
        assert response.status_code == 401
        assert "ratelimit" not in response.headers
    assert client.get(_PATH).status_code == 200


@pytest.mark.parametrize("path", ["/api/health", "/api/health/live", "/.well-known/jwks.json", "/api/verify"])
def test_what_is_polled_by_machines_is_not_counted(client: Client, path: str) -> None:
    assert [client.get(path).status_code for _ in range(12)] == [200] * 12
