"""A service with one tenant, an issuer that it trusts, and each gateway before the two in turn."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from documenthor.db import Database
from documenthor.tokens import register

from tests.documenthor.support import key
from tests.documenthor.trust.support import write_tenant
from tests.fakes.oidc_issuer import OidcIssuer
from tests.gateway.proxies import GATEWAYS, running
from tests.gateway.service import Service

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def issuer() -> Iterator[OidcIssuer]:
    """Signs with the key `github`."""
    with OidcIssuer([key("github")]) as running_issuer:
        yield running_issuer


@pytest.fixture
def service(tmp_path: Path, issuer: OidcIssuer) -> Iterator[Service]:
    """The API with one key of `acme`, which trusts its workflow too."""
    folder = tmp_path / "tenants"
    folder.mkdir()
    write_tenant(folder, "acme", issuer.url)
    database = Database(f"sqlite:///{tmp_path}/documenthor.db")
    database.migrate()
    register(database, "acme", key("acme").public_pem, datetime.now(UTC))
    with Service(database, folder) as running_service:
        yield running_service
    database.close()


@pytest.fixture(params=GATEWAYS)
def gateway(
    request: pytest.FixtureRequest, service: Service, issuer: OidcIssuer, tmp_path: Path
) -> Iterator[str]:
    """The address of the gateway."""
    with running(request.param, service, issuer, tmp_path) as address:
        yield address
