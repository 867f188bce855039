"""What the pages work with; `app.state.services` of the app that they belong to."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from pathlib import Path
from typing import Annotated

from fastapi import Depends, Request

from documenthor.db import Database
from documenthor.errors import PageError
from documenthor.jobs import JobView
from documenthor.metrics import Metrics
from documenthor.pages.visitors import Action, Visitor
from documenthor.tenants import tenant_names


@dataclass(frozen=True, slots=True)
class Services:
    """One app's services.

    `tenants` is the folder of tenant files, `visitor` says who asks and raises `PageError` for nobody,
    `trigger` starts the run of a job's part, once; `forge_address` is where people look at a tenant's
    repositories, empty for nowhere; `secret` is what forms are bound to a sign-in with,
    `colour` this deployment's.
    """

    database: Database
    tenants: Path
    visitor: Callable[[Request], Awaitable[Visitor]]
    trigger: Callable[[JobView], None]
    forge_address: Callable[[str], str]
    secret: bytes
    colour: str
    clock: Callable[[], datetime]
    metrics: Metrics


def _services(request: Request) -> Services:
    services: Services = request.app.state.services
    return services


Given = Annotated[Services, Depends(_services)]


async def _visitor(request: Request, services: Given) -> Visitor:
    return await services.visitor(request)


Visiting = Annotated[Visitor, Depends(_visitor)]


def _tenant(tenant: str, services: Given, visitor: Visiting) -> str:
    """The tenant that the address names, if the visitor may see it."""
    if tenant not in tenant_names(services.tenants) or not visitor.may(Action.READ, tenant):
        raise nothing_there()
    return tenant


ReadableTenant = Annotated[str, Depends(_tenant)]


def nothing_there() -> PageError:
    """What is not the visitor's is not there."""
    return PageError(HTTPStatus.NOT_FOUND, "There is no such page, or you may not see its organisation.")
