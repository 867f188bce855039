"""Who asks too often is told so, and when to come back; nobody else notices."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import anyio
import anyio.lowlevel
import httpx
import pytest
from documenthor.api.refusals import Refusals
from documenthor.limits import Quota, Standing

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
    app.state.services = replace(services, settings=settings, refusals=Refusals(pause=0))
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


def test_refused_token_is_refused_again_without_a_look(app: FastAPI, client: Client, clock: Clock) -> None:
    for _ in range(5):
        client.get(_PATH)
    first = client.get(_PATH)
    app.state.services = replace(app.state.services, verifier=None, limiter=None)
    clock.advance(timedelta(seconds=13))
    again = client.get(_PATH)
    assert problem(again, 429)["type"] == problem(first, 429)["type"]
    assert again.headers["retry-after"] == "47"
    assert again.headers["ratelimit"] == '"tenant";r=2;t=47, "key";r=0;t=47'


def test_only_the_token_that_was_verified_is_refused_without_a_look(app: FastAPI, client: Client) -> None:
    good = fresh_token("acme")
    owner = Client(app, good)
    assert [owner.get(_PATH).status_code for _ in range(6)] == [200] * 5 + [429]
    for wrong in (good[:-2] + ("AA" if good[-2:] != "AA" else "BB"), token({"exp": 1}), f"{good}="):
        assert Client(app, wrong).get(_PATH).status_code == 401
    # What is not counted is not refused either, and another token of the key is verified before it is.
    assert owner.get("/api/verify").status_code == 200
    assert client.get(_PATH).status_code == 429


def test_refused_wait_for_their_answer_and_the_others_do_not(app: FastAPI, stranger: Client) -> None:
    app.state.services = replace(app.state.services, refusals=Refusals(pause=60))
    flood = Client(app, fresh_token("acme"))
    for _ in range(5):
        assert flood.get(_PATH).status_code == 200

    async def ask() -> bool:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as http:
            with anyio.move_on_after(1) as waiting:
                await http.get(_PATH, headers=flood.headers)
        return waiting.cancelled_caught

    assert anyio.run(ask)
    assert stranger.get(_PATH).status_code == 200


def test_when_many_wait_the_others_are_refused_at_once() -> None:
    async def crowd() -> int:
        refusals = Refusals(pause=60)
        async with anyio.create_task_group() as group:
            for _ in range(500):
                group.start_soon(refusals.wait)
            await anyio.lowlevel.checkpoint()
            with anyio.fail_after(30):
                await refusals.wait()
            group.cancel_scope.cancel()
        with anyio.move_on_after(0.05) as waiting:
            await refusals.wait()
        return waiting.cancelled_caught

    assert anyio.run(crowd)


def test_memory_of_refusals_is_bounded() -> None:
    refusals, standing = Refusals(), Standing(Quota("key", 1), 0, 60, is_exceeded=True)
    for number in range(5000):
        refusals.remember(f"Bearer {number}", [standing], now=0)
    assert len(refusals._known) <= 1000
    assert refusals.known("Bearer 4999", now=1)
    assert refusals.known("Bearer 4999", now=61) == []


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
