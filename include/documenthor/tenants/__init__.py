"""Tenants: one file per GitHub organisation, strictly read."""

from documenthor.tenants.files import load_all, load_tenant, read_tenants
from documenthor.tenants.model import LocalForge, Mode, Pods, Processes, Schedule, Tenant

__all__ = [
    "LocalForge",
    "Mode",
    "Pods",
    "Processes",
    "Schedule",
    "Tenant",
    "load_all",
    "load_tenant",
    "read_tenants",
]
