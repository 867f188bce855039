"""A tenant's monthly statement."""

from http import HTTPStatus
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response

from documenthor.api.auditing import AuditedRoute
from documenthor.api.callers import Caller
from documenthor.api.finding import own_tenant
from documenthor.api.openapi import answers, monthly_statement
from documenthor.api.services import Given
from documenthor.usage import Month, as_csv, statement
from documenthor.usage.statement import PATTERN

router = APIRouter(tags=["statement"], route_class=AuditedRoute)

Wanted = Annotated[
    str | None,
    Query(pattern=PATTERN, description="The month, in your time zone; this one if it is left out."),
]
Form = Annotated[Literal["json", "csv"], Query(alias="format", description="How to write it.")]


@router.get(
    "/api/statement",
    responses={**monthly_statement(), **answers(401, 403, 422, 429, 503)},
    summary="See what a month costs",
)
def monthly(services: Given, caller: Caller, month: Wanted = None, form: Form = "json") -> Response:
    """Your organisation's usage in a month, by repository and by who pays for it; amounts are texts."""
    now, tenant = services.clock(), own_tenant(services, caller.tenant)
    wanted = Month.of(now, tenant.cost.time_zone) if month is None else Month.parse(month)
    found = statement(services.database, tenant, wanted, now)
    headers = {"Cache-Control": "private, no-cache"}
    if form == "json":
        return Response(found.model_dump_json(), HTTPStatus.OK, headers, media_type="application/json")
    headers["Content-Disposition"] = f'attachment; filename="statement-{found.tenant}-{found.month}.csv"'
    return Response(as_csv(found), HTTPStatus.OK, headers, media_type="text/csv")
