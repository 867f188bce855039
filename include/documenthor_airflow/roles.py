"""The roles of each tenant, as data: what FAB's words for permissions make of a viewer, operator or admin.

Only what Airflow narrows down to one DAG, or what concerns the user alone, is granted by its general name.
Assets, pools, connections, variables, import errors and Airflow's own event log tell of all tenants.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

Permission = tuple[str, str]

PREFIX = "documenthor_"


class Level(StrEnum):
    """What somebody is to a tenant; each may do what the one before may."""

    VIEWER = "viewer"
    OPERATOR = "operator"
    ADMIN = "admin"


def dag_of(tenant: str) -> str:
    """The tenant's DAG."""
    return f"{PREFIX}{tenant}"


def role_of(tenant: str, level: Level) -> str:
    """The role's name; FAB takes 64 characters."""
    return f"{PREFIX}{tenant}_{level}"


def statement_of(tenant: str) -> str:
    """What it takes to see what the tenant's jobs cost."""
    return f"Documenthor Statement:{tenant}"


def audit_of(tenant: str) -> str:
    """What it takes to see who did what for the tenant."""
    return f"Documenthor Audit:{tenant}"


_ADDED: Mapping[Level, tuple[Permission, ...]] = {
    Level.VIEWER: (
        ("can_read", "Website"),
        ("can_read", "My Password"),
        ("can_edit", "My Password"),
        ("can_read", "My Profile"),
        ("can_edit", "My Profile"),
        # Airflow's menu asks for it before it shows our pages.
        ("can_read", "Plugins"),
        ("menu_access", "DAGs"),
        ("menu_access", "Browse"),
        ("menu_access", "DAG Runs"),
        ("menu_access", "Task Instances"),
        ("can_read", "DAG Code"),
        ("can_read", "DAG Runs"),
        ("can_read", "DAG Versions"),
        ("can_read", "DAG Warnings"),
        ("can_read", "DAG Dependencies"),
        ("can_read", "Backfills"),
        ("can_read", "Task Instances"),
        ("can_read", "Task Logs"),
        ("can_read", "XComs"),
        ("can_read", "DAG:{dag}"),
    ),
    Level.OPERATOR: (
        ("can_create", "DAG Runs"),
        ("can_edit", "DAG Runs"),
        ("can_create", "Task Instances"),
        ("can_edit", "Task Instances"),
        ("can_create", "Backfills"),
        ("can_edit", "Backfills"),
        ("can_edit", "DAG:{dag}"),
        ("can_read", "{statement}"),
    ),
    Level.ADMIN: (
        ("can_delete", "DAG Runs"),
        ("can_delete", "Task Instances"),
        ("can_delete", "Backfills"),
        ("can_delete", "DAG:{dag}"),
        ("can_read", "{audit}"),
    ),
}


def permissions_of(tenant: str, level: Level) -> frozenset[Permission]:
    """All that the role has."""
    levels = list(Level)[: list(Level).index(level) + 1]
    named = {"dag": dag_of(tenant), "statement": statement_of(tenant), "audit": audit_of(tenant)}
    return frozenset(
        (action, resource.format(**named)) for each in levels for action, resource in _ADDED[each]
    )
