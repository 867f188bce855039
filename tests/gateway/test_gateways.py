"""Real gateways before the real application: what they let through, and that it is verified again behind."""

from __future__ import annotations

import time
import uuid
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from documenthor.tokens import rotate

from tests.documenthor.support import key
from tests.documenthor.tokens.crafting import ABSENT, encode, token, unsigned
from tests.documenthor.trust.support import workflow_token
from tests.gateway.proxies import KEYS_SECONDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.fakes.oidc_issuer import OidcIssuer
    from tests.gateway.service import Service

pytestmark = pytest.mark.gateway
_PATH = "/api/job/nowhere/status"


def _times(ago: int = 0) -> dict[str, Any]:
    now = int(time.time()) - ago
    return {"iat": now, "nbf": now, "exp": now + 300, "jti": str(uuid.uuid4())}


def _own(claims: dict[str, Any] | None = None, ago: int = 0, **options: Any) -> str:  # noqa: ANN401
    return token({**_times(ago), **(claims or {})}, **options)


def _workflow(issuer: OidcIssuer, claims: dict[str, Any] | None = None, ago: int = 0, **options: Any) -> str:  # noqa: ANN401
    return workflow_token(issuer, {**_times(ago), **(claims or {})}, **options)


def _get(gateway: str, bearer: str | None, path: str = _PATH, **headers: str) -> httpx.Response:
    if bearer is not None:
        headers["Authorization"] = f"Bearer {bearer}"
    return httpx.get(f"{gateway}{path}", headers=headers, timeout=20)


def test_good_tokens_of_both_kinds_pass(gateway: str, service: Service, issuer: OidcIssuer) -> None:
    for bearer in (_own(), _workflow(issuer)):
        answer = _get(gateway, bearer, **{"X-Documenthor-Tenant": "other"})
        assert answer.status_code == 404
        assert answer.headers["content-type"] == "application/problem+json"
    assert service.passed() == [("GET", _PATH)] * 2
    assert "other" not in service.tenants_named


def test_asking_uses_no_token_up(gateway: str, service: Service) -> None:
    bearer = _own()
    answers = [
        httpx.post(
            f"{gateway}/api/process-batch",
            headers={"Authorization": f"Bearer {bearer}"},
            json={"repositories": ["web"]},
            timeout=20,
        )
        for _ in range(2)
    ]
    assert [answer.status_code for answer in answers] == [202, 202]
    assert len({answer.json()["job"] for answer in answers}) == 1
    assert service.passed() == [("POST", "/api/process-batch")] * 2


_BAD: dict[str, Callable[[OidcIssuer], str | None]] = {
    "none": lambda _: None,
    "nonsense": lambda _: "a.b.c",
    "expired": lambda _: _own(ago=3600),
    "wrong audience": lambda _: _own({"aud": "https://elsewhere.example"}),
    "wrong issuer": lambda _: _own({"iss": "https://evil.example"}),
    "no issuer": lambda _: _own({"iss": ABSENT}),
    "bad signature": lambda _: _own(header={"kid": key("acme").kid}, signer=key("stranger")),
    "unknown key": lambda _: _own(signer=key("stranger")),
    "alg none": lambda _: f"{unsigned(_times(), {'alg': 'none'})}.{encode(b'x')}",
    "lives too long": lambda _: _own({"exp": int(time.time()) + 2000}),
    "workflow, expired": lambda issuer: _workflow(issuer, ago=3600),
    "workflow, wrong audience": lambda issuer: _workflow(issuer, {"aud": "sts.amazonaws.com"}),
    "workflow, bad signature": lambda issuer: _workflow(
        issuer, header={"kid": key("github").kid}, signer=key("stranger")
    ),
    "workflow, signed by a tenant": lambda issuer: _workflow(issuer, signer=key("acme")),
}


def test_bad_tokens_do_not_get_past_the_gateway(gateway: str, service: Service, issuer: OidcIssuer) -> None:
    answers = {name: _get(gateway, make(issuer)).status_code for name, make in _BAD.items()}
    # Envoy's own check calls another audience forbidden.
    by_audience = {answers.pop("wrong audience"), answers.pop("workflow, wrong audience")}
    assert by_audience <= {401, 403}
    assert set(answers.values()) == {401}, answers
    assert service.passed() == []


def test_workflow_that_the_policy_does_not_name_gets_nowhere(gateway: str, issuer: OidcIssuer) -> None:
    """Envoy alone cannot know policies; the application behind it does."""
    for claims in ({"ref": "refs/heads/evil"}, {"event_name": "pull_request_target"}):
        assert _get(gateway, _workflow(issuer, claims)).status_code == 403
    assert _get(gateway, _workflow(issuer, {"repository_owner_id": "5550001"})).status_code == 401


@pytest.mark.parametrize("path", ["/api/health", "/.well-known/jwks.json"])
def test_open_paths_need_no_token(gateway: str, path: str) -> None:
    assert _get(gateway, None, path).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/api/health/../job/nowhere/status",
        "/api/health/%2e%2e/job/nowhere/status",
        "/api/health/",
        "/api//health/../job/x/status",
        "/api/health;/../job/nowhere/status",
        "/api/health%2f..%2fjob/nowhere/status",
    ],
)
def test_open_paths_open_no_others(gateway: str, service: Service, path: str) -> None:
    with httpx.Client() as client:
        request = client.build_request("GET", gateway)
        request.url = request.url.copy_with(raw_path=path.encode())
        assert client.send(request).status_code in (400, 401, 403, 404)
    assert [each for each in service.passed() if each[1] != "/api/health"] == []


def test_rotation(gateway: str, service: Service) -> None:
    new = key("second")
    assert _get(gateway, _own()).status_code == 404
    rotate(service.database, "acme", new.public_pem, datetime.now(UTC), timedelta(0))
    accepted = _until(lambda: _get(gateway, _own(signer=new)).status_code == 404)
    refused = _until(lambda: _get(gateway, _own()).status_code == 401)
    assert max(accepted, refused) < KEYS_SECONDS + 10


def _until(holds: Callable[[], bool], seconds: float = 30) -> float:
    begun = time.monotonic()
    while not holds():
        assert time.monotonic() - begun < seconds
        time.sleep(0.2)
    return time.monotonic() - begun


def test_outage_of_key_sets_breaks_no_known_key(gateway: str, service: Service, issuer: OidcIssuer) -> None:
    assert _get(gateway, _own()).status_code == 404
    assert _get(gateway, _workflow(issuer)).status_code == 404
    service.hides_keys = issuer.is_down = True
    deadline = time.monotonic() + 3 * KEYS_SECONDS
    while time.monotonic() < deadline:
        assert _get(gateway, _own()).status_code == 404
        assert _get(gateway, _workflow(issuer)).status_code == 404
        assert _get(gateway, _own(signer=key("stranger"))).status_code == 401
        time.sleep(0.5)
