"""The app answers at its exact outside paths beside a stand-in for Airflow, with and without a base URL."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest
from documenthor.api import ExactPaths
from fastapi import FastAPI
from fastapi.responses import HTMLResponse, PlainTextResponse
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Mount, Route

from tests.documenthor.api.client import Client, problem
from tests.documenthor.api.conftest import fresh_token

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_PREFIX = "/documenthor"


async def _page(request: Request) -> HTMLResponse:
    return HTMLResponse(f"<title>user interface</title>{request.url.path}")


async def _airflow_api(request: Request) -> PlainTextResponse:
    return PlainTextResponse(f"airflow {request.url.path}")


def _airflow(app: ASGIApp, root_path: str = "") -> FastAPI:
    """Laid out as Airflow's own app: its API, the plugins' mounts, then a page for all the rest."""
    parent = FastAPI(root_path=root_path, openapi_url=None)
    parent.router.routes = [
        Route("/api/v2", _airflow_api),
        Route("/api/v2/{rest:path}", _airflow_api),
        Mount(_PREFIX, app),
        Route("/{rest:path}", _page, methods=["GET", "POST"]),
    ]
    parent.add_middleware(ExactPaths, prefix=_PREFIX)
    return parent


@pytest.fixture(params=["", "/airflow", "/a/b", "/api", "/with space"], ids=repr)
def root(request: pytest.FixtureRequest) -> str:
    """The base URL's path."""
    path: str = request.param
    return path


@pytest.fixture
def outside(app: FastAPI, root: str) -> Client:
    """A caller from outside, below the base URL."""
    return Client(_airflow(app, root), fresh_token("acme"))


def test_endpoints_answer_at_their_exact_paths(outside: Client, root: str) -> None:
    assert outside.get(f"{root}/api/health").json()["status"] == "ok"
    assert outside.get(f"{root}/.well-known/jwks.json").json()["keys"]
    assert outside.get(f"{root}{_PREFIX}/api/health").json()["status"] == "ok"


def test_location_leads_to_the_job(outside: Client, root: str) -> None:
    posted = outside.post(f"{root}/api/process-batch", json={})
    assert posted.status_code == 202
    assert posted.headers["location"] == posted.json()["status_url"]
    assert httpx.URL(posted.headers["location"]).path.startswith(f"{root}/api/job/")
    status = outside.get(posted.headers["location"])
    assert status.json()["id"] == posted.json()["job"]


def test_proxy_that_cuts_off_the_base_url_changes_nothing(outside: Client) -> None:
    """Ambiguous, and so left out, where the base URL looks like one of our own paths."""
    assert outside.get("/.well-known/jwks.json").json()["keys"]


@pytest.mark.parametrize(
    "path",
    [
        "/api",
        "/api/",
        "/api/nothing",
        "/api/v1/dags",
        "/api/v2x",
        "/api/v22/dags",
        "/.well-known/x",
        "/api/health/",
    ],
)
def test_wrong_path_is_our_404_and_no_page(outside: Client, root: str, path: str) -> None:
    problem(outside.get(root + path), 404)


@pytest.mark.parametrize("path", ["/api/v2", "/api/v2/dags", "/api/v2/x/y", "/api%2Fv2/dags"])
def test_airflow_keeps_its_api(outside: Client, root: str, path: str) -> None:
    assert outside.get(root + path).text.startswith("airflow ")


@pytest.mark.parametrize("path", ["/", "/dags", "/apis", "/apifoo/bar", "/.well-knownx", "/x/api/health"])
def test_the_rest_stays_the_user_interface(outside: Client, root: str, path: str) -> None:
    assert "user interface" in outside.get(root + path).text


class _Recorder:
    """An app that keeps the scope it was called with."""

    def __init__(self) -> None:
        self.scope: Scope = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002
        self.scope = scope


async def _receive() -> Message:
    return {}


async def _send(_message: Message) -> None:
    return


def _passed_on(scope: Scope) -> Scope:
    import anyio

    recorder = _Recorder()
    anyio.run(ExactPaths(recorder, _PREFIX), scope, _receive, _send)
    return recorder.scope


@pytest.mark.parametrize(
    ("root_path", "path", "raw_path", "expected"),
    [
        ("", "/api/a b", b"/api/a%20b", ("/documenthor/api/a b", b"/documenthor/api/a%20b")),
        ("/x", "/x/api/é", b"/x/api/%C3%A9", ("/x/documenthor/api/é", b"/x/documenthor/api/%C3%A9")),
        ("/ü", "/ü/api/a", b"/%C3%BC/api/a", ("/ü/documenthor/api/a", b"/%C3%BC/documenthor/api/a")),
        ("/x", "/api/a", b"/api/a", ("/x/documenthor/api/a", b"/x/documenthor/api/a")),
    ],
)
def test_raw_path_follows_path(
    root_path: str, path: str, raw_path: bytes, expected: tuple[str, bytes]
) -> None:
    scope = {"type": "http", "root_path": root_path, "path": path, "raw_path": raw_path}
    before = dict(scope)
    passed = _passed_on(scope)
    assert (passed["path"], passed["raw_path"], passed["root_path"]) == (*expected, root_path)
    assert scope == before


def test_server_without_raw_path_gets_none() -> None:
    assert "raw_path" not in _passed_on({"type": "http", "path": "/api/a"})


@pytest.mark.parametrize("kind", ["websocket", "lifespan", "something"])
def test_other_scopes_are_passed_on_untouched(kind: str) -> None:
    scope = {"type": kind, "path": "/api/health"}
    assert _passed_on(scope) is scope


def test_plain_starlette_parent_works_too(app: FastAPI) -> None:
    parent = Starlette(
        routes=[Mount(_PREFIX, app)], middleware=[Middleware(ExactPaths, prefix=f"{_PREFIX}/")]
    )
    assert Client(parent).get("/api/health").status_code == 200
