"""`build_app`: the API as an app of its own, to be mounted anywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import FastAPI

from documenthor.api import keys, problems, verify
from documenthor.api.routes import Services, router
from documenthor.tokens import OwnKeys, Verifier
from documenthor.trust import GitHubTokens, KeySets, TrustedOwners

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from documenthor.db import Database
    from documenthor.jobs import JobView
    from documenthor.settings import Settings


def build_app(
    *,
    settings: Settings,
    database: Database,
    trigger: Callable[[JobView], None],
    clock: Callable[[], datetime],
    checks: Mapping[str, Callable[[], bool]],
) -> FastAPI:
    """The API.

    `trigger` starts exactly one run of a job, however often it is called, and raises `TriggerError`
    when it cannot. `checks` are what `/api/health` reports, by name.
    """
    # A redirect to the path without its slash would name our inside prefix; a 404 is honest.
    app = FastAPI(
        title="Documenthor", openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False
    )
    sources = (
        OwnKeys(database, settings.issuer, settings.tenants),
        GitHubTokens(TrustedOwners(settings.tenants), KeySets()),
    )
    verifier = Verifier(sources, settings.audience, clock)
    app.state.services = Services(settings, database, trigger, clock, checks, verifier)
    for each in (router, keys.router, verify.router):
        app.include_router(each)
    problems.install(app)
    return app
