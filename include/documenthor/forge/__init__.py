"""Forges: where repositories live. Each one satisfies `Discovery` and `PublishingForge`."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from documenthor.forge.local import LocalForge
from documenthor.forge.records import PullRequest, list_pull_requests

if TYPE_CHECKING:
    from documenthor.settings import Settings
    from documenthor.tenants import Tenant

# Grows by one name for each kind of forge that a tenant file may ask for.
Forge: TypeAlias = LocalForge

__all__ = ["Forge", "LocalForge", "PullRequest", "list_pull_requests", "open_forge"]


def open_forge(tenant: Tenant, settings: Settings) -> Forge:
    """The tenant's forge."""
    return LocalForge((settings.home / tenant.forge.path).resolve())
