"""Who looks at our pages: Airflow's user, with what Airflow's auth manager allows them.

What a tenant's DAG may be seen or triggered by decides about the tenant's jobs, too.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from airflow.api_fastapi.app import get_auth_manager
from airflow.api_fastapi.auth.managers.base_auth_manager import COOKIE_NAME_JWT_TOKEN
from airflow.api_fastapi.auth.managers.models.resource_details import DagAccessEntity, DagDetails
from airflow.api_fastapi.core_api.security import bearer_scheme, get_user
from documenthor.errors import PageError
from documenthor.pages import Action, Visitor
from fastapi import HTTPException

from documenthor_airflow.roles import audit_of, dag_of, statement_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from airflow.api_fastapi.auth.managers.base_auth_manager import ResourceMethod
    from fastapi import Request

# What Airflow asks of whoever triggers a run and clears tasks in it.
_OPERATING: tuple[tuple[ResourceMethod, DagAccessEntity], ...] = (
    ("POST", DagAccessEntity.RUN),
    ("PUT", DagAccessEntity.TASK_INSTANCE),
)
_SIGN_IN = "You are not signed in to Airflow, or not any more; sign in and come back."


async def visitor_of(request: Request) -> Visitor:
    """The request's visitor; raises `PageError` for nobody."""
    credentials = await bearer_scheme(request)
    try:
        user = await get_user(request, None, credentials)
    except HTTPException as error:
        raise PageError(error.status_code, _SIGN_IN) from error
    token = credentials.credentials if credentials else request.cookies.get(COOKIE_NAME_JWT_TOKEN, "")
    session = hashlib.sha256(token.encode()).hexdigest()
    return Visitor(user.get_name(), session, lambda action, tenant: _CHECKS[action](user, tenant))


def _may_read(user: Any, tenant: str) -> bool:  # noqa: ANN401 - the auth manager's own class
    details = DagDetails(id=dag_of(tenant))
    return get_auth_manager().is_authorized_dag(
        method="GET", access_entity=DagAccessEntity.RUN, details=details, user=user
    )


def _may_operate(user: Any, tenant: str) -> bool:  # noqa: ANN401
    manager, details = get_auth_manager(), DagDetails(id=dag_of(tenant))
    return all(
        manager.is_authorized_dag(method=method, access_entity=entity, details=details, user=user)
        for method, entity in _OPERATING
    )


def _may_see_costs(user: Any, tenant: str) -> bool:  # noqa: ANN401
    return get_auth_manager().is_authorized_custom_view(
        method="GET", resource_name=statement_of(tenant), user=user
    )


def _may_see_audit(user: Any, tenant: str) -> bool:  # noqa: ANN401
    return get_auth_manager().is_authorized_custom_view(
        method="GET", resource_name=audit_of(tenant), user=user
    )


_CHECKS: Mapping[Action, Callable[[Any, str], bool]] = {
    Action.READ: _may_read,
    Action.OPERATE: _may_operate,
    Action.COSTS: _may_see_costs,
    Action.AUDIT: _may_see_audit,
}
