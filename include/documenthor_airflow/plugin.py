"""The API and the pages as an Airflow plugin, each mounted under a prefix of its own.

The API answers at its exact paths besides; Airflow's UI shows the pages in a frame.
"""

from __future__ import annotations

import gc
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from documenthor.metrics import Metrics
    from starlette.types import ASGIApp, Receive, Scope, Send

    from documenthor_airflow.deployment import Deployment

# Airflow refuses prefixes that begin like its own, such as /api/v2.
PREFIX = "/documenthor"
PAGES = "/documentation"


class LazyApp:
    """An app, built on its first request: every Airflow process imports plugins, one serves them."""

    def __init__(self, build: Callable[[], ASGIApp]) -> None:
        self._build = build

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand the request on."""
        await self._app(scope, receive, send)

    @cached_property
    def _app(self) -> ASGIApp:
        return self._build()


def _build_api() -> ASGIApp:
    from documenthor import outside
    from documenthor.api import build_app

    from documenthor_airflow.connections import read_connection
    from documenthor_airflow.deployment import deployment, now
    from documenthor_airflow.stopping import before_stop
    from documenthor_airflow.tracking import start_tracking
    from documenthor_airflow.trigger import dags_are_read, scheduler_is_alive, trigger_run

    start_tracking()
    settings, metrics = deployment().settings, _metrics()
    _tell_in_background(deployment(), metrics)
    app = build_app(
        settings=settings,
        database=deployment().database,
        trigger=trigger_run,
        clock=now,
        checks={
            "database": deployment().database.is_ready,
            "scheduler": scheduler_is_alive,
            "dags": dags_are_read,
        },
        outside_checks={
            "forge": lambda: outside.forges_answer(settings, read_connection),
            "model_server": lambda: outside.model_servers_answer(settings),
        },
        metrics=metrics,
    )
    before_stop(app.state.services.broadcast.close)
    _keep_loaded()
    return app


def _keep_loaded() -> None:
    """Take what is loaded by now out of the search for garbage.

    It stays until the end, and is so much that each search through it held up a request for 0.3 s.
    """
    gc.collect()
    gc.freeze()


def _build_pages() -> ASGIApp:
    from airflow.api_fastapi.auth.tokens import get_signing_key
    from documenthor.pages import build_pages

    from documenthor_airflow.deployment import deployment, now
    from documenthor_airflow.tracking import start_tracking
    from documenthor_airflow.trigger import trigger_run
    from documenthor_airflow.visitors import visitor_of

    start_tracking()
    return build_pages(
        database=deployment().database,
        tenants=deployment().settings.tenants,
        visitor=visitor_of,
        trigger=trigger_run,
        forge_address=_forge_address,
        secret=get_signing_key("api", "secret_key").encode(),
        colour=deployment().settings.colour,
        clock=now,
        metrics=_metrics(),
    )


def _metrics() -> Metrics:
    """Where this server sends measurements; tasks have another client of Airflow's."""
    from airflow.observability import stats
    from documenthor.metrics import Metrics

    return Metrics(stats)


def _forge_address(tenant: str) -> str:
    """Where people look at the tenant's repositories; empty where that is nowhere, or not known."""
    from documenthor.errors import ConfigurationError

    from documenthor_airflow.connections import read_connection
    from documenthor_airflow.deployment import deployment

    try:
        forge = deployment().tenant(tenant).forge
        return read_connection(forge.connection).web_url if forge.kind == "github" else ""
    except ConfigurationError:
        return ""


def _tell_in_background(here: Deployment, metrics: Metrics) -> None:
    """Send measurements of what is stored, and webhooks if there are keys to keep their secrets with."""
    from documenthor.metrics.sampling import Sampler
    from documenthor.webhooks import Deliveries, Sealer

    settings = here.settings
    Sampler(here.database, metrics, lambda: datetime.now(UTC)).start()
    if settings.encryption_keys:
        sealer = Sealer(settings.encryption_keys)
        Deliveries(here.database, sealer, settings.tenants, lambda: datetime.now(UTC), metrics).start()


def fastapi_apps() -> list[dict[str, Any]]:
    """What Airflow mounts."""
    return [
        {"app": LazyApp(_build_api), "url_prefix": PREFIX, "name": "documenthor"},
        {"app": LazyApp(_build_pages), "url_prefix": PAGES, "name": "documenthor-pages"},
    ]


def external_views() -> list[dict[str, Any]]:
    """What Airflow's UI shows in a frame, and where in its menus."""
    return [
        {
            # Airflow's bar shortens what is longer than nine letters, and has an entry "Docs" of its own.
            "name": "Repo docs",
            # Relative to where Airflow is, which may be below a path of its own.
            "href": f"{PAGES.lstrip('/')}/",
            "url_route": "documentation",
            "destination": "nav",
        }
    ]


def fastapi_root_middlewares() -> list[dict[str, Any]]:
    """What makes the app answer at `/api/...` and `/.well-known/...` too."""
    from documenthor.api.paths import ExactPaths

    return [{"middleware": ExactPaths, "kwargs": {"prefix": PREFIX}, "name": "documenthor-exact-paths"}]


def listeners() -> list[Any]:
    """What Airflow tells of runs that have ended."""
    from documenthor_airflow import run_notes

    return [run_notes]


def priority_weight_strategies() -> list[Any]:
    """What Airflow lets tasks name as their `weight_rule`."""
    from documenthor_airflow.turns import ByTurn

    return [ByTurn]


def deadline_references() -> list[Any]:
    """What Airflow lets deadlines be counted from."""
    from documenthor_airflow.deadlines import SinceRecorded

    return [SinceRecorded]
