"""What a month took and cost, by repository; for those who may see an organisation's statement."""

from datetime import UTC, datetime
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from documenthor import usage
from documenthor.errors import PageError
from documenthor.pages.answering import page
from documenthor.pages.services import Given, ReadableTenant, Visiting
from documenthor.pages.visitors import Action

router = APIRouter()
_MONTHS = 12
_NOT_ALLOWED = "You may look at this organisation, and not at what it costs."

Month = Annotated[str, Query(pattern=r"^(?:20[0-9]{2}-(?:0[1-9]|1[0-2]))?$")]


@router.get("/tenants/{tenant}/costs")
def show_costs(
    request: Request, tenant: ReadableTenant, services: Given, visitor: Visiting, month: Month = ""
) -> HTMLResponse:
    """One month, this one if none is named; an attempt belongs to the month that it ended in."""
    if not visitor.may(Action.COSTS, tenant):
        raise PageError(HTTPStatus.FORBIDDEN, _NOT_ALLOWED)
    now = services.clock().astimezone(UTC)
    since = (
        datetime.strptime(month, "%Y-%m").replace(tzinfo=UTC) if month else _first_day(now.year, now.month)
    )
    until = _first_day(since.year, since.month + 1)
    by_name = usage.by_repository(services.database, tenant, since, until)
    return page(
        request,
        "costs.html",
        tenant=tenant,
        month=since.strftime("%Y-%m"),
        months=[_first_day(now.year, now.month - back).strftime("%Y-%m") for back in range(_MONTHS)],
        found=sorted(by_name.items(), key=_dearest_first),
        total=sum(by_name.values(), usage.Totals()),
        may=visitor.allowed(tenant),
    )


def _first_day(year: int, month: int) -> datetime:
    """The first of a month; the month after the twelfth is the next year's first, and so on."""
    years, index = divmod(month - 1, 12)
    return datetime(year + years, index + 1, 1, tzinfo=UTC)


def _dearest_first(item: tuple[str, usage.Totals]) -> tuple[int, int, str]:
    name, totals = item
    return -sum(totals.cost_micros.values()), -totals.cpu_ms, name
