"""What there is before the first step, and the credentials that steps name."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import jwt
from documenthor import tokens
from documenthor.tokens import rsa

from tests.fakes.github import Answer, FakeGitHub, Protection, Request
from tests.fakes.github.store import LINK

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.fakes.github import Installation

_PERMISSIONS = {"contents": "write", "pull_requests": "write"}


class Breakable(FakeGitHub):
    """The fake, but for an answer that a test puts in place of it."""

    instead: Answer | None = None

    def handle(self, request: Request) -> Answer:
        """The answer that was put in place, or the fake's own."""
        return self.instead or super().handle(request)


@dataclass
class World:
    """The fake, filled, and what was answered so far by the steps' names."""

    fake: Breakable
    installation: Installation
    credentials: dict[str, Callable[[], str]]
    main: str
    guarded: str
    answers: dict[str, Any] = field(default_factory=dict)

    def seen(self, name: str) -> Any:  # noqa: ANN401 - any JSON
        """What a step was answered."""
        return self.answers[name]


def build(root: Path) -> World:
    """An organisation with a repository of each kind that the steps ask for."""
    fake = Breakable(root)
    pem = tokens.generate().pem
    app = fake.app("documenthor", rsa.public_pem(rsa.private_key(pem).public_key()), _PERMISSIONS)
    installation = fake.install(app, "octo")
    main = _engine(fake)
    guarded = _others(fake)
    written = fake.vault.installation_token(installation, app, {}, None, fake.clock()).value
    classic = fake.classic_token("ada")
    for repository in fake.repositories.values():
        repository.collaborators["ada"] = "write"
    admin = fake.fine_grained_token("ada", "octo", {"administration": "read"})

    def signed() -> str:
        now = datetime.now(UTC)
        claims = {"iss": str(app.id), "iat": now - timedelta(seconds=30), "exp": now + timedelta(minutes=5)}
        return jwt.encode(claims, pem, algorithm="RS256")

    credentials = {
        "app": signed,
        "write": lambda: written,
        "classic": lambda: classic,
        "admin": lambda: admin,
    }
    return World(fake, installation, credentials, main, guarded)


def _engine(fake: Breakable) -> str:
    engine = fake.repository("octo/engine", {"README.md": b"# Engine\n"}, language="Python", topics=["db"])
    engine.collaborators["ada"] = "write"
    engine.teams.append("docs")
    store = engine.store
    tree = store.change_tree(
        store.tree_of(store.ref("refs/heads/main")), {"link": (LINK, store.add_blob(b"README.md"))}
    )
    main = store.add_commit(
        tree, [store.ref("refs/heads/main")], "Link", "Ada <ada@example.org>", fake.clock()
    )
    fake.move(engine, "refs/heads/main", main)
    fake.commit(engine, {"other.py": b"pass\n"}, branch="feature")
    fake.commit(engine, {"docs/b.md": b"mine\n"}, branch="clash")
    return main


def _others(fake: Breakable) -> str:
    fake.repository("octo/empty", {})
    fake.repository("octo/archived", is_archived=True)
    fake.repository("octo/classic").protections["main"] = Protection(is_ruleset=False)
    guarded = fake.repository("octo/guarded")
    guarded.protections["main"] = Protection(required_checks=("ci",), requires_signatures=True)
    merged = fake.repository("octo/merged")
    fake.commit(merged, {"a.md": b"a\n"}, branch="topic")
    fake.open(merged, "topic")
    fake.merge(merged, 1, "squash")
    return fake.commit(guarded, {"x.py": b"x\n"}, branch="ahead")
