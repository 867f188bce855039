"""`GET /api/health/live` (is this process alive?) and `GET /api/health` (can it do its work?)."""

from http import HTTPStatus

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse

from documenthor.api.models import Alive
from documenthor.api.openapi import alive, health_report
from documenthor.api.services import Given

router = APIRouter(tags=["health"])
_HEADERS = {"Cache-Control": "no-store"}


@router.get("/api/health/live", responses=alive(), summary="Liveness")
async def live() -> Response:
    """Whether the process answers: it asks nothing of anybody, so restart it if this fails."""
    return JSONResponse(Alive().model_dump(), headers=_HEADERS)


@router.get("/api/health", responses=health_report(), summary="Readiness")
def ready(services: Given) -> Response:
    """Whether what we need is there; 503 while no request can be met, so send none.

    `degraded` (200) means that something outside is away: jobs are taken, and wait or fail.
    """
    report = services.health.report()
    content = {"status": report.status, "checks": {**report.essential, **report.outside}}
    fails = report.status == "unavailable"
    status = HTTPStatus.SERVICE_UNAVAILABLE if fails else HTTPStatus.OK
    return JSONResponse(content, status, headers=_HEADERS)
