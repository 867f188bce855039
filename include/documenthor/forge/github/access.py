"""`Access`: a client for each purpose, holding no more permission than that purpose needs.

A GitHub App gets one installation token per purpose and repository; it lives an hour at most, is renewed
before that, and is revoked by `close`. A personal access token is the same for every purpose.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from documenthor.errors import ForgeError
from documenthor.forge.github.api import Purpose
from documenthor.forge.github.client import Client
from documenthor.forge.github.credentials import Token
from documenthor.forge.github.installation import Installation
from documenthor.forge.github.secrets import Fixed, Installed, Signed
from documenthor.forge.model import Loan

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from documenthor.forge.github.credentials import App, GitHubConnection
    from documenthor.forge.github.secrets import Secret
    from documenthor.forge.github.transport import ConnectionFactory

# What each purpose asks of a GitHub App; docs/github.md lists the same for people.
PERMISSIONS: Mapping[Purpose, Mapping[str, str]] = {
    Purpose.DISCOVER: {"contents": "read", "metadata": "read"},
    Purpose.CLONE: {"contents": "read", "metadata": "read"},
    Purpose.PUBLISH: {"contents": "write", "metadata": "read", "pull_requests": "write"},
}

# Ends the token that it is asked with.
_REVOKED = "/installation/token"


class Access:
    """Opens clients for one organisation; `close` revokes what was issued and ends all of them."""

    def __init__(
        self,
        connection: GitHubConnection,
        organisation: str,
        clock: Callable[[], datetime],
        connect: ConnectionFactory | None = None,
    ) -> None:
        self.connection, self.organisation = connection, organisation
        self._clock, self._connect = clock, connect
        self._clients: dict[tuple[Purpose, str], Client] = {}
        credential = connection.credential
        self._app = None if isinstance(credential, Token) else self._client(Signed(credential, clock))
        self.installation = self._installation(credential)

    def api(self, purpose: Purpose, repository: str = "") -> Client:
        """A client for `purpose`: on `repository` alone, or without one on the whole organisation."""
        key = (purpose, repository)
        if key not in self._clients:
            self._clients[key] = self._client(self._secret(*key))
        return self._clients[key]

    def token(self, purpose: Purpose, repository: str) -> str:
        """The token itself, for git."""
        return self.api(purpose, repository).secret.current()

    def hand_out(self, purpose: Purpose, repository: str) -> Loan:
        """A new token for somebody else: `close` does not revoke it, it expires within the hour."""
        client = self._client(self._secret(purpose, repository))
        try:
            return Loan(client.secret.current(), self._revoke_at(client.secret))
        finally:
            client.close()

    def take_back(self, loan: Loan) -> None:
        """Revoke what was handed out and not used; a personal access token stays as it is."""
        if not loan.revoke_at:
            return
        client = self._client(Fixed(loan.token))
        with contextlib.suppress(ForgeError):
            client.rest("DELETE", _REVOKED)
        client.close()

    def drop(self, purpose: Purpose, repository: str = "") -> None:
        """Revoke one token, now that it is not needed any more; if that fails it expires within the hour."""
        client = self._clients.pop((purpose, repository), None)
        if client is None:
            return
        if isinstance(client.secret, Installed) and client.secret.issued is not None:
            with contextlib.suppress(ForgeError):
                client.rest("DELETE", _REVOKED)
        client.close()

    def _revoke_at(self, secret: Secret) -> str:
        """Empty for a personal access token, which its owner alone can end."""
        return self.connection.base_url.rstrip("/") + _REVOKED if isinstance(secret, Installed) else ""

    def close(self) -> None:
        """Revoke every token that was issued, and end everything."""
        for key in list(self._clients):
            self.drop(*key)
        if self._app is not None:
            self._app.close()

    def _installation(self, credential: Token | App) -> Installation | None:
        """None for a personal access token."""
        if self._app is None or isinstance(credential, Token):
            return None
        return Installation(self._app, self.organisation, credential.installation)

    def _secret(self, purpose: Purpose, repository: str) -> Secret:
        credential = self.connection.credential
        if isinstance(credential, Token):
            return Fixed(credential.secret)
        if self.installation is None:
            raise AssertionError("unreachable: an App has an installation")
        return Installed(self.installation, PERMISSIONS[purpose], repository, self._clock)

    def _client(self, secret: Secret) -> Client:
        return Client(self.connection.base_url, secret, self._clock, self._connect)
