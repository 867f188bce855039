"""Whose workflows are whose: from an issuer and an owner's id to the tenant and its policy.

Tenant files are read anew when one of them has changed, so a policy counts from the next token on.
"""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from documenthor.tenants import GitHubTrust, read_tenants

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable
    from pathlib import Path

    from documenthor.tenants import Tenant

_log = logging.getLogger(__name__)
_Owner = tuple[str, str]
_State = frozenset[tuple[str, int, int]]


@dataclass(frozen=True, slots=True)
class Trusted:
    """A tenant that lets workflows in, and which."""

    tenant: str
    policy: GitHubTrust


class TrustedOwners:
    """The tenants of a folder that have a policy for workflows.

    A file with a mistake lets nobody in, and neither does an owner that two files claim.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._read: tuple[_State, dict[_Owner, Trusted]] = (frozenset(), {})

    def knows(self, issuer: str) -> bool:
        """Whether a policy names this issuer."""
        return any(issuer == known for known, _ in self._owners())

    def find(self, issuer: str, owner: str) -> Trusted | None:
        """Who trusts the workflows of this owner on this issuer's forge."""
        return self._owners().get((issuer, owner))

    def _owners(self) -> dict[_Owner, Trusted]:
        state = self._state()
        with self._lock:
            if self._read[0] != state:
                tenants, errors = read_tenants(self._folder)
                for error in errors:
                    _log.error("a tenant file lets nobody in: %s", error)
                self._read = (state, _by_owner(tenants))
            return self._read[1]

    def _state(self) -> _State:
        """What tells whether a file has changed."""
        return frozenset(
            (path.name, status.st_mtime_ns, status.st_ino)
            for path in self._folder.glob("*.yaml")
            if (status := _status(path)) is not None
        )


def _status(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except OSError:
        # It went since the folder was listed.
        return None


def _by_owner(tenants: Iterable[Tenant]) -> dict[_Owner, Trusted]:
    owners: dict[_Owner, Trusted] = {}
    twice: set[_Owner] = set()
    for tenant in tenants:
        if policy := tenant.trust.github:
            owner = (policy.issuer, policy.owner)
            twice |= {owner} & owners.keys()
            owners[owner] = Trusted(tenant.organisation, policy)
    for issuer, number in sorted(twice):
        _log.error("owner %s of %s is claimed by several tenant files; none of them counts", number, issuer)
    return {owner: trusted for owner, trusted in owners.items() if owner not in twice}
