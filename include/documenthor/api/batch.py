"""`POST /api/process-batch`: records a job and starts its first run."""

import logging
import re
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import JSONResponse

from documenthor import jobs, tokens, webhooks
from documenthor.api import body
from documenthor.api.auditing import AuditedRoute
from documenthor.api.callers import Caller, require_targets
from documenthor.api.finding import own_tenant
from documenthor.api.openapi import accepted, answers, batch_request
from documenthor.api.problems import Problem, invalid
from documenthor.api.services import Given, Services
from documenthor.api.starting import outside_root, start
from documenthor.errors import IdempotencyKeyError, JobConflictError, JobInFlightError

_log = logging.getLogger(__name__)
router = APIRouter(tags=["jobs"], route_class=AuditedRoute)
# When a caller may look first, and how soon to repeat what is in flight, in seconds.
_LOOK_AFTER, _REPEAT_AFTER = "5", "1"
# Quoted as the header's draft has it, or bare as most callers send it.
_KEY = re.compile(r'"([\x21\x23-\x7e]{1,255})"|([\x21\x23-\x7e]{1,255})')


async def _content(request: Request, caller: Caller) -> bytes:  # noqa: ARG001 - no token, no reading
    return await body.read(request)


async def _idempotency_key(request: Request, caller: Caller) -> str | None:  # noqa: ARG001 - no token, no reading
    values = request.headers.getlist("idempotency-key")
    if not values:
        return None
    found = _KEY.fullmatch(values[0]) if len(values) == 1 else None
    if found is None:
        detail = "Idempotency-Key must be one text of 1 to 255 visible ASCII characters"
        raise Problem(HTTPStatus.BAD_REQUEST, detail, kind="idempotency-key")
    return found[1] or found[2]


@router.post(
    "/api/process-batch",
    status_code=HTTPStatus.ACCEPTED,
    summary="Document repositories",
    **batch_request(),
    responses={**accepted(), **answers(400, 401, 403, 409, 413, 415, 422, 429, 503)},
)
def process_batch(
    request: Request,
    services: Given,
    caller: Caller,
    content: Annotated[bytes, Depends(_content)],
    key: Annotated[str | None, Depends(_idempotency_key)],
) -> Response:
    """Record a job and start its first run.

    The same token, `Idempotency-Key` and body find the same job again; so do another token and the
    same key and body.
    """
    tenant = own_tenant(services, caller.tenant)
    wanted = body.parse(content, tenant.options.locked)
    require_targets(caller, wanted)
    _require_webhook(services, caller.tenant, wanted)
    job = _record(services, caller, wanted, key)
    request.state.job = job.id
    start(services, job)
    address = f"{outside_root(request)}/api/job/{job.id}/status"
    headers = {"Location": address, "Retry-After": _LOOK_AFTER}
    return JSONResponse({"job": job.id, "status_url": address}, HTTPStatus.ACCEPTED, headers=headers)


def _require_webhook(services: Services, tenant: str, wanted: jobs.JobRequest) -> None:
    """Raise a `Problem` for an address that the tenant's operator has not registered."""
    known = (endpoint.url for endpoint in webhooks.endpoints(services.database, tenant))
    if wanted.webhook is not None and wanted.webhook not in known:
        detail = "no webhook of your organisation; its operator registers it with `documenthor webhooks add`"
        raise invalid([{"pointer": "/webhook", "detail": detail}])


def _record(
    services: Services, caller: tokens.VerifiedClaims, wanted: jobs.JobRequest, key: str | None
) -> jobs.JobView:
    now = services.clock()
    try:
        return jobs.record(
            services.database,
            tenant=caller.tenant,
            request=wanted,
            requested_by=caller.subject,
            now=now,
            token_id=tokens.replay.digest(caller),
            idempotency_key=key,
            colour=services.settings.colour,
            use=lambda session: tokens.replay.use(session, caller, now),
        )
    except JobConflictError as error:
        raise Problem(HTTPStatus.CONFLICT, str(error), kind="token-reused") from error
    except IdempotencyKeyError as error:
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, str(error), kind="idempotency-key-reused") from error
    except JobInFlightError as error:
        headers = {"Retry-After": _REPEAT_AFTER}
        raise Problem(HTTPStatus.CONFLICT, str(error), kind="in-flight", headers=headers) from error
