"""The published vectors on subjects and conditions: none of them fools a policy of ours.

A subject is only text here. What counts are the claims beside it, so each vector is met in three ways: its
subject in a stranger's token, what its subject means in a token of the owner's, and its condition as policy.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from documenthor.errors import ClaimError, PolicyError, TenantFileError
from documenthor.tenants import load_tenant
from subvectors import corpus

from tests.documenthor.support import AUDIENCE
from tests.documenthor.trust.support import CALLER, POLICY, workflow_token, write_tenant
from tests.fakes.oidc_issuer import OWNER, REPOSITORY

if TYPE_CHECKING:
    from pathlib import Path

    from documenthor.tokens import Verifier

    from tests.fakes.oidc_issuer import OidcIssuer

_VECTORS = [vector for name in corpus.suite_names() for vector in corpus.load_suite(name)["vectors"]]
_GITHUB = [vector for vector in _VECTORS if vector["issuer"] == "github"]
_MAIN = "refs/heads/main"


def test_vectors_are_all_there() -> None:
    assert (len(_VECTORS), len(_GITHUB)) == (163, 90)


@pytest.fixture
def octo(issuer: OidcIssuer, folder: Path) -> None:
    """`acme` lets in the main branch of the repository that the vectors call octo-org/octo-repo."""
    write_tenant(folder, "acme", issuer.url)


@pytest.mark.usefixtures("octo")
def test_subject_in_a_strangers_token_opens_nothing(verifier: Verifier, issuer: OidcIssuer) -> None:
    for vector in _VECTORS:
        claims = {"sub": vector["subject"], "repository_owner_id": "5550001", "repository_id": "888800001"}
        with pytest.raises(ClaimError, match="repository_owner_id"):
            verifier.verify(workflow_token(issuer, claims))


def _meaning(vector: dict[str, Any]) -> dict[str, str]:
    """The claims that GitHub puts beside such a subject, where the vector does not say so itself."""
    repository, _, rest = vector["subject"].removeprefix("repo:").partition(":")
    owner, _, name = repository.partition("/")
    plain = f"{owner.partition('@')[0]}/{name.partition('@')[0]}"
    kind, _, value = rest.partition(":")
    claims = {
        "sub": vector["subject"],
        "repository": plain if name else "octo-org/octo-repo",
        "repository_id": REPOSITORY if plain == "octo-org/octo-repo" else "888800001",
        "ref": value if kind == "ref" else "refs/pull/42/merge" if kind == "pull_request" else _MAIN,
        "event_name": "pull_request" if kind == "pull_request" else "push",
    }
    # Vectors tell of owners and audiences of others; these are ours.
    return {**claims, **vector.get("claims", {}), "repository_owner_id": OWNER, "aud": AUDIENCE}


@pytest.mark.usefixtures("octo")
def test_meaning_of_a_subject_decides_and_not_its_text(verifier: Verifier, issuer: OidcIssuer) -> None:
    outcomes = {True: 0, False: 0}
    for vector in _GITHUB:
        claims = _meaning(vector)
        allowed = (claims["repository_id"], claims["ref"], claims["event_name"]) == (
            REPOSITORY,
            _MAIN,
            "push",
        )
        token = workflow_token(issuer, claims)
        outcomes[allowed] += 1
        if allowed and "job_workflow_ref" not in vector.get("claims", {}):
            assert verifier.verify(token).tenant == "acme", vector["id"]
        else:
            with pytest.raises((PolicyError, ClaimError)):
                verifier.verify(token)
    assert min(outcomes.values()) >= 20


def test_condition_on_a_subject_is_no_policy(tmp_path: Path) -> None:
    conditions = {
        str(vector["condition"].get("pattern"))
        for vector in _VECTORS
        if vector["condition"].get("claim", "sub") == "sub"
    }
    assert len(conditions) > 60
    for key in ("workflows", "refs"):
        for condition in conditions:
            policy = {**POLICY, "callers": [{**CALLER, key: [condition]}]}
            content = {"organisation": "acme", "forge": {"kind": "local"}, "trust": {"github": policy}}
            (tmp_path / "acme.yaml").write_text(json.dumps(content))
            with pytest.raises(TenantFileError):
                load_tenant(tmp_path, "acme")
