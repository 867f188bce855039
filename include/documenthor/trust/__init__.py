"""Callers without a secret: workflows, for which their forge vouches with an OpenID Connect token.

`GitHubTokens` is what a `Verifier` asks; the tenants' policies say whom to let in.
"""

from documenthor.trust.github import GitHubTokens
from documenthor.trust.keysets import KeySets
from documenthor.trust.tenancy import TrustedOwners

__all__ = ["GitHubTokens", "KeySets", "TrustedOwners"]
