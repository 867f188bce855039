"""Whatever is wrong with a token, the answer is one and the same, and no other work is done."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest

from tests.documenthor.api.client import Client, problem, told
from tests.documenthor.support import key
from tests.documenthor.tokens.crafting import token, with_hmac

if TYPE_CHECKING:
    from fastapi import FastAPI

    from tests.documenthor.api.conftest import Runs

_ENDPOINTS = [("POST", "/api/process-batch"), ("GET", "/api/job/one/status")]
_GOOD = token()
_HEADERS = {
    "missing": None,
    "empty": "",
    "scheme only": "Bearer",
    "no token": "Bearer ",
    "two spaces": f"Bearer  {_GOOD}",
    "basic": "Basic dXNlcjpwYXNz",
    "token alone": _GOOD,
    "expired": f"Bearer {token({'exp': 1})}",
    "other tenant": f"Bearer {token({'org': 'other'})}",
    "other key": f"Bearer {token(signer=key('stranger'))}",
    "public key as secret": f"Bearer {with_hmac(key('acme').public_pem)}",
    "oversized": f"Bearer {token({'padding': 'x' * 20_000})}",
    "nonsense": "Bearer a.b.c",
    "latin-1": "Bearer \xe9.\xe9.\xe9".encode("latin-1"),
}


@pytest.mark.parametrize(("method", "path"), _ENDPOINTS)
def test_every_refusal_is_the_same_answer(app: FastAPI, runs: Runs, method: str, path: str) -> None:
    answers = set()
    for value in _HEADERS.values():
        headers = {} if value is None else {"Authorization": value}
        response = Client(app).request(method, path, headers=headers)
        problem(response, 401)
        assert response.headers["www-authenticate"] == "Bearer"
        answers.add((response.content, told(response)))
    assert len(answers) == 1
    assert runs.calls == []


def test_good_token_is_let_in_whatever_the_case_of_its_scheme(app: FastAPI) -> None:
    response = Client(app).request("GET", "/api/job/one/status", headers={"Authorization": f"bEARER {_GOOD}"})
    problem(response, 404)


def test_two_tokens_are_none(app: FastAPI) -> None:
    headers = {"Authorization": f"Bearer {_GOOD}"}
    problem(Client(app, _GOOD).request("GET", "/api/job/one/status", headers=headers), 401)


def test_refusal_comes_before_the_body_is_looked_at(nobody: Client) -> None:
    problem(nobody.post("/api/process-batch", content=b"x" * 3_000_000), 401)


@pytest.mark.parametrize("path", ["/api/health", "/.well-known/jwks.json"])
def test_public_endpoints_ask_for_no_token(nobody: Client, path: str) -> None:
    assert nobody.get(path).status_code == 200


def test_log_says_why_and_never_holds_a_token(app: FastAPI, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    expired = token({"exp": 1})
    Client(app, expired).get("/api/job/one/status")
    Client(app, _GOOD).post("/api/process-batch", json={})
    assert "'exp'" in caplog.text
    for text in (expired, _GOOD):
        assert all(part not in caplog.text for part in text.split("."))
