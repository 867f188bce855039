"""Which DAGs a process needs of the file that holds every tenant's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from airflow.sdk import get_parsing_context
from documenthor.errors import TenantFileError
from documenthor.tenants import load_tenant, read_tenants

if TYPE_CHECKING:
    from pathlib import Path

    from documenthor.tenants import Tenant


def wanted_tenants(folder: Path) -> list[Tenant]:
    """Those with a valid file; in the process of a task, which parses the file again, its own one alone."""
    dag_id = get_parsing_context().dag_id
    if dag_id is None:
        return read_tenants(folder)[0]
    try:
        return [load_tenant(folder, dag_id.removeprefix("documenthor_"))]
    except TenantFileError:
        return []
