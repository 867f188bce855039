"""GitHub's tokens for workflows: which tenant they are for, and whether its policy lets them in.

`sub` decides nothing: organisations may write it as they like, and names in it can change hands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from documenthor.errors import ClaimError, PolicyError, SignatureError
from documenthor.names import NAME_PATTERN
from documenthor.tenants import matches
from documenthor.tokens.claims import TEXT, Check, Targets, is_text, require
from documenthor.tokens.sources import Caller, Signer

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from documenthor.tenants import GitHubCaller, GitHubTrust
    from documenthor.tokens.claims import Expected
    from documenthor.trust.keysets import KeySets
    from documenthor.trust.tenancy import TrustedOwners

_NUMBER = re.compile(r"[1-9][0-9]{0,18}")
_REPOSITORY = re.compile(rf"[A-Za-z0-9](?:[A-Za-z0-9_-]*)/(?P<name>{NAME_PATTERN.strip('^$')})")


def _is_number(value: object) -> bool:
    return isinstance(value, str) and _NUMBER.fullmatch(value) is not None


def _is_repository(value: object) -> bool:
    return isinstance(value, str) and _REPOSITORY.fullmatch(value) is not None


_NO_NUMBER = "is no id in digits"
_CHECKS: tuple[Check, ...] = (
    ("repository_owner_id", _NO_NUMBER, lambda value, _: _is_number(value)),
    ("repository_id", _NO_NUMBER, lambda value, _: _is_number(value)),
    ("repository", "is no OWNER/NAME", lambda value, _: _is_repository(value)),
    ("job_workflow_ref", TEXT, lambda value, _: is_text(value)),
    ("ref", TEXT, lambda value, _: is_text(value)),
    ("event_name", TEXT, lambda value, _: is_text(value)),
)


def _fits(patterns: tuple[str, ...], value: object) -> bool:
    return isinstance(value, str) and any(matches(pattern, value) for pattern in patterns)


# What each caller of a policy is held against, in this order.
_POLICY: tuple[tuple[str, Callable[[GitHubCaller, Any], bool]], ...] = (
    ("repository_id", lambda caller, value: caller.repositories == "any" or value in caller.repositories),
    ("job_workflow_ref", lambda caller, value: _fits(caller.workflows, value)),
    ("event_name", lambda caller, value: value in caller.events),
    ("ref", lambda caller, value: _fits(caller.refs, value)),
    ("environment", lambda caller, value: not caller.environments or _fits(caller.environments, value)),
)


@dataclass(frozen=True, slots=True)
class GitHubTokens:
    """Tokens of workflows on GitHub, and on servers of an enterprise's own that a policy names."""

    owners: TrustedOwners
    keys: KeySets
    # GitHub names its certificate beside the key; nothing is looked up by it.
    header: frozenset[str] = frozenset({"alg", "kid", "typ", "x5t"})

    def issues(self, issuer: str) -> bool:
        """Whether a tenant's policy names the issuer."""
        return self.owners.knows(issuer)

    def signer(self, kid: str, claims: Mapping[str, Any], now: datetime) -> Signer:
        """The issuer's key, for the tenant that the owner's id leads to."""
        issuer, owner = claims["iss"], claims.get("repository_owner_id")
        trusted = self.owners.find(issuer, owner) if isinstance(owner, str) else None
        if trusted is None:
            raise ClaimError("repository_owner_id", "is missing, or of nobody whom a policy names")
        key = self.keys.key(issuer, kid, now)
        if key is None:
            raise SignatureError(f"{issuer} has no key {kid!r}, or could not be asked for it")
        return Signer(kid, trusted.tenant, key)

    def caller(self, claims: Mapping[str, Any], signer: Signer, expected: Expected) -> Caller:
        """The repository whose workflow runs, if the tenant's policy lets it in."""
        require(claims, _CHECKS, expected)
        trusted = self.owners.find(expected.issuer, claims["repository_owner_id"])
        # The file may have changed since the key was chosen by it.
        if trusted is None or trusted.tenant != signer.tenant:
            raise PolicyError(signer.tenant, ("repository_owner_id",))
        entry = _admitted(trusted.policy, signer.tenant, claims)
        name = claims["repository"].partition("/")[2]
        subject = f"{claims['repository']} {claims['event_name']} {claims['job_workflow_ref']}"
        return Caller(subject, f"github:{claims['repository_id']}", name, Targets(name, entry.targets))


def _admitted(policy: GitHubTrust, tenant: str, claims: Mapping[str, Any]) -> GitHubCaller:
    """The first entry of the policy that all claims fit."""
    reasons = []
    for entry in policy.callers:
        reason = next((claim for claim, fits in _POLICY if not fits(entry, claims.get(claim))), None)
        if reason is None:
            return entry
        reasons.append(reason)
    raise PolicyError(tenant, tuple(reasons))
