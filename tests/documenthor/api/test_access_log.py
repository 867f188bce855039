"""One line in the log for every answer: who, what, how long, and nothing that a caller could hide there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import structlog

from tests.documenthor.api.client import Client
from tests.documenthor.api.conftest import fresh_token

if TYPE_CHECKING:
    from fastapi import FastAPI, Request, Response

_ID = {"X-Request-Id": "of-this-request"}


def _answered(logs: list[Any]) -> list[dict[str, Any]]:
    return [dict(line) for line in logs if line["event"] == "answered"]


def test_a_line_says_who_asked_for_what_and_never_by_which_token(app: FastAPI) -> None:
    token = fresh_token("acme")
    with structlog.testing.capture_logs() as logs:
        assert Client(app, token).get("/api/jobs?limit=5&access_token=hidden", headers=_ID).is_success
    (line,) = _answered(logs)
    assert line.pop("milliseconds") >= 0
    assert line == {
        "event": "answered",
        "log_level": "info",
        "request_id": "of-this-request",
        "tenant": "acme",
        "method": "GET",
        "route": "list_jobs",
        "status": 200,
    }
    assert token not in str(logs)


@pytest.mark.parametrize(
    ("method", "path", "expected"),
    [
        ("GET", "/api/jobs", ("GET", "list_jobs", 401)),
        ("BREW", "/api/health/live", ("other", "live", 405)),
        ("GET", "/api/no/such%0Aline", ("GET", "none", 404)),
    ],
)
def test_nobody_unknown_writes_into_it(app: FastAPI, method: str, path: str, expected: object) -> None:
    with structlog.testing.capture_logs() as logs:
        Client(app, "not.a.token").request(method, path, headers={"X-Request-Id": "no id\tof ours"})
    (line,) = _answered(logs)
    assert (line["method"], line["route"], line["status"]) == expected
    assert line["tenant"] == ""
    assert all(part not in str(logs) for part in ("not.a.token", "such", "no id"))


def test_whatever_is_logged_meanwhile_names_the_request(app: FastAPI) -> None:
    seen: list[dict[str, Any]] = []

    def look(_request: Request) -> Response:
        seen.append(structlog.contextvars.get_contextvars())
        raise RuntimeError("a mistake of ours")

    app.router.add_route("/api/broken", look)
    with structlog.testing.capture_logs() as logs:
        assert Client(app).get("/api/broken", headers=_ID).status_code == 500
    assert seen[0]["request_id"] == "of-this-request"
    assert [line["status"] for line in _answered(logs)] == [500]
    assert structlog.contextvars.get_contextvars() == {}
