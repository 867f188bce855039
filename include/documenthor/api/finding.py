"""What a request is about: the caller's tenant and its jobs; what is not the caller's is not there."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

from fastapi import Depends, Path

from documenthor.api.problems import not_found, unavailable
from documenthor.errors import ConfigurationError, JobNotFoundError
from documenthor.tenants import load_tenant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from documenthor.api.services import Services
    from documenthor.tenants import Tenant

_log = logging.getLogger(__name__)
_NOT_FOUND = "there is no such job"
_LONGEST = 64


def _job_id(
    job_id: Annotated[
        str,
        Path(description="A job's id.", examples=["5d2f7c8e-30a1-4c53-9f53-1f4f8a2d0c11"]),
    ],
) -> str:
    # PostgreSQL refuses NUL in a text, so what cannot be an id is not looked up.
    if not job_id.isprintable() or len(job_id) > _LONGEST:
        raise not_found(_NOT_FOUND)
    return job_id


JobId = Annotated[str, Depends(_job_id)]


def own_tenant(services: Services, organisation: str) -> Tenant:
    """The caller's tenant, as its file says now."""
    try:
        return load_tenant(services.settings.tenants, organisation)
    except ConfigurationError as error:
        _log.exception("the tenant file of %s cannot be used", organisation)
        detail = "your organisation is not configured correctly here; ask the operator of this service"
        raise unavailable("tenant", detail) from error


@contextmanager
def finding() -> Iterator[None]:
    """Answer 404 where the caller has no such job."""
    try:
        yield
    except JobNotFoundError as error:
        raise not_found(_NOT_FOUND) from error
