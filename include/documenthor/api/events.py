"""`GET /api/job/{id}/events`: a job's progress as it happens, as server-sent events."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Header, Response
from starlette.concurrency import run_in_threadpool
from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from documenthor.api import news
from documenthor.api.auditing import AuditedRoute
from documenthor.api.broadcast import Broadcast, Listener
from documenthor.api.callers import Caller
from documenthor.api.finding import JobId, finding
from documenthor.api.news import News
from documenthor.api.openapi import answers, stream
from documenthor.api.problems import Problem
from documenthor.api.services import Given

router = APIRouter(tags=["jobs"], route_class=AuditedRoute)
_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}

LastEventId = Annotated[
    str | None,
    Header(
        pattern=r"^[0-9]{1,9}$",
        description="The id of the last event that you saw, to get what changed since; 0 for everything.",
    ),
]


@router.get(
    "/api/job/{job_id}/events",
    response_class=Response,
    responses={**stream(), **answers(401, 403, 404, 422, 429)},
    summary="Follow a job",
)
async def job_events(
    job_id: JobId, services: Given, caller: Caller, last_event_id: LastEventId = None
) -> Response:
    """How the job stands, then every repository whose state changes, until the job has ended.

    The stream ends with the token at the latest; come back with a new one and `Last-Event-ID`. A job
    that has ended, and whose end you saw, answers 204.
    """
    broadcast = services.broadcast
    since = None if last_event_id is None else int(last_event_id)
    listener = broadcast.join(caller.tenant, job_id)
    if listener is None:
        detail = "your organisation follows too many jobs at once; close a stream first"
        headers = {"Retry-After": "30"}
        raise Problem(HTTPStatus.TOO_MANY_REQUESTS, detail, kind="listeners", headers=headers)
    try:
        with finding():
            first = await run_in_threadpool(
                news.read, services.database, tenant=caller.tenant, job_id=job_id, since=since
            )
    except BaseException:
        broadcast.leave(listener)
        raise
    if first.has_ended and since is not None and since >= first.revision:
        broadcast.leave(listener)
        return Response(status_code=HTTPStatus.NO_CONTENT)
    seconds = (caller.expires_at - services.clock()).total_seconds()
    return EventStream(broadcast, listener, first, seconds)


class EventStream(StreamingResponse):
    """The answer to one listener; whichever way it ends, the listener has left."""

    def __init__(self, broadcast: Broadcast, listener: Listener, first: News, seconds: float) -> None:
        events = broadcast.events(listener, first, seconds)
        super().__init__(events, HTTPStatus.OK, _HEADERS, media_type="text/event-stream")
        self._broadcast, self._listener = broadcast, listener

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the events."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._broadcast.leave(self._listener)
