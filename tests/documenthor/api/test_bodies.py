"""A body that cannot be taken: the answer says what to change, and nothing is recorded."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from documenthor.api.body import MAX_BYTES
from documenthor.db import JobRow
from sqlalchemy import func, select

from tests.documenthor.api.client import Client, problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from documenthor.db import Database

    from tests.documenthor.api.conftest import Runs

_PATH = "/api/process-batch"
_JSON = {"Content-Type": "application/json"}


@pytest.fixture(autouse=True)
def _nothing_happened(database: Database, runs: Runs) -> Iterator[None]:
    yield
    with database.session() as session:
        assert session.scalar(select(func.count()).select_from(JobRow)) == 0
    assert runs.calls == []


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"{}{}", b"{'a': 1}", b"\xff", b'{"mode": "\xff"}', b"[" * 5000, b"repositories=web"],
)
def test_no_json(client: Client, content: bytes) -> None:
    problem(client.post(_PATH, content=content, headers=_JSON), 400)


@pytest.mark.parametrize(
    "kind", ["", "text/plain", "application/x-www-form-urlencoded", "application/jsonp", "text/json", "json"]
)
def test_no_json_by_its_own_account(client: Client, kind: str) -> None:
    problem(client.post(_PATH, content=b"{}", headers={"Content-Type": kind}), 415)


def _padded(size: int) -> bytes:
    return b'{"mode": "' + b" " * (size - 12) + b'"}'


def test_body_at_the_limit_is_read_and_one_byte_more_is_not(client: Client) -> None:
    problem(client.post(_PATH, content=_padded(MAX_BYTES), headers=_JSON), 422)
    problem(client.post(_PATH, content=_padded(MAX_BYTES + 1), headers=_JSON), 413)


@pytest.mark.parametrize(
    ("body", "pointer", "sentence"),
    [
        ([], "", "object"),
        (None, "", "object"),
        ("web", "", "object"),
        ({"repositories": "web"}, "/repositories", "array"),
        ({"repositories": ["web", 7]}, "/repositories/1", "string"),
        ({"repositories": ["web", "../x"]}, "/repositories/1", "no repository name"),
        ({"repositories": ["acme/web"]}, "/repositories/0", "no repository name"),
        ({"repositories": ["web\n"]}, "/repositories/0", "no repository name"),
        ({"repositories": ["web", "Web"]}, "/repositories", "'Web' is named twice"),
        ({"repositories": [f"r{i}" for i in range(1001)]}, "/repositories", "at most 1000 repositories"),
        ({"mode": "shout"}, "/mode", "'commit' or 'pull_request'"),
        ({"force": "yes"}, "/force", "boolean"),
        ({"force": 1}, "/force", "boolean"),
        ({"tenant": "other"}, "/tenant", "unknown key"),
        ({"a/b~c": 1}, "/a~1b~0c", "unknown key"),
    ],
)
def test_schema_error_is_pointed_at(client: Client, body: object, pointer: str, sentence: str) -> None:
    content = problem(client.post(_PATH, content=json.dumps(body), headers=_JSON), 422)
    (error,) = content["errors"]
    assert error["pointer"] == pointer
    assert sentence in error["detail"]
    assert content["detail"] == error["detail"]


def test_errors_are_all_listed_up_to_a_number(client: Client) -> None:
    content = problem(client.post(_PATH, json={"force": "yes", "mode": 1, "x": 2}), 422)
    assert {error["pointer"] for error in content["errors"]} == {"/force", "/mode", "/x"}
    content = problem(client.post(_PATH, json={f"key-{i}": 1 for i in range(500)}), 422)
    assert len(content["errors"]) == 20
    assert "500 errors" in content["detail"]


def test_content_type_may_have_parameters_and_capitals(client: Client) -> None:
    headers = {"Content-Type": "Application/JSON; charset=utf-8"}
    problem(client.post(_PATH, content=b'{"x": 1}', headers=headers), 422)
