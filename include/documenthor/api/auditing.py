"""Every operation in the audit log: a route class that writes an entry when an endpoint has answered.

What changes something is recorded whatever comes of it, what only reads is recorded when it is refused.
An answer of success is only given once its entry is written; asked again, the same request finds what it
did. Refused tokens belong to no tenant, so everybody's share of the log is bounded there.
"""

import logging
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from documenthor import audit
from documenthor.api.callers import counted, refuse_again
from documenthor.api.problems import Problem, unavailable
from documenthor.api.request_id import request_id
from documenthor.api.services import Services
from documenthor.audit import Event, Result
from documenthor.limits import Quota
from documenthor.tokens import MAX_BYTES, VerifiedClaims

_log = logging.getLogger(__name__)
_CHANGING = frozenset({"job.submit", "job.cancel", "job.retry"})
# By path; the last word of a name says what kind of operation it is.
_OPERATIONS = {
    "/api/process-batch": "job.submit",
    "/api/job/{job_id}/cancel": "job.cancel",
    "/api/job/{job_id}/retry": "job.retry",
    "/api/job/{job_id}/status": "job.read",
    "/api/job/{job_id}/events": "job.read",
    "/api/jobs": "jobs.list",
    "/api/statement": "statement.read",
    "/api/verify": "token.verify",
    "/api/verify/{path:path}": "token.verify",
}
# Refused tokens a minute that are recorded one by one; beyond these the log says nothing new.
_REFUSALS = Quota("refused-tokens", 60)
_INVALID = HTTPException(HTTPStatus.UNPROCESSABLE_ENTITY)


class AuditedRoute(APIRoute):
    """A route whose operations are recorded."""

    def get_route_handler(self) -> Callable[[Request], Awaitable[Response]]:  # type: ignore[override]
        """The endpoint's handler, with the entry written behind it."""
        answer = super().get_route_handler()
        operation = _OPERATIONS.get(self.path, self.name)

        is_counted = any(needed.call is counted for needed in self.dependant.dependencies)

        async def audited(request: Request) -> Response:
            services: Services = request.app.state.services
            try:
                if is_counted:
                    refuse_again(request, services)
                response = await answer(request)
            except RequestValidationError:
                await run_in_threadpool(_refused, request, operation, _INVALID)
                raise
            except HTTPException as error:
                # Whoever is told to come back later tells us so again and again: that is not recorded.
                if error.status_code == HTTPStatus.TOO_MANY_REQUESTS:
                    await services.refusals.wait()
                else:
                    await run_in_threadpool(_refused, request, operation, error)
                raise
            if operation in _CHANGING:
                await run_in_threadpool(_succeeded, request, operation)
            return response

        return audited


def _succeeded(request: Request, operation: str) -> None:
    services: Services = request.app.state.services
    try:
        audit.append(services.database, _event(request, operation, Result.SUCCESS, ""), services.clock())
    except SQLAlchemyError as error:
        raise unavailable(
            "audit", "what you asked for is not recorded yet; send the same request again"
        ) from error


def _refused(request: Request, operation: str, error: HTTPException) -> None:
    services: Services = request.app.state.services
    reason = f"{error.status_code} {error.kind if isinstance(error, Problem) else ''}".strip()
    event = _event(request, operation, Result.FAILURE, reason)
    if not event.tenant and not _is_room(services):
        return
    try:
        audit.append(services.database, event, services.clock())
    except SQLAlchemyError:
        _log.exception("a refused %s could not be recorded", operation)


def _is_room(services: Services) -> bool:
    return not services.limiter.take([(_REFUSALS, "")])[0].is_exceeded


def _token_hash(values: list[str]) -> str:
    """Of what may be a token; a header of many megabytes is not read for its hash."""
    token = values[0].partition(" ")[2] if len(values) == 1 and len(values[0]) < 2 * MAX_BYTES else ""
    return audit.token_hash(token) if token else ""


def _event(request: Request, operation: str, result: Result, reason: str) -> Event:
    caller: VerifiedClaims | None = getattr(request.state, "caller", None)
    values = request.headers.getlist("authorization")
    target: Any = request.path_params.get("job_id") or getattr(request.state, "job", "")
    return Event(
        tenant=caller.tenant if caller else "",
        actor=f"{caller.caller} {caller.subject}" if caller else "",
        operation=operation,
        result=result,
        target=str(target),
        reason=reason,
        request=request_id(request.scope),
        token=_token_hash(values),
        source=request.client.host if request.client else "",
    )
