"""An organisation's repositories, the worst first, and one repository with all that was made of it."""

from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from sqlalchemy import select
from sqlalchemy.orm import Session

from documenthor.db import ReportRow
from documenthor.names import MAX_REPOSITORIES
from documenthor.pages.answering import page
from documenthor.pages.found import history
from documenthor.pages.services import Given, ReadableTenant, Visiting, nothing_there
from documenthor.pages.standings import worst_first

router = APIRouter()
_ROWS, _HISTORY = 100, 50

Text = Annotated[str, Query(max_length=100)]
Start = Annotated[int, Query(ge=0, le=100 * MAX_REPOSITORIES)]


@router.get("/tenants/{tenant}/repositories")
def show_repositories(
    request: Request,
    tenant: ReadableTenant,
    services: Given,
    visitor: Visiting,
    q: Text = "",
    start: Start = 0,
) -> HTMLResponse:
    """All of them, page by page."""
    text = q.strip().replace("\0", "")
    with services.database.reading() as session:
        found, total = worst_first(session, tenant, text=text, start=start, limit=_ROWS)
    return page(
        request,
        "repositories.html",
        tenant=tenant,
        found=found,
        total=total,
        q=text,
        start=start,
        rows=_ROWS,
        may=visitor.allowed(tenant),
    )


@router.get("/tenants/{tenant}/repositories/{name}")
def show_repository(
    request: Request, tenant: ReadableTenant, name: str, services: Given, visitor: Visiting
) -> HTMLResponse:
    """One, as its newest jobs left it."""
    with services.database.reading() as session:
        lines = history(session, tenant, name, _HISTORY) if name.isprintable() else []
        report = _newest_report(session, tenant, name) if lines else None
    if not lines:
        raise nothing_there()
    grouped = groupby(report.remarks if report else (), key=lambda remark: remark["sort"])
    remarks = [(sort, list(group)) for sort, group in grouped]
    return page(
        request,
        "repository.html",
        tenant=tenant,
        name=name,
        lines=lines,
        report=report,
        remarks=remarks,
        forge=services.forge_address(tenant),
        may=visitor.allowed(tenant),
    )


def _newest_report(session: Session, tenant: str, name: str) -> ReportRow | None:
    query = select(ReportRow).where(ReportRow.tenant == tenant, ReportRow.name == name)
    return session.scalars(query.order_by(ReportRow.at.desc()).limit(1)).one_or_none()
