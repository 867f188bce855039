"""The organisations that a visitor may see, and one organisation: its jobs, its quality, what to look at."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from starlette.responses import Response

from documenthor import jobs, usage
from documenthor.db import JobRow, RepositoryRow
from documenthor.pages.answering import page
from documenthor.pages.chart import chart
from documenthor.pages.rendering import segment
from documenthor.pages.services import Given, ReadableTenant, Visiting
from documenthor.pages.standings import trend, worst_first
from documenthor.pages.visitors import Action
from documenthor.tenants import tenant_names

router = APIRouter()
_JOBS, _WORST = 25, 10
_PERIOD = timedelta(days=30)

States = Annotated[list[str], Query(max_length=10)]
After = Annotated[str, Query(max_length=300)]


@router.get("/")
def organisations(request: Request, services: Given, visitor: Visiting) -> Response:
    """All that the visitor may see; with one only, straight to it."""
    names = [name for name in tenant_names(services.tenants) if visitor.may(Action.READ, name)]
    if len(names) == 1:
        return RedirectResponse(f"{request.scope.get('root_path', '')}/tenants/{segment(names[0])}", 303)
    latest = {name: jobs.listed(services.database, tenant=name, limit=1).jobs for name in names}
    return page(request, "organisations.html", latest=latest)


@router.get("/tenants/{tenant}")
def organisation(
    request: Request,
    tenant: ReadableTenant,
    services: Given,
    visitor: Visiting,
    state: States = [],  # noqa: B006 - FastAPI copies it
    after: After = "",
) -> HTMLResponse:
    """One organisation."""
    chosen = [each for each in jobs.JobState if each.value in state]
    listed = jobs.listed(services.database, tenant=tenant, limit=_JOBS, states=chosen, after=_cursor(after))
    with services.database.reading() as session:
        worst, total = worst_first(session, tenant, limit=_WORST)
        scores = trend(session, tenant)
        seconds = _seconds(session, tenant, services)
    return page(
        request,
        "organisation.html",
        tenant=tenant,
        jobs=listed.jobs,
        following=str(listed.after) if listed.after else "",
        is_first=not after,
        chosen=[each.value for each in chosen],
        worst=worst,
        total=total,
        trend=scores,
        chart=chart(scores),
        seconds=seconds,
        days=_PERIOD.days,
        used=usage.totals(services.database, tenant, services.clock() - _PERIOD),
        may=visitor.allowed(tenant),
    )


def _seconds(session: Session, tenant: str, services: Given) -> float:
    """Wall-clock seconds of all attempts of the period's jobs."""
    since = services.clock() - _PERIOD
    query = select(func.sum(RepositoryRow.busy_seconds)).join(JobRow)
    return session.scalar(query.where(JobRow.tenant == tenant, JobRow.created_at >= since)) or 0.0


def _cursor(text: str) -> jobs.Cursor | None:
    """Where the list goes on; what is no place in it is its beginning."""
    try:
        return jobs.Cursor.parse(text) if text else None
    except ValueError:
        return None
