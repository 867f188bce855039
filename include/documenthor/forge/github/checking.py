"""Whether a credential may do what is asked of it, and by name what it lacks.

A GitHub App and a classic token say what they may do. A fine-grained token does not, so each permission is
tried out on one repository, by calls that GitHub refuses as invalid if it does not refuse them as forbidden.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from documenthor.errors import ForbiddenError, RefusedError, UnknownRepositoryError
from documenthor.forge.github.access import PERMISSIONS
from documenthor.forge.github.api import Purpose

if TYPE_CHECKING:
    from collections.abc import Mapping

    from documenthor.forge.github.access import Access
    from documenthor.forge.github.client import Client
    from documenthor.forge.github.installation import Installation

# Each scope with those that contain it.
_SCOPES: Mapping[str, frozenset[str]] = {
    "repo": frozenset({"repo"}),
    "read:org": frozenset({"read:org", "write:org", "admin:org"}),
}
_NOWHERE = "0" * 40
_PROBES: tuple[tuple[str, str, str, Mapping[str, Any] | None], ...] = (
    ("contents: read", "GET", "commits?per_page=1", None),
    ("contents: write", "POST", "git/refs", {"ref": "refs/heads/documenthor/docs", "sha": _NOWHERE}),
    ("pull_requests: write", "POST", "pulls", {"title": "", "head": "", "base": ""}),
)


@dataclass(frozen=True, slots=True)
class Report:
    """What a credential lacks, by the names that GitHub uses, and what is worth knowing besides."""

    missing: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def check(access: Access) -> Report:
    """Ask GitHub; raises `ForgeError` where that cannot be told, as for a credential that is unknown."""
    if access.installation is not None:
        return _of_app(access.installation)
    api = access.api(Purpose.DISCOVER)
    api.rest("GET", "/user")
    note = ("a personal access token reaches all that its owner reaches; a GitHub App is safer",)
    if api.scopes is not None:
        scopes = api.scopes
        lacking = [name for name, enough in _SCOPES.items() if scopes.isdisjoint(enough)]
        return Report(tuple(lacking), note)
    return Report(*_of_fine_grained(api, access.organisation, note))


def _of_app(installation: Installation) -> Report:
    wanted = {**PERMISSIONS[Purpose.DISCOVER], **PERMISSIONS[Purpose.PUBLISH]}
    more = sorted(installation.granted().keys() - wanted.keys())
    notes = [f"the App holds more than it needs: {', '.join(more)[:300]}"] if more else []
    return Report(tuple(installation.missing(wanted)), tuple(notes))


def _of_fine_grained(
    api: Client, organisation: str, notes: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    found = api.rest("GET", f"/orgs/{quote(organisation, safe='')}/repos?per_page=1&sort=pushed")
    name = found[0].get("name") if isinstance(found, list) and found else None
    if not isinstance(name, str):
        return (), (*notes, f"{organisation} shows no repository to try the token out on")
    place = f"/repos/{quote(organisation, safe='')}/{quote(name, safe='')}"
    lacking = [
        need for need, method, path, body in _PROBES if _is_forbidden(api, f"{place}/{path}", method, body)
    ]
    return tuple(lacking), (*notes, f"tried out on {name}")


def _is_forbidden(api: Client, path: str, method: str, body: Mapping[str, Any] | None) -> bool:
    try:
        api.rest(method, path, body)
    except (ForbiddenError, UnknownRepositoryError):
        return True
    except RefusedError:
        # GitHub looked at what was asked, so it is allowed.
        return False
    return False
