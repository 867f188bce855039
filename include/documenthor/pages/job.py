"""One job: how it stands, and its repositories, filtered, searched and sorted."""

import hashlib
from collections.abc import Iterable
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Header, Query, Request
from starlette.responses import Response

from documenthor import jobs, usage
from documenthor.errors import JobNotFoundError
from documenthor.names import MAX_REPOSITORIES
from documenthor.outcomes import Kind
from documenthor.pages.answering import page
from documenthor.pages.found import Order, Wanted, rows
from documenthor.pages.guarding import form_token
from documenthor.pages.services import Given, ReadableTenant, Visiting, nothing_there
from documenthor.pages.words import NOTICES, OUTCOMES

router = APIRouter()
_ROWS = 100

Text = Annotated[str, Query(max_length=100)]
Kinds = Annotated[list[str], Query(max_length=20)]
Sorted = Annotated[Order, Query()]
Start = Annotated[int, Query(ge=0, le=MAX_REPOSITORIES)]
Done = Annotated[str, Query(max_length=20)]
IfNoneMatch = Annotated[str, Header()]


@router.get("/tenants/{tenant}/jobs/{job_id}")
def show_job(
    request: Request,
    tenant: ReadableTenant,
    job_id: str,
    services: Given,
    visitor: Visiting,
    q: Text = "",
    kind: Kinds = [],  # noqa: B006 - FastAPI copies it
    sort: Sorted = Order.POSITION,
    start: Start = 0,
    done: Done = "",
    if_none_match: IfNoneMatch = "",
) -> Response:
    """The job; who asks again and again gets it when it has changed."""
    wanted = Wanted(q.strip().replace("\0", ""), frozenset(kind) & OUTCOMES.keys(), sort, start, _ROWS)
    may = visitor.allowed(tenant)
    token = form_token(services.secret, visitor) if may["operate"] else ""
    revision = _revision(services, tenant, job_id)
    etag = _etag(revision, request.url.query, token, str(may))
    if if_none_match == etag:
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers={"ETag": etag})
    with services.database.reading() as session:
        job = jobs.summary_in(session, tenant, job_id)
        found = rows(session, job_id, wanted)
        used = usage.of_jobs(session, [job_id]).get(job_id, usage.Totals())
        forecast = jobs.forecast_in(session, job_id, services.clock())
    return page(
        request,
        "job.html",
        headers={"ETag": etag},
        tenant=tenant,
        job=job,
        found=found,
        wanted=wanted,
        finished=sum(job.counts.get(kind, 0) for kind in Kind),
        chips=_chips(job.counts),
        form_token=token,
        used=used,
        forecast=forecast,
        forge=services.forge_address(tenant),
        may=may,
        can_retry=job.state in {jobs.JobState.FAILED, jobs.JobState.PARTIALLY_FAILED},
        notice=NOTICES.get(done, ""),
    )


def _revision(services: Given, tenant: str, job_id: str) -> int:
    if not job_id.isprintable():
        raise nothing_there()
    try:
        return jobs.revision(services.database, tenant=tenant, job_id=job_id)
    except JobNotFoundError as error:
        raise nothing_there() from error


def _etag(revision: int, *shown: str) -> str:
    """Changes with the job, and with what else the page depends on."""
    digest = hashlib.sha256("\n".join(shown).encode(errors="replace")).hexdigest()
    return f'"{revision}-{digest[:16]}"'


def _chips(counts: dict[str, int]) -> Iterable[tuple[str, int]]:
    """The outcomes and states that there are, in the order in which they are explained."""
    return [(kind, counts[kind]) for kind in OUTCOMES if counts.get(kind)]
