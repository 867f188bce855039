"""Policies and tokens for tests of trust."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tests.documenthor.support import AUDIENCE, key
from tests.documenthor.tokens.crafting import ABSENT, SECONDS, encode, signed
from tests.fakes.oidc_issuer import OWNER, REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from documenthor.tokens import PrivateKey

    from tests.fakes.oidc_issuer import OidcIssuer

WORKFLOW = "acme/web/.github/workflows/docs.yml@refs/heads/main"
CALLER: dict[str, Any] = {"repositories": [REPOSITORY], "workflows": [WORKFLOW], "refs": ["refs/heads/main"]}
POLICY: dict[str, Any] = {"owner": OWNER, "callers": [CALLER]}


def write_tenant(folder: Path, name: str, issuer: str, policy: Mapping[str, Any] | None = None) -> None:
    """A tenant file; JSON is YAML too."""
    trust = {"github": {"issuer": issuer, **(policy or POLICY)}}
    content = {"organisation": name, "forge": {"kind": "local"}, "trust": trust}
    (folder / f"{name}.yaml").write_text(json.dumps(content))


def workflow_token(
    issuer: OidcIssuer,
    claims: Mapping[str, Any] | None = None,
    header: Mapping[str, Any] | None = None,
    signer: PrivateKey | None = None,
) -> str:
    """A token as the issuer gives one to the workflow of `acme/web`, but for what the arguments say."""
    signer = signer or key("github")
    full_header = {"alg": "RS256", "typ": "JWT", "kid": signer.kid, "x5t": "x", **(header or {})}
    content = {**issuer.claims(AUDIENCE, SECONDS), **(claims or {})}
    parts = (_present(full_header), _present(content))
    return signed(".".join(encode(json.dumps(part).encode()) for part in parts), signer)


def _present(content: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in content.items() if value is not ABSENT}
