"""Attacks with tokens that an issuer really signed, or seems to have: each with the reason to fail."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from documenthor.errors import ClaimError, MalformedTokenError, PolicyError, SignatureError, TokenError
from documenthor.tokens import rsa

from tests.documenthor.support import AUDIENCE, key
from tests.documenthor.tokens.crafting import ABSENT, SECONDS
from tests.documenthor.trust.support import WORKFLOW


@dataclass(frozen=True)
class Attack:
    """What differs from an honest token, who signed it, and the error that it must end in."""

    name: str
    error: type[TokenError]
    words: str
    claims: dict[str, Any] = field(default_factory=dict)
    header: dict[str, Any] = field(default_factory=dict)
    signer: str = "github"


def _policy(name: str, claim: str, **claims: object) -> Attack:
    return Attack(name, PolicyError, f": {claim} differ", claims)


def _claim(name: str, claim: str, **claims: object) -> Attack:
    return Attack(name, ClaimError, f"claim '{claim}'", claims)


_OWNER = "repository_owner_id"
_OWNERS = [
    _claim("recycled owner name, new id", _OWNER, repository_owner_id="5550001", repository_id="888800001"),
    _claim("recycled owner name, repository id kept", _OWNER, repository_owner_id="5550001"),
    *(
        _claim(f"owner id {value!r}"[:50], _OWNER, repository_owner_id=value)
        for value in (ABSENT, None, "", 1342004, "01342004", " 1342004", "1342004 ", "1342004\n", "+1342004")
    ),
    *(
        _claim(f"owner id {value!r}"[:50], _OWNER, repository_owner_id=value)
        for value in (["1342004"], {"1342004": 1}, True, "*", "1342004|77", "١٣٤٢٠٠٤", "1342004.0", "acme")
    ),
    _policy("repository id of another tenant's repository", "repository_id", repository_id="888800001"),
    _policy("recycled repository name, new id", "repository_id", repository_id="260064829"),
    _policy(
        "another owner, this one's repository id",
        "job_workflow_ref",
        repository_owner_id="77",
        job_workflow_ref="evil/x/.github/workflows/docs.yml@refs/heads/main",
    ),
    *(
        _claim(f"repository id {value!r}"[:50], "repository_id", repository_id=value)
        for value in (ABSENT, None, "", 260064828, ["260064828"], "0260064828", "260064828 ", "any", "*")
    ),
    *(
        _claim(f"repository {value!r}"[:50], "repository", repository=value)
        for value in (
            ABSENT,
            None,
            "",
            "web",
            ["acme/web"],
            "acme/",
            "/web",
            "acme/../web",
            "acme/web/x",
            "a/b\n",
        )
    ),
]

_DOCS = "acme/web/.github/workflows/docs.yml"
_WORKFLOWS = [
    *(
        _policy(f"other workflow {value}", "job_workflow_ref", job_workflow_ref=value)
        for value in (
            "acme/web/.github/workflows/other.yml@refs/heads/main",
            "acme/api/.github/workflows/docs.yml@refs/heads/main",
            "evil/web/.github/workflows/docs.yml@refs/heads/main",
            f"{_DOCS}@refs/heads/evil",
            f"{_DOCS}@refs/heads/main2",
            f"{_DOCS}@refs/heads/mai",
            f"{_DOCS}@refs/tags/main",
            f"{_DOCS}@refs/heads/evil@refs/heads/main",
            f"{_DOCS}@main",
            _DOCS,
            f"x{WORKFLOW}",
            f"{WORKFLOW}x",
            WORKFLOW.upper(),
            "acme/web/.github/workflows/docs-yml@refs/heads/main",
            f"evil/{WORKFLOW}",
        )
    ),
    *(
        _claim(f"workflow {value!r}", "job_workflow_ref", job_workflow_ref=value)
        for value in (ABSENT, None, "", [WORKFLOW], {WORKFLOW: 1}, f"{WORKFLOW}\n", f"{WORKFLOW}\x00", True)
    ),
    _policy(
        "right workflow_ref, other job_workflow_ref",
        "job_workflow_ref",
        workflow_ref=WORKFLOW,
        job_workflow_ref="evil/x/.github/workflows/x.yml@refs/heads/main",
    ),
]

_EVENTS = [
    _policy(
        "pull request, from a fork or not",
        "event_name",
        event_name="pull_request",
        ref="refs/pull/7/merge",
        head_ref="evil",
        base_ref="main",
    ),
    _policy("pull request that names main", "event_name", event_name="pull_request"),
    _policy("pull_request_target", "event_name", event_name="pull_request_target"),
    *(
        _policy(f"event {value!r}", "event_name", event_name=value)
        for value in (
            "workflow_run",
            "issue_comment",
            "issues",
            "pull_request_review",
            "fork",
            "PUSH",
            "push ",
        )
    ),
    *(
        _claim(f"event {value!r}"[:50], "event_name", event_name=value)
        for value in (ABSENT, None, "", ["push"], {"push": 1}, True, "push\n")
    ),
    *(
        _policy(f"ref {value!r}", "ref", ref=value)
        for value in (
            *(
                "refs/heads/evil",
                "refs/heads/main/x",
                "refs/heads/main2",
                "refs/tags/main",
                "refs/pull/7/merge",
            ),
            *(
                "main",
                "refs/heads/Main",
                "xrefs/heads/main",
                "refs/heads/x@refs/heads/main",
                " refs/heads/main",
            ),
        )
    ),
    *(
        _claim(f"ref {value!r}"[:50], "ref", ref=value)
        for value in (ABSENT, None, "", ["refs/heads/main"], True, "refs/heads/main\n")
    ),
    _policy(
        "sub says main, ref does not", "ref", sub="repo:acme/web:ref:refs/heads/main", ref="refs/heads/evil"
    ),
]

_COMMON = [
    _claim("audience that GitHub gives by itself", "aud", aud="https://github.com/acme"),
    _claim("audience of another service", "aud", aud="sts.amazonaws.com"),
    _claim("audience in a list", "aud", aud=[AUDIENCE]),
    _claim("no audience", "aud", aud=ABSENT),
    _claim("no jti", "jti", jti=ABSENT),
    _claim("expired", "exp", exp=SECONDS - 30, iat=SECONDS - 330, nbf=SECONDS - 630),
    _claim("to be valid", "nbf", nbf=SECONDS + 31),
    _claim("lives six hours", "exp", exp=SECONDS + 21_600),
    _claim("issuer that no policy names", "iss", iss="https://token.actions.githubusercontent.com"),
    _claim("issuer with a slash", "iss", iss="http://127.0.0.1/"),
    _claim("issuer in a list", "iss", iss=["http://127.0.0.1"]),
    Attack("signed by a stranger", SignatureError, "has no key", signer="stranger"),
    Attack(
        "signed by a stranger under the issuer's kid",
        SignatureError,
        "not signed",
        header={"kid": key("github").kid},
        signer="stranger",
    ),
    Attack("signed with a tenant's own key", SignatureError, "has no key", signer="acme"),
    *(
        Attack(f"header {name}", MalformedTokenError, "may not hold", header={name: value})
        for name, value in {
            "jku": "https://evil.example/jwks",
            "jwk": rsa.to_jwk(rsa.public_key(key("stranger").public_pem)),
            "x5u": "https://evil.example/x",
            "x5c": ["MIIB"],
            "crit": ["exp"],
            "b64": False,
            "zip": "DEF",
        }.items()
    ),
    Attack("alg none", MalformedTokenError, "algorithm", header={"alg": "none"}),
    Attack("alg HS256", MalformedTokenError, "algorithm", header={"alg": "HS256"}),
    Attack("no typ", MalformedTokenError, "type", header={"typ": ABSENT}),
    Attack("no kid", MalformedTokenError, "names no key", header={"kid": ABSENT}),
]

ATTACKS: list[Attack] = [*_OWNERS, *_WORKFLOWS, *_EVENTS, *_COMMON]

# What is nearly an attack, and must be let in.
HONEST: dict[str, dict[str, Any]] = {
    "as GitHub makes it": {},
    "owner and repository with new names": {"repository": "acme-inc/site", "repository_owner": "acme-inc"},
    "on a schedule": {"event_name": "schedule"},
    "by hand": {"event_name": "workflow_dispatch"},
    "in an environment": {"environment": "production"},
    "with a subject of the organisation's own": {"sub": "repository_owner:evil:ref:refs/heads/x"},
    "without a subject": {"sub": ABSENT},
    "with claims of tomorrow": {"check_run_id": "1", "enterprise": "acme", "new": {"x": [1]}},
    "just expired": {"exp": SECONDS - 29, "iat": SECONDS - 329, "nbf": SECONDS - 629},
}
