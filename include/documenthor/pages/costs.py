"""An organisation's statement of a month, to look at and as CSV; for those who may see it."""

from http import HTTPStatus
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response

from documenthor.errors import PageError, TenantFileError
from documenthor.pages.answering import page
from documenthor.pages.services import Given, ReadableTenant, Services, Visiting
from documenthor.pages.visitors import Action
from documenthor.tenants import Tenant, load_tenant
from documenthor.usage import Month, as_csv, statement

router = APIRouter()
_MONTHS = 12
_NOT_ALLOWED = "You may look at this organisation, and not at what it costs."
_WRONG_FILE = "The organisation's tenant file is wrong, so its prices are not known; the DAG list says where."
_NO_MONTH = "That is no month; choose one on the page of costs."

Named = Annotated[str, Query(max_length=7)]
Format = Annotated[Literal["html", "csv"], Query(alias="format")]


@router.get("/tenants/{tenant}/costs")
def show_costs(
    request: Request,
    tenant: ReadableTenant,
    services: Given,
    visitor: Visiting,
    month: Named = "",
    form: Format = "html",
) -> Response:
    """One month, this one if none is named; an attempt belongs to the month that it ended in."""
    if not visitor.may(Action.COSTS, tenant):
        raise PageError(HTTPStatus.FORBIDDEN, _NOT_ALLOWED)
    known = _known(services, tenant)
    now = services.clock()
    newest = Month.of(now, known.cost.time_zone)
    found = statement(services.database, known, _parsed(month) if month else newest, now)
    if form == "csv":
        name = f"documenthor-{tenant}-{found.month}.csv"
        headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
        return Response(as_csv(found), HTTPStatus.OK, headers, media_type="text/csv")
    months = [str(each) for each in _before(newest, _MONTHS)]
    return page(request, "costs.html", tenant=tenant, found=found, months=months, may=visitor.allowed(tenant))


def _known(services: Services, tenant: str) -> Tenant:
    try:
        return load_tenant(services.tenants, tenant)
    except TenantFileError as error:
        raise PageError(HTTPStatus.CONFLICT, _WRONG_FILE) from error


def _parsed(text: str) -> Month:
    try:
        return Month.parse(text)
    except ValueError as error:
        raise PageError(HTTPStatus.UNPROCESSABLE_ENTITY, _NO_MONTH) from error


def _before(newest: Month, count: int) -> list[Month]:
    """The month and those before it, newest first."""
    numbers = (newest.year * 12 + newest.number - 1 - back for back in range(count))
    return [Month(number // 12, number % 12 + 1) for number in numbers]
