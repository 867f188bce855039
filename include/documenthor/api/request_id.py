"""An id for every request: the gateway's, else ours; in the answer, the audit log and all lines logged."""

from __future__ import annotations

import re
import uuid
from typing import TYPE_CHECKING

from structlog.contextvars import bound_contextvars

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_HEADER = b"x-request-id"
_ID = re.compile(rb"[A-Za-z0-9._-]{8,64}")


def request_id(scope: Scope) -> str:
    """The request's id; empty outside of the middleware."""
    found: str = scope.get("state", {}).get("request_id", "")
    return found


class RequestIds:
    """ASGI middleware that names requests."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on under its id."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        given = [value for name, value in scope["headers"] if name == _HEADER]
        known = len(given) == 1 and _ID.fullmatch(given[0])
        identity = given[0] if known else str(uuid.uuid4()).encode()
        scope.setdefault("state", {})["request_id"] = identity.decode()

        async def add(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message.get("headers", []), (_HEADER, identity)]}
            await send(message)

        with bound_contextvars(request_id=identity.decode()):
            await self.app(scope, receive, add)
