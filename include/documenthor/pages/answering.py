"""Answers: a page with the headers that bind it to ourselves, and errors as pages."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse
from starlette.exceptions import HTTPException

from documenthor.errors import PageError
from documenthor.pages.rendering import render

if TYPE_CHECKING:
    from fastapi import FastAPI, Request, Response
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
)
# Airflow shows the pages in a frame of its own, and nobody else may.
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Frame-Options": "SAMEORIGIN",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_TITLES = {
    HTTPStatus.UNAUTHORIZED: "Not signed in",
    HTTPStatus.FORBIDDEN: "Not allowed",
    HTTPStatus.NOT_FOUND: "Not found",
    HTTPStatus.CONFLICT: "Nothing was done",
    HTTPStatus.UNPROCESSABLE_ENTITY: "Not understood",
    HTTPStatus.SERVICE_UNAVAILABLE: "Try again",
}


def page(
    request: Request,
    template: str,
    *,
    status: int = 200,
    headers: dict[str, str] | None = None,
    **values: Any,  # noqa: ANN401 - whatever the template shows
) -> HTMLResponse:
    """The template as an answer; `root` is where the pages are mounted, `airflow` where Airflow is."""
    root = request.scope.get("root_path", "")
    airflow = request.scope.get("app_root_path", "")
    content = render(template, root=root, airflow=airflow, **values)
    return HTMLResponse(content, status, {"Cache-Control": "private, no-cache", **(headers or {})})


def install(app: FastAPI) -> None:
    """Answer every error with a page."""

    async def refused(request: Request, error: Exception) -> Response:
        status = getattr(error, "status", getattr(error, "status_code", HTTPStatus.UNPROCESSABLE_ENTITY))
        said = str(error) if isinstance(error, PageError) else "This address is not one of a page."
        title = _TITLES.get(HTTPStatus(status), HTTPStatus(status).phrase)
        return page(request, "error.html", status=status, title=title, message=said)

    for kind in (PageError, HTTPException, RequestValidationError):
        app.add_exception_handler(kind, refused)
    app.add_middleware(Headers)


class Headers:
    """ASGI middleware that puts the headers on every answer, files included."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        ours = [(name.lower().encode(), value.encode()) for name, value in _HEADERS.items()]

        async def add(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message.get("headers", []), *ours]}
            await send(message)

        await self.app(scope, receive, add)
