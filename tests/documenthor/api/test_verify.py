"""What gateways ask: who calls, or why not. Nothing that a caller can write makes the answer better."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from documenthor.db import UsedTokenRow
from sqlalchemy import func, select

from tests.documenthor.api.client import Client, problem
from tests.documenthor.api.conftest import fresh_token
from tests.documenthor.support import key
from tests.documenthor.tokens.crafting import token

if TYPE_CHECKING:
    from documenthor.db import Database
    from fastapi import FastAPI

_PATH = "/api/verify"
_NAMES = ["X-Original-URI", "X-Original-URL", "X-Forwarded-Uri", "X-Envoy-Original-Path"]


def test_good_token_says_who_calls(app: FastAPI) -> None:
    answer = Client(app, token({"repository": "acme/web"})).get(_PATH)
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["x-documenthor-tenant"] == "acme"
    assert answer.headers["x-documenthor-repository"] == "web"
    assert answer.headers["cache-control"] == "no-store"


def test_tenant_is_the_keys(stranger: Client) -> None:
    claimed = {"X-Documenthor-Tenant": "acme", "X-Forwarded-User": "acme"}
    answer = stranger.request("GET", _PATH, headers=claimed)
    assert answer.headers["x-documenthor-tenant"] == "other"


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
@pytest.mark.parametrize("path", [_PATH, f"{_PATH}/api/process-batch", f"{_PATH}/api/job/x/status?page=2"])
def test_any_method_and_path_may_be_asked_about(app: FastAPI, method: str, path: str) -> None:
    assert Client(app, token()).request(method, path).status_code == 200
    assert Client(app).request(method, path).status_code == 401
    assert Client(app, token(signer=key("stranger"))).request(method, path).status_code == 401


@pytest.mark.parametrize("name", [*_NAMES, "X-Forwarded-Proto", "X-Forwarded-For", "X-Real-IP", "Forwarded"])
@pytest.mark.parametrize("value", ["/api/health", "/.well-known/jwks.json", "/api/verify", "127.0.0.1", ""])
def test_no_header_stands_for_a_token(nobody: Client, name: str, value: str) -> None:
    problem(nobody.request("GET", _PATH, headers={name: value}), 401)


@pytest.mark.parametrize("name", _NAMES)
@pytest.mark.parametrize(
    ("named", "status"),
    [
        ("/api/process-batch", 200),
        ("/api/job/x/status?a=/../b", 200),
        ("https://docs.example/api/job/x/status", 200),
        ("/api/v2/dags", 403),
        ("/", 403),
        ("/apis", 403),
        ("", 403),
        ("/api/../auth", 403),
        ("/api/%2e%2e/auth", 403),
        ("/api/%252e%252e/auth", 403),
        ("/api/..%2fauth", 403),
        ("/api/..\\auth", 403),
        ("//api/process-batch", 403),
        ("//evil.example/api/process-batch", 403),
        ("/api//v2/dags", 403),
        ("/API/process-batch", 403),
        ("https://[/api", 403),
    ],
)
def test_good_token_opens_nothing_else(client: Client, name: str, named: str, status: int) -> None:
    assert client.request("GET", _PATH, headers={name: named}).status_code == status


@pytest.mark.parametrize("path", ["/api/v2/dags", "/auth", "/api/../x", "//x"])
def test_same_for_a_path_below_ours(client: Client, path: str) -> None:
    problem(client.get(f"{_PATH}{path}"), 403)


def test_one_bad_name_among_good_ones_is_enough(client: Client) -> None:
    headers = {"X-Original-URI": "/api/process-batch", "X-Forwarded-Uri": "/auth"}
    problem(client.request("GET", _PATH, headers=headers), 403)


def test_asking_uses_nothing_up(app: FastAPI, database: Database) -> None:
    client = Client(app, fresh_token("acme"))
    assert [client.get(_PATH).status_code for _ in range(3)] == [200] * 3
    with database.session() as session:
        assert session.scalar(select(func.count()).select_from(UsedTokenRow)) == 0
    assert client.post("/api/process-batch", json={}).status_code == 202
