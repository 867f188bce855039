"""Workflows that a policy names get in, for the tenant of their owner; all others fail, each for a reason."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from documenthor.errors import ClaimError, PolicyError, TokenError
from documenthor.tokens import Targets, Verifier, mint, register

from tests.documenthor.support import AUDIENCE, ISSUER, NOW, key
from tests.documenthor.trust.attacks import ATTACKS, HONEST, Attack
from tests.documenthor.trust.support import CALLER, POLICY, WORKFLOW, workflow_token, write_tenant
from tests.fakes.oidc_issuer import REPOSITORY

if TYPE_CHECKING:
    from pathlib import Path

    from documenthor.db import Database

    from tests.fakes.oidc_issuer import OidcIssuer


def test_table_names_each_attack_once() -> None:
    assert [name for name, times in Counter(attack.name for attack in ATTACKS).items() if times > 1] == []
    assert len(ATTACKS) >= 100


def test_no_attack_gets_in_and_each_fails_for_its_own_reason(verifier: Verifier, issuer: OidcIssuer) -> None:
    wrong = [failure for attack in ATTACKS if (failure := _failure(verifier, issuer, attack))]
    assert wrong == []


def _failure(verifier: Verifier, issuer: OidcIssuer, attack: Attack) -> str:
    text = workflow_token(issuer, attack.claims, attack.header, key(attack.signer))
    try:
        verifier.verify(text)
    except TokenError as error:
        fits = type(error) is attack.error and attack.words in str(error)
        return "" if fits else f"{attack.name}: {error!r}"
    return f"{attack.name}: let in"


def test_honest_neighbours_get_in(verifier: Verifier, issuer: OidcIssuer) -> None:
    refused = {}
    for name, claims in HONEST.items():
        try:
            verifier.verify(workflow_token(issuer, claims))
        except TokenError as error:
            refused[name] = error
    assert refused == {}


def test_claims_say_who_calls(verifier: Verifier, issuer: OidcIssuer) -> None:
    verified = verifier.verify(workflow_token(issuer))
    assert (verified.tenant, verified.issuer, verified.repository) == ("acme", issuer.url, "web")
    assert verified.caller == f"github:{REPOSITORY}"
    assert verified.targets == Targets("web", ())


def test_tenant_follows_from_the_owner_id(verifier: Verifier, issuer: OidcIssuer) -> None:
    claims = {"repository_owner_id": "77", "repository": "acme/web", "repository_owner": "acme"}
    assert verifier.verify(workflow_token(issuer, claims)).tenant == "other"


def test_without_any_policy_nothing_is_let_in(verifier: Verifier, issuer: OidcIssuer, folder: Path) -> None:
    for name in ("acme", "other"):
        (folder / f"{name}.yaml").write_text(f"organisation: {name}\nforge: {{kind: local}}\n")
    with pytest.raises(ClaimError, match="'iss'"):
        verifier.verify(workflow_token(issuer))
    assert issuer.requests == 0


@pytest.mark.parametrize("text", ["{", "", "organisation: acme\ntrust: {github: {}}\n"])
def test_policy_with_a_mistake_lets_nobody_in(
    verifier: Verifier, issuer: OidcIssuer, folder: Path, text: str, caplog: pytest.LogCaptureFixture
) -> None:
    assert verifier.verify(workflow_token(issuer))
    (folder / "acme.yaml").write_text(text)
    with pytest.raises(ClaimError, match="repository_owner_id"):
        verifier.verify(workflow_token(issuer))
    assert "a tenant file lets nobody in: acme.yaml: " in caplog.text


def test_owner_that_two_tenants_claim_gets_nobody_in(
    verifier: Verifier, issuer: OidcIssuer, folder: Path
) -> None:
    write_tenant(folder, "thief", issuer.url)
    with pytest.raises(ClaimError, match="repository_owner_id"):
        verifier.verify(workflow_token(issuer))


def _admits(verifier: Verifier, issuer: OidcIssuer, **claims: object) -> bool:
    try:
        return bool(verifier.verify(workflow_token(issuer, claims)))
    except PolicyError:
        return False


@pytest.mark.parametrize(
    ("change", "inside", "outside"),
    [
        pytest.param(
            {"refs": ["refs/heads/release/*"]},
            ["refs/heads/release/1.0", "refs/heads/release/"],
            [
                "refs/heads/release",
                "refs/heads/release/1/2",
                "refs/heads/release/x@refs",
                "refs/tags/release/1",
            ],
            id="glob",
        ),
        pytest.param(
            {"refs": ["refs/heads/v1.0"]},
            ["refs/heads/v1.0"],
            ["refs/heads/v1x0", "refs/heads/v100"],
            id="dot",
        ),
        pytest.param(
            {"refs": ["refs/heads/main", "refs/tags/v*"]},
            ["refs/heads/main", "refs/tags/v1"],
            ["refs/heads/v1", "refs/heads/mainrefs/tags/v1"],
            id="two",
        ),
    ],
)
def test_refs(
    verifier: Verifier,
    issuer: OidcIssuer,
    folder: Path,
    change: dict[str, Any],
    inside: list[str],
    outside: list[str],
) -> None:
    write_tenant(folder, "acme", issuer.url, {**POLICY, "callers": [{**CALLER, **change}]})
    assert [ref for ref in (*inside, *outside) if _admits(verifier, issuer, ref=ref)] == inside


def test_environment_that_is_asked_for_has_to_be_there(
    verifier: Verifier, issuer: OidcIssuer, folder: Path
) -> None:
    write_tenant(folder, "acme", issuer.url, {**POLICY, "callers": [{**CALLER, "environments": ["prod"]}]})
    assert _admits(verifier, issuer, environment="prod")
    for value in ("", "Prod", "production", "prod ", None, ["prod"], True):
        assert not _admits(verifier, issuer, environment=value)
    assert not _admits(verifier, issuer)


def test_pull_requests_only_where_the_policy_says_so(
    verifier: Verifier, issuer: OidcIssuer, folder: Path
) -> None:
    change = {"events": ["pull_request"], "refs": ["refs/pull/*/merge"]}
    write_tenant(folder, "acme", issuer.url, {**POLICY, "callers": [{**CALLER, **change}]})
    assert _admits(verifier, issuer, event_name="pull_request", ref="refs/pull/7/merge")
    assert not _admits(verifier, issuer, event_name="pull_request_target", ref="refs/pull/7/merge")
    assert not _admits(verifier, issuer, event_name="push", ref="refs/pull/7/merge")


def test_one_workflow_for_all_repositories_of_an_owner(
    verifier: Verifier, issuer: OidcIssuer, folder: Path
) -> None:
    write_tenant(folder, "acme", issuer.url, {**POLICY, "callers": [{**CALLER, "repositories": "any"}]})
    assert _admits(verifier, issuer, repository_id="1", repository="acme/api")
    assert not _admits(verifier, issuer, repository_id="1", job_workflow_ref=f"{WORKFLOW}x")


def test_claims_of_two_callers_do_not_mix(verifier: Verifier, issuer: OidcIssuer, folder: Path) -> None:
    second = {"repositories": ["2"], "workflows": [WORKFLOW], "refs": ["refs/tags/*"], "targets": ["*"]}
    write_tenant(folder, "acme", issuer.url, {**POLICY, "callers": [CALLER, second]})
    assert verifier.verify(workflow_token(issuer)).targets.patterns == ()
    tagged = {"repository_id": "2", "ref": "refs/tags/1"}
    assert verifier.verify(workflow_token(issuer, tagged)).targets.patterns == ("*",)
    with pytest.raises(PolicyError) as caught:
        verifier.verify(workflow_token(issuer, {"ref": "refs/tags/1"}))
    assert caught.value.claims == ("ref", "repository_id")


@pytest.mark.parametrize(
    ("patterns", "names", "refused"),
    [
        ((), ["web"], ()),
        ((), ["WEB"], ()),
        ((), [], ()),
        ((), ["web", "api"], ("api",)),
        ((), None, ("*",)),
        (("docs-*",), ["docs-a", "Docs-B", "web", "xdocs-a", "docs"], ("xdocs-a", "docs")),
        (("docs-*",), None, ("*",)),
        (("*",), ["api"], ()),
        (("*",), None, ()),
    ],
)
def test_targets(patterns: tuple[str, ...], names: list[str] | None, refused: tuple[str, ...]) -> None:
    assert Targets("web", patterns).refused(names) == refused


def test_targets_of_nobody_in_particular() -> None:
    assert Targets("", ()).refused([""]) == ("",)


@pytest.mark.parametrize(("trust", "expected"), [("", ()), ("trust: {targets: [docs-*]}", ("docs-*",))])
def test_own_key_that_speaks_for_a_repository(
    verifier: Verifier, database: Database, folder: Path, trust: str, expected: tuple[str, ...]
) -> None:
    (folder / "acme.yaml").write_text(f"organisation: acme\nforge: {{kind: local}}\n{trust}\n")
    register(database, "acme", key("acme").public_pem, NOW)
    minted = mint(key("acme").pem, issuer=ISSUER, audience=AUDIENCE, org="acme", now=NOW, repository="web")
    assert verifier.verify(minted).targets == Targets("web", expected)


def test_changed_file_counts_for_own_keys_too(verifier: Verifier, database: Database, folder: Path) -> None:
    register(database, "acme", key("acme").public_pem, NOW)
    minted = mint(key("acme").pem, issuer=ISSUER, audience=AUDIENCE, org="acme", now=NOW, repository="web")
    start = "organisation: acme\nforge: {kind: local}\n"
    found = []
    for trust in ("trust: {targets: [a]}", "trust: {targets: [b]}", "trust: {target: [c]}"):
        (folder / "new").write_text(start + trust)
        (folder / "new").replace(folder / "acme.yaml")
        found.append(verifier.verify(minted).targets.patterns)
    (folder / "acme.yaml").unlink()
    found.append(verifier.verify(minted).targets.patterns)
    assert found == [("a",), ("b",), (), ()]
