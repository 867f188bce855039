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
    from pathlib import Path

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
        ({"repositories": ["web", None]}, "/repositories/1", "string"),
        ({"repositories": ["web", "../x"]}, "/repositories/1", "no repository name"),
        ({"repositories": ["acme/web"]}, "/repositories/0", "no repository name"),
        ({"repositories": ["web\n"]}, "/repositories/0", "no repository name"),
        ({"repositories": ["web", "Web"]}, "/repositories/1", "'Web' is named twice"),
        ({"repositories": ["web", {"name": "WEB", "ref": "v1"}]}, "/repositories/1", "'WEB' is named twice"),
        ({"repositories": []}, "/repositories", "at least one"),
        ({"repositories": [{"ref": "main"}]}, "/repositories/0/name", "required"),
        ({"repositories": [{"name": "web", "branch": "x"}]}, "/repositories/0/branch", "unknown key"),
        ({"repositories": [{"name": "web", "ref": "a..b"}]}, "/repositories/0/ref", "no branch"),
        ({"repositories": [{"name": "web", "ref": "-x"}]}, "/repositories/0/ref", "no branch"),
        ({"repositories": [{"name": "web", "ref": "main@{1}"}]}, "/repositories/0/ref", "no branch"),
        ({"repositories": [{"name": "web", "ref": "x" * 256}]}, "/repositories/0/ref", "255"),
        ({"repositories": [["web"]]}, "/repositories/0", "give a repository's name"),
        ({"options": {"language": "d"}}, "/options/language", "language tag"),
        ({"options": {"writer": {"kind": "facts"}}}, "/options/writer", "unknown key"),
        ({"options": {"pages": ["readme", "novel"]}}, "/options/pages/1", "'readme'"),
        ({"options": {"templates": {"readme": {"title": 1}}}}, "/options/templates/readme/title", "string"),
        ({"filters": {"include": "web"}}, "/filters/include", "array"),
        ({"filters": {"stars": 3}}, "/filters/stars", "unknown key"),
        ({"filters": {"visibility": ["secret"]}}, "/filters/visibility/0", "'public'"),
        ({"filters": {}, "repositories": ["web"]}, "/filters", "leave them out"),
        ({"dry_run": "yes"}, "/dry_run", "boolean"),
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


def test_everything_wrong_is_said_at_once(client: Client, tenants: Path) -> None:
    tenant = tenants / "acme.yaml"
    tenant.write_text(tenant.read_text("utf-8") + "options: {locked: [language]}\n", "utf-8")
    body = {
        "repositories": ["web", "../x", "WEB", {"name": "api", "ref": "~"}, 7],
        "options": {"language": "de", "pages": [1]},
        "force": "yes",
        "mode": 1,
        "x": 2,
    }
    content = problem(client.post(_PATH, json=body), 422)
    assert [error["pointer"] for error in content["errors"]] == [
        "/force",
        "/mode",
        "/options/language",
        "/options/pages/0",
        "/repositories/1",
        "/repositories/2",
        "/repositories/3/ref",
        "/repositories/4",
        "/x",
    ]
    assert "locked" in content["errors"][2]["detail"]
    assert "9 errors" in content["detail"]


def test_errors_are_listed_up_to_one_for_each_repository(client: Client) -> None:
    content = problem(client.post(_PATH, json={f"key-{i}": 1 for i in range(5000)}), 422)
    assert len(content["errors"]) == 1000
    assert "5000 errors" in content["detail"]


def test_content_type_may_have_parameters_and_capitals(client: Client) -> None:
    headers = {"Content-Type": "Application/JSON; charset=utf-8"}
    problem(client.post(_PATH, content=b'{"x": 1}', headers=headers), 422)
