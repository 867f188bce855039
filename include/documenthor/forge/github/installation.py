"""A GitHub App's installation on one organisation: which permissions it has, and tokens of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from documenthor.errors import ForbiddenError, RefusedError, UnavailableError, UnknownRepositoryError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from documenthor.forge.github.api import Api

_MAX_TOKEN = 4096
_STRENGTH = {"": 0, "read": 1, "write": 2, "admin": 3}


@dataclass(frozen=True, slots=True)
class Issued:
    """An installation token and when it expires."""

    token: str = field(repr=False)
    expires_at: datetime


class Installation:
    """The App on `organisation`; `api` speaks as the App itself."""

    def __init__(self, api: Api, organisation: str, known_id: int | None = None) -> None:
        self._api, self._organisation, self._known_id = api, organisation, known_id

    def granted(self) -> dict[str, str]:
        """The permissions that the organisation granted, such as `{"contents": "write"}`."""
        found = self._api.rest("GET", f"/app/installations/{self._id}")
        granted = found.get("permissions") if isinstance(found, dict) else None
        if not isinstance(granted, dict):
            raise UnavailableError("GitHub did not say what the App may do; try again")
        return {str(name): str(level) for name, level in granted.items()}

    def missing(self, wanted: Mapping[str, str]) -> list[str]:
        """What of `wanted` was not granted, as `contents: write`."""
        granted = self.granted()
        return [
            f"{name}: {level}"
            for name, level in sorted(wanted.items())
            if _STRENGTH.get(granted.get(name, ""), 0) < _STRENGTH[level]
        ]

    def issue(self, permissions: Mapping[str, str], repository: str) -> Issued:
        """A token with `permissions` on `repository` alone, or without one on all of the installation."""
        body: dict[str, Any] = {"permissions": dict(permissions)}
        if repository:
            body["repositories"] = [repository]
        try:
            return _read(self._api.rest("POST", f"/app/installations/{self._id}/access_tokens", body))
        except RefusedError as error:
            raise self._explained(permissions, repository, error) from error

    def _explained(self, permissions: Mapping[str, str], repository: str, refused: RefusedError) -> Exception:
        """GitHub says only that something was asked that the App does not have."""
        missing = ", ".join(self.missing(permissions))
        if missing:
            return ForbiddenError(
                f"the GitHub App lacks {missing} on {self._organisation}; grant it in the App's settings and "
                "accept the change in the organisation",
                missing,
            )
        if repository:
            return UnknownRepositoryError(f"the GitHub App is not installed on {repository}; add it there")
        return refused

    @cached_property
    def _id(self) -> int:
        if self._known_id is not None:
            return self._known_id
        try:
            found = self._api.rest("GET", f"/orgs/{quote(self._organisation, safe='')}/installation")
        except UnknownRepositoryError:
            raise ForbiddenError(
                f"the GitHub App is not installed on {self._organisation}; install it there"
            ) from None
        known = found.get("id") if isinstance(found, dict) else None
        if not isinstance(known, int):
            raise UnavailableError("GitHub did not say which installation it is; try again")
        return known


def _read(answer: Any) -> Issued:  # noqa: ANN401 - JSON
    token = answer.get("token") if isinstance(answer, dict) else None
    expires = answer.get("expires_at") if isinstance(answer, dict) else None
    if not isinstance(token, str) or not _is_token(token) or not isinstance(expires, str):
        raise UnavailableError("GitHub issued no usable token; try again")
    try:
        expires_at = datetime.fromisoformat(expires)
    except ValueError:
        expires_at = None
    if expires_at is None or expires_at.tzinfo is None:
        raise UnavailableError("GitHub issued a token without saying when it expires; try again")
    return Issued(token, expires_at)


def _is_token(text: str) -> bool:
    """Whether it fits a header and git's configuration as it is."""
    return 0 < len(text) <= _MAX_TOKEN and text.isascii() and text.isprintable() and " " not in text
