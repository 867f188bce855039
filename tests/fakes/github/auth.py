"""Credentials and what they may do: apps, their tokens, classic and fine-grained personal access tokens."""

from __future__ import annotations

import base64
import binascii
import secrets
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

import jwt

from tests.fakes.github.messages import Refusal, not_found

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from tests.fakes.github.state import Account, Repository

_LEVELS = {"": 0, "none": 0, "read": 1, "write": 2, "admin": 3}
_TOKEN_LIFE = timedelta(hours=1)
_JWT_LIFE = timedelta(minutes=10)
_DRIFT = timedelta(seconds=60)


@dataclass
class Installation:
    """An app on one organisation: the most that its tokens may do, and where (None: everywhere)."""

    id: int
    owner: Account
    permissions: dict[str, str]
    repositories: frozenset[int] | None = None
    is_suspended: bool = False


@dataclass
class App:
    """A GitHub App; requests it signs are checked against `public_pem`."""

    id: int
    slug: str
    client_id: str
    public_pem: str
    permissions: dict[str, str]
    bot: Account
    owner: Account
    installations: dict[int, Installation] = field(default_factory=dict)


@dataclass
class Token:
    """A credential that was issued. `scopes` is for classic tokens alone, `permissions` for the others."""

    value: str
    kind: str
    account: Account
    owner: Account | None = None
    permissions: dict[str, str] = field(default_factory=dict)
    scopes: tuple[str, ...] | None = None
    repositories: frozenset[int] | None = None
    expires_at: datetime | None = None
    installation: Installation | None = None
    app: App | None = None

    def sees(self, repository: Repository) -> bool:
        """Whether the repository exists for whoever holds this token."""
        if self.app is not None and self.installation is None:
            return False
        if repository.visibility == "public":
            return True
        if self.scopes is not None:
            return "repo" in self.scopes and _is_member(self.account, repository)
        if self.owner is not None and self.owner.id != repository.owner.id:
            return False
        return self.repositories is None or repository.id in self.repositories

    def may(self, permission: str, level: str, repository: Repository | None) -> bool:
        """Whether this token holds a permission of at least a level, on a repository if one is named."""
        if self.scopes is not None:
            return self._classic_may(permission, level, repository)
        if repository is not None and (
            (self.owner is not None and self.owner.id != repository.owner.id)
            or (self.repositories is not None and repository.id not in self.repositories)
        ):
            return level == "read" and repository.visibility == "public"
        held = "read" if permission == "metadata" else self.permissions.get(permission, "")
        if level == "read" and repository is not None and repository.visibility == "public":
            return True
        return _LEVELS[held] >= _LEVELS[level]

    def _classic_may(self, permission: str, level: str, repository: Repository | None) -> bool:
        scopes = self.scopes or ()
        if repository is None:
            return permission != "members" or bool({"read:org", "write:org", "admin:org"} & {*scopes})
        is_open = repository.visibility == "public"
        if level == "read" and is_open:
            return True
        if permission == "workflows" and "workflow" not in scopes:
            return False
        if not ("repo" in scopes or (is_open and "public_repo" in scopes)):
            return False
        role = repository.collaborators.get(self.account.login, "read")
        return level == "read" or _LEVELS[role] >= _LEVELS["write"]


class Vault:
    """Every credential there is, by its value."""

    def __init__(self) -> None:
        self.apps: dict[str, App] = {}
        self.tokens: dict[str, Token] = {}
        # All that there ever were, revoked ones included.
        self.issued: list[str] = []

    def issue(self, token: Token) -> str:
        """Make a token known, and return its value."""
        self.tokens[token.value] = token
        self.issued.append(token.value)
        return token.value

    def authenticate(self, headers: Mapping[str, str], now: datetime) -> Token | None:
        """Who asks; None for nobody. Raises `Refusal` 401 for a credential that is not good."""
        value = _credential(headers.get("authorization", ""))
        if value is None:
            return None
        if value.count(".") == 2:
            return self._app_of(value, now)
        token = self.tokens.get(value)
        if token is None or (token.expires_at is not None and token.expires_at <= now):
            raise Refusal(401, "Bad credentials")
        if token.installation is not None and token.installation.is_suspended:
            raise Refusal(403, "This installation has been suspended")
        return token

    def _app_of(self, value: str, now: datetime) -> Token:
        try:
            named = jwt.decode(value, options={"verify_signature": False}).get("iss", "")
            app = self.apps.get(str(named))
            if app is None:
                raise Refusal(404, "Integration not found")
            claims = jwt.decode(
                value,
                app.public_pem,
                algorithms=["RS256"],
                options={"require": ["iss", "exp", "iat"], "verify_exp": False, "verify_iat": False},
            )
        except jwt.PyJWTError as error:
            raise Refusal(401, "A JSON web token could not be decoded") from error
        _check_times(int(claims["iat"]), int(claims["exp"]), int(now.timestamp()))
        return Token(value, "app", app.bot, app=app)

    def installation_token(
        self,
        installation: Installation,
        app: App,
        permissions: dict[str, str],
        repositories: frozenset[int] | None,
        now: datetime,
    ) -> Token:
        """A new token, good for an hour; raises `Refusal` 422 for more than the installation has."""
        for name, level in permissions.items():
            if _LEVELS.get(level, 9) > _LEVELS[installation.permissions.get(name, "")]:
                raise Refusal(
                    422,
                    "The permissions requested are not granted to this installation.",
                )
        token = Token(
            value=f"ghs_{secrets.token_hex(18)}",
            kind="installation",
            account=app.bot,
            owner=installation.owner,
            permissions=permissions or dict(installation.permissions),
            repositories=repositories if repositories is not None else installation.repositories,
            expires_at=(now + _TOKEN_LIFE).replace(microsecond=0),
            installation=installation,
            app=app,
        )
        self.issue(token)
        return token


def _check_times(issued: int, expires: int, now: int) -> None:
    if expires <= now:
        raise Refusal(
            401,
            "'Expiration time' claim ('exp') must be a numeric value representing the future time"
            " at which the assertion expires",
        )
    if expires > now + _JWT_LIFE.total_seconds():
        raise Refusal(401, "'Expiration time' claim ('exp') is too far in the future")
    if issued > now + _DRIFT.total_seconds():
        raise Refusal(
            401,
            "'Issued at' claim ('iat') must be an Integer representing the time that the assertion"
            " was issued",
        )


def _credential(header: str) -> str | None:
    scheme, _, value = header.partition(" ")
    if scheme.lower() in {"bearer", "token"}:
        return value.strip()
    if scheme.lower() == "basic":
        try:
            return base64.b64decode(value, validate=True).decode().partition(":")[2]
        except (binascii.Error, UnicodeDecodeError) as error:
            raise Refusal(401, "Bad credentials") from error
    return None


def _is_member(account: Account, repository: Repository) -> bool:
    return account.login in repository.collaborators


def require_seen(token: Token | None, repository: Repository | None) -> Repository:
    """The repository, or 404 as if it did not exist."""
    if repository is None:
        raise not_found()
    if token is None and repository.visibility != "public":
        raise not_found()
    if token is not None and not token.sees(repository):
        raise not_found()
    return repository
