"""`build_pages`: the pages as an app of its own, to be mounted anywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import FastAPI
from starlette.staticfiles import StaticFiles

from documenthor.metrics import SILENT
from documenthor.pages import actions, answering, auditing, costs, job, overview, repositories
from documenthor.pages.rendering import STATIC
from documenthor.pages.services import Services

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime
    from pathlib import Path

    from fastapi import Request

    from documenthor.db import Database
    from documenthor.jobs import JobView
    from documenthor.metrics import Metrics
    from documenthor.pages.visitors import Visitor


def build_pages(
    *,
    database: Database,
    tenants: Path,
    visitor: Callable[[Request], Awaitable[Visitor]],
    trigger: Callable[[JobView], None],
    forge_address: Callable[[str], str],
    secret: bytes,
    colour: str,
    clock: Callable[[], datetime],
    metrics: Metrics = SILENT,
) -> FastAPI:
    """The pages. What is given is described at `Services`."""
    app = FastAPI(
        title="Documenthor", openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False
    )
    app.state.services = Services(
        database, tenants, visitor, trigger, forge_address, secret, colour, clock, metrics
    )
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    for router in (
        overview.router,
        job.router,
        repositories.router,
        costs.router,
        auditing.router,
        actions.router,
    ):
        app.include_router(router)
    answering.install(app)
    return app
