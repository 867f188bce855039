"""The real pages over a real database. Who visits is told by a header instead of Airflow."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

import pytest
from documenthor.errors import PageError
from documenthor.metrics import Metrics
from documenthor.pages import Action, Visitor, build_pages

from tests.documenthor.api.conftest import Runs
from tests.documenthor.pages.browser import Browser
from tests.documenthor.support import Clock
from tests.fakes.metrics import Recorder

if TYPE_CHECKING:
    from pathlib import Path

    from documenthor.db import Database
    from fastapi import FastAPI, Request

# What each may do, by tenant.
USERS: dict[str, dict[str, frozenset[Action]]] = {
    "olga": {"acme": frozenset(Action)},
    "vera": {"acme": frozenset({Action.READ})},
    "otto": {"other": frozenset(Action)},
    "root": {"acme": frozenset(Action), "other": frozenset(Action)},
    "nemo": {},
    # A mistake in the roles: acting without seeing.
    "oddo": {"acme": frozenset(Action) - {Action.READ}},
}


async def _visitor(request: Request) -> Visitor:
    name = request.headers.get("x-user", "")
    if name not in USERS:
        raise PageError(HTTPStatus.UNAUTHORIZED, "You are not signed in.")
    session = request.headers.get("x-session", f"session of {name}")
    return Visitor(name, session, lambda action, tenant: action in USERS[name].get(tenant, ()))


@pytest.fixture
def runs() -> Runs:
    """What was triggered."""
    return Runs()


@pytest.fixture
def clock() -> Clock:
    """The pages' clock."""
    return Clock()


@pytest.fixture
def measured() -> Recorder:
    """What the pages have measured."""
    return Recorder()


@pytest.fixture
def pages(database: Database, tmp_path: Path, runs: Runs, clock: Clock, measured: Recorder) -> FastAPI:
    """The app, for the tenants `acme` and `other`."""
    tenants = tmp_path / "tenants"
    tenants.mkdir()
    for name in ("acme", "other"):
        (tenants / f"{name}.yaml").write_text(f"organisation: {name}\nforge: {{kind: local}}\n")
    return build_pages(
        database=database,
        tenants=tenants,
        visitor=_visitor,
        trigger=runs.trigger,
        forge_address=lambda _: "https://github.example",
        secret=b"of this test",
        colour="",
        clock=clock,
        metrics=Metrics(measured),
    )


@pytest.fixture
def operator(pages: FastAPI) -> Browser:
    """An operator of `acme`."""
    return Browser(pages, "olga")


@pytest.fixture
def viewer(pages: FastAPI) -> Browser:
    """Somebody who may only look at `acme`."""
    return Browser(pages, "vera")


@pytest.fixture
def stranger(pages: FastAPI) -> Browser:
    """An operator of `other`."""
    return Browser(pages, "otto")
