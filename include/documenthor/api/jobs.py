"""A tenant's jobs: listing, status, cancelling, retrying."""

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Header, Query, Request, Response
from fastapi.responses import JSONResponse

from documenthor import jobs, tokens
from documenthor.api.auditing import AuditedRoute
from documenthor.api.callers import Caller, require_targets
from documenthor.api.finding import JobId, finding
from documenthor.api.models import Accepted, JobList, JobPage, Links, ListedJob
from documenthor.api.openapi import accepted, answers, job_list, job_page
from documenthor.api.problems import Problem, invalid
from documenthor.api.services import Given, Services
from documenthor.api.starting import outside_root, start
from documenthor.errors import JobStateError
from documenthor.jobs.wanted import RepositoryName
from documenthor.metrics import told
from documenthor.names import MAX_REPOSITORIES

router = APIRouter(tags=["jobs"], route_class=AuditedRoute)
# Kept by the caller alone, and shown again only after asking whether it still holds.
_PRIVATE = {"Cache-Control": "private, no-cache"}

Limit = Annotated[int, Query(ge=1, le=100, description="How many jobs a page has at most.")]
RowLimit = Annotated[
    int, Query(ge=1, le=MAX_REPOSITORIES, description="How many repositories a page has at most.")
]
Start = Annotated[int, Query(ge=0, le=10_000_000, description="From which repository on, counted from 0.")]
States = Annotated[list[jobs.JobState], Query(max_length=7, description="Only jobs in one of these states.")]
Place = Annotated[
    str | None,
    Query(alias="cursor", max_length=300, description="As the address of the next page has it."),
]
Only = Annotated[
    list[RepositoryName],
    Query(max_length=MAX_REPOSITORIES, description="Only these of the repositories that failed; repeatable."),
]
IfNoneMatch = Annotated[str | None, Header(description="The `ETag` of the answer that you have.")]


@router.get("/api/jobs", responses={**job_list(), **answers(401, 403, 422, 429)}, summary="List jobs")
def list_jobs(
    request: Request,
    services: Given,
    caller: Caller,
    limit: Limit = 50,
    state: States = [],  # noqa: B006 - FastAPI copies it
    cursor: Place = None,
) -> Response:
    """Your organisation's jobs, newest first; `Link: ...; rel="next"` leads to the next page."""
    page = jobs.listed(
        services.database, tenant=caller.tenant, limit=limit, states=state, after=_cursor(cursor)
    )
    root = outside_root(request)
    query = [("limit", str(limit)), *(("state", each.value) for each in state), ("cursor", str(page.after))]
    following = f"{root}/api/jobs?{urlencode(query)}" if page.after else None
    listed = [ListedJob(**dict(job), links=Links.of(root, job)) for job in page.jobs]
    return _json(JobList(jobs=listed, next=following).model_dump_json(), following, {})


@router.get(
    "/api/job/{job_id}/status",
    responses={**job_page(), **answers(401, 403, 404, 422, 429)},
    summary="See a job",
)
def job_status(
    request: Request,
    job_id: JobId,
    services: Given,
    caller: Caller,
    limit: RowLimit = MAX_REPOSITORIES,
    start: Start = 0,
    if_none_match: IfNoneMatch = None,
) -> Response:
    """How the job stands, repository by repository. Send `If-None-Match` to poll at little cost."""
    with finding():
        revision = jobs.revision(services.database, tenant=caller.tenant, job_id=job_id)
        if _matches(if_none_match, _etag(revision, start, limit)):
            headers = {"ETag": _etag(revision, start, limit), **_PRIVATE}
            return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
        found = jobs.status(services.database, tenant=caller.tenant, job_id=job_id, start=start, limit=limit)
    root = outside_root(request)
    following = None
    if found.next_position is not None:
        following = f"{root}/api/job/{job_id}/status?limit={limit}&start={found.next_position}"
    page = JobPage(**dict(found), links=Links.of(root, found))
    return _json(page.model_dump_json(), following, {"ETag": _etag(found.revision, start, limit)})


@router.post(
    "/api/job/{job_id}/cancel",
    status_code=HTTPStatus.ACCEPTED,
    responses={**accepted(), **answers(401, 403, 404, 409, 429)},
    summary="Cancel a job",
)
def cancel_job(request: Request, job_id: JobId, services: Given, caller: Caller) -> Response:
    """End what has not begun as `skipped(cancelled)`; what is being worked on ends by itself."""
    with finding(), _state():
        _permit(services, caller, job_id)
        ended = jobs.cancel(services.database, tenant=caller.tenant, job_id=job_id, now=services.clock())
    told.ended(services.metrics, caller.tenant, jobs.CANCELLED, ended)
    return _accepted(request, job_id)


@router.post(
    "/api/job/{job_id}/retry",
    status_code=HTTPStatus.ACCEPTED,
    responses={**accepted(), **answers(401, 403, 404, 409, 422, 429, 503)},
    summary="Retry what failed in a job",
)
def retry_job(
    request: Request,
    job_id: JobId,
    services: Given,
    caller: Caller,
    repository: Only = [],  # noqa: B006 - FastAPI copies it
) -> Response:
    """Work once more on the repositories that failed, at the commits that the job pinned."""
    with finding(), _state():
        _permit(services, caller, job_id)
        job = jobs.retry(services.database, tenant=caller.tenant, job_id=job_id, names=repository)
    start(services, job)
    return _accepted(request, job_id)


def _permit(services: Services, caller: tokens.VerifiedClaims, job_id: str) -> None:
    """Raise a `Problem` unless the caller may change the job; the token is used up."""
    job = jobs.find(services.database, tenant=caller.tenant, job_id=job_id)
    require_targets(caller, job.request)
    if not tokens.replay.consume(services.database, caller, services.clock()):
        detail = "this token was used before; mint a new one for each request"
        raise Problem(HTTPStatus.CONFLICT, detail, kind="token-reused")


@contextmanager
def _state() -> Iterator[None]:
    """Answer 409 where the job is in no state for it."""
    try:
        yield
    except JobStateError as error:
        raise Problem(HTTPStatus.CONFLICT, str(error), kind="job-state") from error


def _cursor(text: str | None) -> jobs.Cursor | None:
    try:
        return None if text is None else jobs.Cursor.parse(text)
    except ValueError as error:
        detail = "no place in the list; take the address of the next page as it is"
        raise invalid([{"parameter": "cursor", "detail": detail}]) from error


def _etag(revision: int, start: int, limit: int) -> str:
    return f'"{revision}-{start}-{limit}"'


def _matches(if_none_match: str | None, etag: str) -> bool:
    tags = [tag.strip().removeprefix("W/") for tag in (if_none_match or "").split(",")]
    return etag in tags or "*" in tags


def _accepted(request: Request, job_id: str) -> Response:
    address = f"{outside_root(request)}/api/job/{job_id}/status"
    content = Accepted(job=job_id, status_url=address).model_dump()
    return JSONResponse(content, HTTPStatus.ACCEPTED, headers={"Location": address})


def _json(content: str, following: str | None, headers: dict[str, str]) -> Response:
    """JSON that is written already: large answers are not turned into Python's objects again."""
    more = {**_PRIVATE, **headers}
    if following is not None:
        more["Link"] = f'<{following}>; rel="next"'
    return Response(content, HTTPStatus.OK, more, media_type="application/json")
