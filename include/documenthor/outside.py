"""Whether the systems outside answer that jobs need: the tenants' forges and their model servers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
from docgen.contract import WriterKind

from documenthor.forge import open_forge
from documenthor.tenants import read_tenants

if TYPE_CHECKING:
    from documenthor.settings import Settings

_SECONDS = 2.0


def forges_answer(settings: Settings) -> bool:
    """Whether every tenant's forge answers."""
    tenants, _ = read_tenants(settings.tenants)
    return all(open_forge(tenant, settings).is_reachable() for tenant in tenants)


def model_servers_answer(settings: Settings) -> bool:
    """Whether every model server answers that a tenant uses over HTTP; true where none does."""
    writers = [tenant.options.writer for tenant in read_tenants(settings.tenants)[0]]
    servers = {writer.base_url for writer in writers if writer.kind is WriterKind.OPENAI}
    with httpx.Client(timeout=_SECONDS, follow_redirects=False) as client:
        return all(_answers(client, server) for server in servers)


def _answers(client: httpx.Client, server: str) -> bool:
    try:
        # Refusing us for want of a key is an answer, too.
        with client.stream("GET", f"{server.rstrip('/')}/models") as response:
            return response.status_code < httpx.codes.INTERNAL_SERVER_ERROR
    except (httpx.HTTPError, httpx.InvalidURL):
        return False
