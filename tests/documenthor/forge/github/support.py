"""A fake GitHub with an organisation, and our forge on it, without sockets."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from documenthor.forge.github import App, GitHubConnection, GitHubForge, Token
from documenthor.tenants import GitHub, Tenant

from tests.fakes.github import FakeGitHub
from tests.fakes.github.connection import connections

if TYPE_CHECKING:
    from pathlib import Path

    from documenthor.db import Database
    from documenthor.forge.github.transport import ConnectionFactory

    from tests.documenthor.support import Clock

ORGANISATION = "octo"
PERMISSIONS = {"contents": "write", "pull_requests": "write"}


@cache
def app_key() -> tuple[str, str]:
    """An App's private key and its public half, as PEM."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.TraditionalOpenSSL,
        serialization.NoEncryption(),
    )
    public = key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return private.decode(), public.decode()


def in_process(fake: FakeGitHub) -> ConnectionFactory:
    """Connections that end in the fake."""
    return cast("ConnectionFactory", connections(fake)._https)


def tenant(**forge: Any) -> Tenant:  # noqa: ANN401 - a tenant file's keys
    """A tenant whose forge says this."""
    return Tenant.model_validate({"organisation": ORGANISATION, "forge": {"kind": "github", **forge}})


@dataclass
class Place:
    """A fake GitHub on which our App is installed and our user has a token."""

    fake: FakeGitHub
    clock: Clock
    app: App
    token: Token
    database: Database

    @classmethod
    def make(
        cls, root: Path, clock: Clock, database: Database, permissions: dict[str, str] | None = None
    ) -> Place:
        """Set one up."""
        fake = FakeGitHub(root, clock)
        private, public = app_key()
        app = fake.app("documenthor", public, PERMISSIONS)
        installation = fake.install(app, ORGANISATION, permissions=permissions)
        token = fake.classic_token("robot")
        return cls(fake, clock, App(str(app.id), private, installation.id), Token(token), database)

    def forge(self, credential: App | Token | None = None, own: Tenant | None = None) -> GitHubForge:
        """Our forge on it."""
        chosen = own or tenant()
        assert isinstance(chosen.forge, GitHub)
        connection = GitHubConnection(credential or self.app)
        return GitHubForge(chosen, chosen.forge, connection, self.database, self.clock, in_process(self.fake))

    def calls(self) -> list[str]:
        """What was asked of it so far, and forget it."""
        names = [made.name for made in self.fake.calls]
        self.fake.calls.clear()
        return names
