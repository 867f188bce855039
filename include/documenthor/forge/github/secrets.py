"""Where a client gets its token from, for each call anew."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

import jwt

from documenthor.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from documenthor.forge.github.credentials import App
    from documenthor.forge.github.installation import Installation, Issued

# A token that ends sooner than this is renewed, so that it outlives the call it is sent with.
_EARLY = timedelta(minutes=5)
# GitHub takes ten minutes at most, and its clock may be behind ours.
_JWT_AGE, _JWT_LIFETIME = timedelta(seconds=60), timedelta(minutes=9)


class Secret(Protocol):
    """A token, and what to do when it is not accepted."""

    def current(self) -> str:
        """The token to send now."""

    def reject(self, token: str) -> bool:
        """`token` was not accepted; whether another one may be."""


class Fixed:
    """A personal access token."""

    def __init__(self, token: str) -> None:
        self._token = token

    def current(self) -> str:
        """The token."""
        return self._token

    def reject(self, token: str) -> bool:
        """There is no other."""
        del token
        return False


class Signed:
    """What a GitHub App shows as itself: a token that it signs with its private key."""

    def __init__(self, app: App, clock: Callable[[], datetime]) -> None:
        self._app, self._clock = app, clock

    def current(self) -> str:
        """A fresh one."""
        now = self._clock()
        claims = {"iat": now - _JWT_AGE, "exp": now + _JWT_LIFETIME, "iss": self._app.app_id}
        try:
            return jwt.encode(claims, self._app.private_key, algorithm="RS256")
        except (jwt.PyJWTError, ValueError, TypeError):
            raise ConfigurationError(
                "the GitHub App's private key cannot be used; download a new one from the App's settings"
            ) from None

    def reject(self, token: str) -> bool:
        """Another one would be signed just the same."""
        del token
        return False


class Installed:
    """Installation tokens of one purpose, each used until shortly before it expires."""

    def __init__(
        self,
        installation: Installation,
        permissions: Mapping[str, str],
        repository: str,
        clock: Callable[[], datetime],
    ) -> None:
        self._installation, self._permissions = installation, permissions
        self._repository, self._clock = repository, clock
        self.issued: Issued | None = None

    def current(self) -> str:
        """The token in use, or a new one."""
        if self.issued is None or self.issued.expires_at - self._clock() < _EARLY:
            self.issued = self._installation.issue(self._permissions, self._repository)
        return self.issued.token

    def reject(self, token: str) -> bool:
        """Forget it, so that the next one is new."""
        if self.issued is not None and self.issued.token == token:
            self.issued = None
        return True
