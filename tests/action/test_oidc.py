"""The action with GitHub's own token: no secret is stored anywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.action.runner import SECRET, TokenEndpoint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.action.conftest import Step
    from tests.action.worker import Worker
    from tests.fakes.oidc_issuer import OidcIssuer

_NO_KEY = {"private-key": "", "issuer": ""}


@pytest.fixture
def endpoint(issuer: OidcIssuer) -> Iterator[TokenEndpoint]:
    """The runner's token endpoint."""
    with TokenEndpoint(issuer) as running:
        yield running


def test_documents_with_the_token_of_the_run(step: Step, worker: Worker, endpoint: TokenEndpoint) -> None:
    ended = step.run(_NO_KEY, **endpoint.environment())
    assert ended.status == 0, ended.log
    assert ended.outputs["state"] == "succeeded"
    assert len(worker.triggered) == 1
    (token,) = endpoint.tokens
    assert ended.log.count(token) == 1
    assert f"::add-mask::{token}" in ended.log
    assert SECRET not in ended.log + ended.summary


@pytest.mark.parametrize(
    ("claims", "status"),
    [
        ({"event_name": "pull_request_target"}, 403),
        ({"job_workflow_ref": "acme/web/.github/workflows/other.yml@refs/heads/main"}, 403),
        ({"ref": "refs/heads/feature"}, 403),
        ({"repository_owner_id": "999"}, 401),
    ],
)
def test_the_policy_of_the_tenant_decides(
    step: Step, worker: Worker, endpoint: TokenEndpoint, claims: dict[str, str], status: int
) -> None:
    endpoint.claims = claims
    ended = step.run(_NO_KEY, **endpoint.environment())
    assert ended.status == 1
    assert f"the service answered {status}" in ended.log
    assert worker.triggered == []


def test_refused_request_for_a_token_says_so(step: Step, endpoint: TokenEndpoint) -> None:
    environment = endpoint.environment() | {"ACTIONS_ID_TOKEN_REQUEST_TOKEN": "another"}
    ended = step.run(_NO_KEY, **environment)
    assert ended.status == 1
    assert "GitHub gave no token: status 401" in ended.log
