"""Who did what for an organisation; for those who may see its audit log."""

from http import HTTPStatus

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from documenthor import audit
from documenthor.errors import PageError
from documenthor.pages.answering import page
from documenthor.pages.services import Given, ReadableTenant, Visiting
from documenthor.pages.visitors import Action

router = APIRouter()
_ENTRIES = 200
_NOT_ALLOWED = "You may look at this organisation, and not at its audit log."


@router.get("/tenants/{tenant}/audit")
def show_audit(request: Request, tenant: ReadableTenant, services: Given, visitor: Visiting) -> HTMLResponse:
    """The newest entries."""
    if not visitor.may(Action.AUDIT, tenant):
        raise PageError(HTTPStatus.FORBIDDEN, _NOT_ALLOWED)
    return page(
        request,
        "audit.html",
        tenant=tenant,
        entries=audit.newest(services.database, tenant, _ENTRIES),
        most=_ENTRIES,
        may=visitor.allowed(tenant),
    )
