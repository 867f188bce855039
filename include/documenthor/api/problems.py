"""Every error as an RFC 9457 problem: a sentence for the caller, and nothing of our insides."""

from __future__ import annotations

import logging
import uuid
from http import HTTPStatus
from typing import TYPE_CHECKING

from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fastapi import FastAPI
    from starlette.requests import Request
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_log = logging.getLogger(__name__)
_TYPE = "urn:documenthor:problem:"
# Said in seconds to callers whose request may well succeed a little later.
_RETRY = {"Retry-After": "30"}
# One for each repository that a request may name; a hostile one could have as many as it has bytes.
_MAX_ERRORS = 1000


class Problem(HTTPException):
    """An answer that is an error. `kind` tells callers apart what the status does not; `more` is extra."""

    def __init__(
        self,
        status: HTTPStatus,
        detail: str,
        *,
        kind: str = "",
        headers: Mapping[str, str] | None = None,
        more: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(status, detail, headers)
        self.kind = kind
        self.more = more or {}


def unavailable(kind: str, detail: str, more: Mapping[str, object] | None = None) -> Problem:
    """Something that we need is missing; asking again later may help."""
    return Problem(HTTPStatus.SERVICE_UNAVAILABLE, detail, kind=kind, headers=_RETRY, more=more)


def not_found(what: str = "there is nothing at this address") -> Problem:
    """There is no such thing, or it is not the caller's: the two are told apart by nobody."""
    return Problem(HTTPStatus.NOT_FOUND, what)


def invalid(errors: Sequence[Mapping[str, str]]) -> Problem:
    """A request that says something wrong; each error has its place and a `detail`."""
    summary = f"the request has {len(errors)} errors" if len(errors) > 1 else errors[0]["detail"]
    more = {"errors": errors[:_MAX_ERRORS]}
    return Problem(HTTPStatus.UNPROCESSABLE_ENTITY, summary, kind="request", more=more)


def install(app: FastAPI) -> None:
    """Make every error of `app` a problem."""
    app.add_exception_handler(HTTPException, _on_http_exception)
    app.add_exception_handler(RequestValidationError, _on_invalid)
    app.add_middleware(_LastResort)


async def _on_http_exception(_request: Request, error: Exception) -> JSONResponse:
    if isinstance(error, Problem):
        return _render(error)
    if not isinstance(error, HTTPException):
        raise error
    if error.status_code == HTTPStatus.NOT_FOUND:
        return _render(not_found())
    detail = HTTPStatus(error.status_code).description.lower() or error.detail
    return _render(Problem(HTTPStatus(error.status_code), detail, headers=error.headers))


async def _on_invalid(_request: Request, error: Exception) -> JSONResponse:
    """A parameter of the path, the query or the headers that cannot be taken."""
    if not isinstance(error, RequestValidationError):
        raise error
    found = [{"parameter": str(detail["loc"][1]), "detail": detail["msg"]} for detail in error.errors()]
    return _render(invalid(found))


def _render(problem: Problem) -> JSONResponse:
    status = HTTPStatus(problem.status_code)
    content = {
        "type": f"{_TYPE}{problem.kind}" if problem.kind else "about:blank",
        "title": status.phrase,
        "status": status.value,
        "detail": problem.detail,
        **problem.more,
    }
    headers = {"Cache-Control": "no-store", **(problem.headers or {})}
    return JSONResponse(content, status, headers, media_type="application/problem+json")


class _LastResort:
    """Answers for exceptions that nobody expected.

    Starlette's own last resort raises them once more after answering, into Airflow's handlers.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = False

        async def watch(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, watch)
        except Exception as error:
            response = _render(_unexpected(error))
            if scope["type"] != "http" or started:
                raise
            await response(scope, receive, send)


def _unexpected(error: Exception) -> Problem:
    error_id = str(uuid.uuid4())
    _log.error("request failed, error id %s", error_id, exc_info=error)
    more = {"error_id": error_id}
    if isinstance(error, SQLAlchemyError):
        return unavailable("database", "the service cannot reach its database; try again later", more)
    detail = "the service failed; its operator finds the reason in the log under the error id"
    return Problem(HTTPStatus.INTERNAL_SERVER_ERROR, detail, kind="internal", more=more)
