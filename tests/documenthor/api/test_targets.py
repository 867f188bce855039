"""A token that names its repository may ask for that one, and for what its tenant's policy adds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.documenthor.api.client import Client, problem
from tests.documenthor.tokens.crafting import token

if TYPE_CHECKING:
    from pathlib import Path

    from fastapi import FastAPI

    from tests.documenthor.api.conftest import Runs

_PATH = "/api/process-batch"


@pytest.mark.parametrize("body", [{"repositories": ["web"]}, {"repositories": ["WEB"]}])
def test_caller_may_ask_for_itself(app: FastAPI, body: dict[str, Any]) -> None:
    assert Client(app, token({"repository": "acme/web"})).post(_PATH, json=body).status_code == 202


@pytest.mark.parametrize(
    ("body", "refused"),
    [
        ({"repositories": ["api"]}, ["api"]),
        ({"repositories": ["web", "api", "docs"]}, ["api", "docs"]),
        ({}, ["*"]),
        ({"repositories": None}, ["*"]),
    ],
)
def test_caller_may_ask_for_nobody_else(
    app: FastAPI, runs: Runs, body: dict[str, Any], refused: list[str]
) -> None:
    content = problem(Client(app, token({"repository": "acme/web"})).post(_PATH, json=body), 403)
    assert (content["type"], content["repositories"]) == ("urn:documenthor:problem:targets", refused)
    assert runs.calls == []


def test_policy_adds_targets(app: FastAPI, tenants: Path) -> None:
    policy = "trust: {targets: ['docs-*']}"
    (tenants / "acme.yaml").write_text(f"organisation: acme\nforge: {{kind: local}}\n{policy}\n")
    client = Client(app, token({"repository": "acme/web"}))
    content = problem(client.post(_PATH, json={"repositories": ["web", "docs-a", "api"]}), 403)
    assert content["repositories"] == ["api"]
    assert client.post(_PATH, json={"repositories": ["web", "docs-a"]}).status_code == 202
