"""What every answer of the API took, by the endpoint that gave it: measured, and a line in the log."""

from __future__ import annotations

import time
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import structlog

from documenthor.api.request_id import request_id
from documenthor.metrics.labels import METHOD
from documenthor.metrics.table import API_REQUESTS, API_SECONDS

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from documenthor.metrics import Metrics

_log = structlog.get_logger(__name__)


class Measured:
    """ASGI middleware that counts answers and the seconds until they begin; a stream may go on for hours."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self.app, self._metrics = app, metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and tell what came of it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        start, is_told = time.monotonic(), False

        async def tell(message: Message) -> None:
            nonlocal is_told
            if message["type"] == "http.response.start":
                is_told = True
                self._tell(scope, message["status"], time.monotonic() - start)
            await send(message)

        try:
            await self.app(scope, receive, tell)
        except Exception:
            if not is_told:
                self._tell(scope, 500, time.monotonic() - start)
            raise

    def _tell(self, scope: Scope, status: int, seconds: float) -> None:
        route = endpoint(scope)
        _say(scope, route, status, seconds)
        self._metrics.record(API_REQUESTS, method=scope["method"], route=route, status=str(status))
        # Who asks too often waits for that answer on purpose.
        if status != HTTPStatus.TOO_MANY_REQUESTS:
            self._metrics.record(API_SECONDS, seconds, route=route)


def _say(scope: Scope, route: str, status: int, seconds: float) -> None:
    """Nothing of what callers write but a bounded id: paths, queries and headers may hold anything."""
    caller = scope.get("state", {}).get("caller")
    _log.info(
        "answered",
        request_id=request_id(scope),
        tenant=caller.tenant if caller else "",
        method=METHOD.bounded(scope["method"]),
        route=route,
        status=int(status),
        milliseconds=round(1000 * seconds),
    )


def endpoint(scope: Scope) -> str:
    """The name of the endpoint that a request has met; `none` if there is none."""
    route: Any = scope.get("route")
    return str(getattr(route, "name", "") or "none")
