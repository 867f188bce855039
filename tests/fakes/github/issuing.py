"""Apps, where they are installed, and personal access tokens, as their owners would make them."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from tests.fakes.github.auth import App, Installation, Token, Vault
from tests.fakes.github.seeding import Seeding
from tests.fakes.github.state import Account

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tests.fakes.github.state import Repository


class Issuing(Seeding):
    """Whoever registers apps and makes tokens."""

    vault: Vault

    def app(self, slug: str, public_pem: str, permissions: Mapping[str, str], owner: str = "") -> App:
        """Register an app that signs with the private half of `public_pem`."""
        number = self.next_id()
        bot = Account(self.next_id(), f"{slug}[bot]", "Bot")
        self.accounts[bot.login.lower()] = bot
        held = {"metadata": "read", **permissions}
        app = App(
            number, slug, f"Iv23fake{number}", public_pem, held, bot, self.organisation(owner or "appmakers")
        )
        self.vault.apps[str(number)] = self.vault.apps[app.client_id] = app
        return app

    def install(
        self,
        app: App,
        organisation: str,
        repositories: Iterable[Repository] | None = None,
        permissions: Mapping[str, str] | None = None,
    ) -> Installation:
        """Install an app for some repositories (None: all) with some permissions (None: the app's own)."""
        held = app.permissions if permissions is None else {"metadata": "read", **permissions}
        chosen = None if repositories is None else frozenset(one.id for one in repositories)
        installation = Installation(self.next_id(), self.organisation(organisation), dict(held), chosen)
        app.installations[installation.id] = installation
        return installation

    def classic_token(self, login: str, scopes: Iterable[str] = ("repo", "read:org")) -> str:
        """A personal access token (classic) of a user; make the user a collaborator where it is to work."""
        return self.vault.issue(
            Token(f"ghp_{secrets.token_hex(18)}", "classic", self.user(login), scopes=tuple(scopes))
        )

    def fine_grained_token(
        self,
        login: str,
        organisation: str,
        permissions: Mapping[str, str],
        repositories: Iterable[Repository] | None = None,
        life: timedelta | None = timedelta(days=90),
    ) -> str:
        """A fine-grained personal access token for an organisation's repositories (None: all)."""
        token = Token(
            f"github_pat_{secrets.token_hex(30)}",
            "fine_grained",
            self.user(login),
            owner=self.organisation(organisation),
            permissions={"metadata": "read", **permissions},
            repositories=None if repositories is None else frozenset(one.id for one in repositories),
            expires_at=None if life is None else self.clock() + life,
        )
        return self.vault.issue(token)
