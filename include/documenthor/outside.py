"""Whether the systems outside answer that jobs need: the tenants' forges and their model servers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
from docgen.contract import WriterKind

from documenthor.forge import LocalForge
from documenthor.tenants import read_tenants

if TYPE_CHECKING:
    from documenthor.forge import Connections
    from documenthor.settings import Settings

_SECONDS = 2.0


def forges_answer(settings: Settings, connections: Connections) -> bool:
    """Whether every tenant's forge answers, whatever it says to somebody without a token."""
    forges = [tenant.forge for tenant in read_tenants(settings.tenants)[0]]
    folders = [settings.home / forge.path for forge in forges if forge.kind == "local"]
    named = {forge.connection for forge in forges if forge.kind == "github"}
    servers = {connections(name).base_url for name in named}
    with httpx.Client(timeout=_SECONDS, follow_redirects=False) as client:
        return all(LocalForge(folder.resolve()).is_reachable() for folder in folders) and all(
            _answers(client, f"{server.rstrip('/')}/meta") for server in servers
        )


def model_servers_answer(settings: Settings) -> bool:
    """Whether every model server answers that a tenant uses over HTTP; true where none does."""
    writers = [tenant.options.writer for tenant in read_tenants(settings.tenants)[0]]
    servers = {writer.base_url for writer in writers if writer.kind is WriterKind.OPENAI}
    with httpx.Client(timeout=_SECONDS, follow_redirects=False) as client:
        return all(_answers(client, f"{server.rstrip('/')}/models") for server in servers)


def _answers(client: httpx.Client, url: str) -> bool:
    try:
        # Refusing us for want of a key is an answer, too.
        with client.stream("GET", url) as response:
            return response.status_code < httpx.codes.INTERNAL_SERVER_ERROR
    except (httpx.HTTPError, httpx.InvalidURL):
        return False
