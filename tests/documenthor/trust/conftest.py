"""A running issuer, two tenants that trust their own workflows there, and a verifier that asks it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from documenthor.tokens import OwnKeys, Verifier
from documenthor.trust import GitHubTokens, KeySets, TrustedOwners

from tests.documenthor.support import AUDIENCE, ISSUER, Clock, key
from tests.documenthor.trust.support import POLICY, write_tenant
from tests.fakes.oidc_issuer import OidcIssuer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from documenthor.db import Database


@pytest.fixture
def issuer() -> Iterator[OidcIssuer]:
    """Signs with the key `github`."""
    with OidcIssuer([key("github")]) as running:
        yield running


@pytest.fixture
def folder(tmp_path: Path, issuer: OidcIssuer) -> Path:
    """Tenant files: `acme` and `other` with a policy each, `closed` without."""
    folder = tmp_path / "tenants"
    folder.mkdir()
    write_tenant(folder, "acme", issuer.url)
    write_tenant(folder, "other", issuer.url, {**POLICY, "owner": "77"})
    (folder / "closed.yaml").write_text("organisation: closed\nforge: {kind: local}\n")
    return folder


@pytest.fixture
def clock() -> Clock:
    """The verifier's clock."""
    return Clock()


@pytest.fixture
def verifier(database: Database, folder: Path, clock: Clock) -> Verifier:
    """Takes tokens of tenants' own keys and of the issuer."""
    sources = (OwnKeys(database, ISSUER, folder), GitHubTokens(TrustedOwners(folder), KeySets()))
    return Verifier(sources, AUDIENCE, clock)
