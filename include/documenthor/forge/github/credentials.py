"""What a deployment knows of GitHub: where it is and how to show who we are. No repr holds a secret."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TypeAlias
from urllib.parse import urlsplit

PUBLIC = "https://api.github.com"
# Enterprise Server has the API on the web's host, all others on a host of its own.
_SERVER_PATH = "/api/v3"


@dataclass(frozen=True, slots=True)
class Token:
    """A personal access token: the weaker mode, because it reaches whatever its owner reaches."""

    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class App:
    """A GitHub App; `private_key` is PEM text. Without `installation` it is looked up by organisation."""

    app_id: str
    private_key: str = field(repr=False)
    installation: int | None = None


Credential: TypeAlias = Token | App


@dataclass(frozen=True, slots=True)
class GitHubConnection:
    """A credential, and the address of the REST API that it is for."""

    credential: Credential
    base_url: str = PUBLIC

    def account(self, organisation: str) -> str:
        """Names what GitHub's rate limits go by: an App's installation, or the owner of a token."""
        if isinstance(self.credential, App):
            return f"{self.base_url} app {self.credential.app_id} on {organisation}"
        digest = hashlib.sha256(self.credential.secret.encode()).hexdigest()
        return f"{self.base_url} token {digest[:16]}"

    @property
    def web_url(self) -> str:
        """Where repositories are cloned from and people look at them, without a slash at its end."""
        parts = urlsplit(self.base_url)
        path = parts.path.rstrip("/")
        host = parts.netloc if path.endswith(_SERVER_PATH) else parts.netloc.removeprefix("api.")
        return f"{parts.scheme}://{host}{path.removesuffix(_SERVER_PATH)}"
