"""The endpoints. Those that touch the database are plain functions, so they run in threads."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import JSONResponse

from documenthor import jobs, tokens
from documenthor.api import body
from documenthor.api.problems import Problem, not_found, unavailable
from documenthor.db import Database
from documenthor.errors import (
    ConfigurationError,
    JobConflictError,
    JobNotFoundError,
    MalformedTokenError,
    PolicyError,
    TokenError,
    TriggerError,
)
from documenthor.settings import Settings
from documenthor.tenants import load_tenant

_log = logging.getLogger(__name__)
router = APIRouter()
_MAX_NAMED = 20
_LONGEST_HEADER = tokens.MAX_BYTES + len("Bearer ")


@dataclass(frozen=True, slots=True)
class Services:
    """What the endpoints work with; `app.state.services` of the app that they belong to."""

    settings: Settings
    database: Database
    trigger: Callable[[jobs.JobView], None]
    clock: Callable[[], datetime]
    checks: Mapping[str, Callable[[], bool]]
    verifier: tokens.Verifier


def _services(request: Request) -> Services:
    services: Services = request.app.state.services
    return services


Given = Annotated[Services, Depends(_services)]


def _caller(request: Request, services: Given) -> tokens.VerifiedClaims:
    """Who calls; whatever is wrong with a token, the answer is the same."""
    try:
        return services.verifier.verify(_bearer(request.headers.getlist("authorization")))
    except PolicyError as error:
        _log.warning("let nobody in: %s", error)
        detail = "your organisation's trust policy does not let this workflow in; its owner can change it"
        raise Problem(HTTPStatus.FORBIDDEN, detail, kind="policy") from error
    except TokenError as error:
        _log.warning("refused a token: %s", error)
        detail = "this needs a valid token: Authorization: Bearer TOKEN"
        headers = {"WWW-Authenticate": "Bearer"}
        raise Problem(HTTPStatus.UNAUTHORIZED, detail, headers=headers) from error


def _bearer(values: list[str]) -> str:
    # Before anything is copied: a header of many megabytes is nothing to look into.
    if any(len(value) > _LONGEST_HEADER for value in values):
        raise MalformedTokenError(f"longer than {tokens.MAX_BYTES} bytes")
    scheme, _, token = values[0].partition(" ") if len(values) == 1 else ("", "", "")
    if scheme.lower() != "bearer":
        raise TokenError("no bearer token, or several")
    return token


Caller = Annotated[tokens.VerifiedClaims, Depends(_caller)]


async def _content(request: Request, caller: Caller) -> bytes:  # noqa: ARG001 - no token, no reading
    return await body.read(request)


@router.post("/api/process-batch", status_code=HTTPStatus.ACCEPTED)
def process_batch(
    request: Request, services: Given, caller: Caller, content: Annotated[bytes, Depends(_content)]
) -> Response:
    """Record a job and start its first run; the same token and body find the same job again."""
    wanted = body.parse(content)
    require_targets(caller, wanted.repositories)
    _require_tenant(services, caller.tenant)
    job = _record(services, caller, wanted)
    try:
        services.trigger(job)
    except TriggerError as error:
        _log.exception("job %s of %s could not be started", job.id, job.tenant)
        detail = "the job is recorded but could not be started; send the same token and body again"
        raise unavailable("trigger", detail, {"job": job.id}) from error
    address = f"{_outside_root(request)}/api/job/{job.id}/status"
    content_ = {"job": job.id, "status_url": address}
    return JSONResponse(content_, HTTPStatus.ACCEPTED, headers={"Location": address})


@router.get("/api/job/{job_id}/status")
def job_status(job_id: str, response: Response, services: Given, caller: Caller) -> jobs.JobStatus:
    """How the job stands, repository by repository."""
    response.headers["Cache-Control"] = "no-store"
    # PostgreSQL refuses NUL in a text, so what cannot be an id is not looked up.
    if not job_id.isprintable():
        raise not_found("there is no such job")
    try:
        return jobs.status(services.database, tenant=caller.tenant, job_id=job_id)
    except JobNotFoundError as error:
        raise not_found("there is no such job") from error


@router.get("/api/health")
def health(services: Given) -> Response:
    """Whether everything that we need is there."""
    checks = {name: _holds(name, check) for name, check in services.checks.items()}
    healthy = all(checks.values())
    content = {"status": "ok" if healthy else "unavailable", "checks": checks}
    status = HTTPStatus.OK if healthy else HTTPStatus.SERVICE_UNAVAILABLE
    return JSONResponse(content, status, headers={"Cache-Control": "no-store"})


def require_targets(caller: tokens.VerifiedClaims, names: Sequence[str] | None) -> None:
    """Raise a `Problem` unless the caller may ask for all of these repositories (`None`: all there are)."""
    if refused := caller.targets.refused(names):
        detail = (
            "your token's repository may ask for itself only, unless the trust policy of its organisation "
            "names more targets"
        )
        more = {"repositories": list(refused[:_MAX_NAMED])}
        raise Problem(HTTPStatus.FORBIDDEN, detail, kind="targets", more=more)


def _require_tenant(services: Services, organisation: str) -> None:
    try:
        load_tenant(services.settings.tenants, organisation)
    except ConfigurationError as error:
        _log.exception("the tenant file of %s cannot be used", organisation)
        detail = "your organisation is not configured correctly here; ask the operator of this service"
        raise unavailable("tenant", detail) from error


def _record(services: Services, caller: tokens.VerifiedClaims, wanted: jobs.JobRequest) -> jobs.JobView:
    try:
        return jobs.record(
            services.database,
            tenant=caller.tenant,
            request=wanted,
            requested_by=caller.subject,
            now=services.clock(),
            token_id=caller.token_id,
        )
    except JobConflictError as error:
        raise Problem(HTTPStatus.CONFLICT, str(error), kind="token-reused") from error


def _holds(name: str, check: Callable[[], bool]) -> bool:
    try:
        return check()
    except Exception:  # noqa: BLE001 - a check that breaks has failed, and health must still answer
        _log.exception("health check %s failed", name)
        return False


def _outside_root(request: Request) -> str:
    """Where the whole server is; mounted below another app, our own root holds its prefix too."""
    root: str = request.scope.get("app_root_path", request.scope.get("root_path", ""))
    return root
