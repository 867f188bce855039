"""The buttons: cancelling and retrying a job, by the functions that the API uses, and recorded as there."""

from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import parse_qs

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool

from documenthor import audit, jobs
from documenthor.audit import Event, Result
from documenthor.errors import JobNotFoundError, JobStateError, PageError, TriggerError
from documenthor.metrics import told
from documenthor.names import is_repository_name
from documenthor.pages.guarding import require_own_form
from documenthor.pages.rendering import segment
from documenthor.pages.services import Given, ReadableTenant, Services, Visiting, nothing_there
from documenthor.pages.visitors import Action, Visitor
from documenthor.starting import start_run

router = APIRouter()
_LONGEST_FORM, _MOST_FIELDS = 1000, 10
_NOT_ALLOWED = "You may look at this organisation, and not change anything of it."
_NOT_STARTED = "The retry is recorded, but could not be started; press the button again."
_NOT_OURS = "This form is too large to be one of ours."

Form = dict[str, list[str]]


@router.post("/tenants/{tenant}/jobs/{job_id}/cancel")
async def cancel_job(
    request: Request, tenant: ReadableTenant, job_id: str, services: Given, visitor: Visiting
) -> RedirectResponse:
    """End what has not begun."""

    def cancel(_: Form) -> None:
        ended = jobs.cancel(services.database, tenant=tenant, job_id=job_id, now=services.clock())
        told.ended(services.metrics, tenant, jobs.CANCELLED, ended)

    return await _done(request, services, visitor, "cancel", cancel)


@router.post("/tenants/{tenant}/jobs/{job_id}/retry")
async def retry_job(
    request: Request, tenant: ReadableTenant, job_id: str, services: Given, visitor: Visiting
) -> RedirectResponse:
    """Work once more on what failed, or on the one repository that the form names."""

    def retry(form: Form) -> None:
        names = form.get("repository", [])
        if not all(map(is_repository_name, names)):
            raise nothing_there()
        job = jobs.retry(services.database, tenant=tenant, job_id=job_id, names=names)
        start_run(services.database, job, services.trigger, services.colour, services.clock())

    return await _done(request, services, visitor, "retry", retry)


_NOTICES = {"cancel": "cancelled", "retry": "retried"}


async def _done(
    request: Request, services: Services, visitor: Visitor, name: str, act: Callable[[Form], None]
) -> RedirectResponse:
    tenant, job_id = request.path_params["tenant"], request.path_params["job_id"]
    form = await _form(request)

    def work() -> None:
        try:
            _require_operator(visitor, tenant)
            require_own_form(services.secret, visitor, request.headers, form.get("token", [""])[0])
            _translated(act, form)
        except PageError as error:
            _record(request, services, visitor, name, Result.FAILURE, f"{error.status} {error}")
            raise
        _record(request, services, visitor, name, Result.SUCCESS, " ".join(form.get("repository", [])))

    await run_in_threadpool(work)
    root = request.scope.get("root_path", "")
    return RedirectResponse(
        f"{root}/tenants/{segment(tenant)}/jobs/{segment(job_id)}?done={_NOTICES[name]}", HTTPStatus.SEE_OTHER
    )


def _require_operator(visitor: Visitor, tenant: str) -> None:
    if not visitor.may(Action.OPERATE, tenant):
        raise PageError(HTTPStatus.FORBIDDEN, _NOT_ALLOWED)


def _translated(act: Callable[[Form], None], form: Form) -> None:
    try:
        act(form)
    except JobNotFoundError as error:
        raise nothing_there() from error
    except JobStateError as error:
        raise PageError(HTTPStatus.CONFLICT, f"{str(error).capitalize()}.") from error
    except TriggerError as error:
        raise PageError(HTTPStatus.SERVICE_UNAVAILABLE, _NOT_STARTED) from error


async def _form(request: Request) -> Form:
    """Its fields. One that is empty is there, too: it names no repository, so not all of them are meant."""
    content = bytearray()
    async for chunk in request.stream():
        content += chunk
        if len(content) > _LONGEST_FORM:
            raise PageError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, _NOT_OURS)
    try:
        return parse_qs(content.decode("latin-1"), keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except ValueError as error:
        raise PageError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, _NOT_OURS) from error


def _record(
    request: Request, services: Services, visitor: Visitor, name: str, result: Result, reason: str
) -> None:
    event = Event(
        tenant=request.path_params["tenant"],
        actor=f"airflow:{visitor.name}",
        operation=f"job.{name}",
        result=result,
        target=request.path_params["job_id"],
        reason=reason,
        source=request.client.host if request.client else "",
    )
    audit.append(services.database, event, services.clock())
