"""`build_app`: the API as an app of its own, to be mounted anywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import FastAPI

from documenthor.api import batch, events, health, jobs, keys, problems, statement, verify
from documenthor.api.broadcast import Broadcast
from documenthor.api.callers import RateLimitHeaders
from documenthor.api.checks import Health
from documenthor.api.measuring import Measured
from documenthor.api.refusals import Refusals
from documenthor.api.request_id import RequestIds
from documenthor.api.services import Services
from documenthor.limits import Limiter
from documenthor.metrics import SILENT
from documenthor.tokens import OwnKeys, Verifier
from documenthor.trust import GitHubTokens, KeySets, TrustedOwners

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from documenthor.db import Database
    from documenthor.jobs import JobView
    from documenthor.metrics import Metrics
    from documenthor.settings import Settings

ROUTERS = (
    batch.router,
    jobs.router,
    events.router,
    health.router,
    keys.router,
    statement.router,
    verify.router,
)


def build_app(
    *,
    settings: Settings,
    database: Database,
    trigger: Callable[[JobView], None],
    clock: Callable[[], datetime],
    checks: Mapping[str, Callable[[], bool]],
    outside_checks: Mapping[str, Callable[[], bool]] | None = None,
    metrics: Metrics = SILENT,
) -> FastAPI:
    """The API.

    `trigger` starts exactly one run of a job's part, however often it is called, and raises
    `TriggerError` when it cannot. `checks` are what `/api/health` reports, by name: without one of them
    no request can be met, while what `outside_checks` ask for only delays jobs.
    """
    # A redirect to the path without its slash would name our inside prefix; a 404 is honest.
    app = FastAPI(
        title="Documenthor", openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False
    )
    sources = (
        OwnKeys(database, settings.issuer, settings.tenants),
        GitHubTokens(TrustedOwners(settings.tenants), KeySets()),
    )
    app.state.services = Services(
        settings=settings,
        database=database,
        trigger=trigger,
        clock=clock,
        health=Health(checks, outside_checks or {}),
        verifier=Verifier(sources, settings.audience, clock),
        limiter=Limiter.over(database, clock),
        refusals=Refusals(),
        broadcast=Broadcast(database),
        metrics=metrics,
    )
    for router in ROUTERS:
        app.include_router(router)
    problems.install(app)
    app.add_middleware(RateLimitHeaders)
    app.add_middleware(Measured, metrics=metrics)
    app.add_middleware(RequestIds)
    return app
