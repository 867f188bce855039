"""What the fake remembers: accounts, repositories, pull requests, comments, labels, rules."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from tests.fakes.github.store import Store


def node_id(prefix: str, number: int) -> str:
    """An opaque global id of the shape that GitHub's have."""
    return f"{prefix}_kgDO{base64.urlsafe_b64encode(number.to_bytes(6, 'big')).decode().rstrip('=')}"


@dataclass(frozen=True)
class Account:
    """A user, an organisation or the bot of an app."""

    id: int
    login: str
    kind: str = "User"

    @property
    def node_id(self) -> str:
        """The global id."""
        return node_id({"User": "U", "Organization": "O", "Bot": "BOT"}[self.kind], self.id)

    @property
    def signature(self) -> str:
        """Who authored a commit made through the API: `Name <address>`."""
        return f"{self.login} <{self.id}+{self.login}@users.noreply.github.com>"


@dataclass
class Label:
    """A label of a repository."""

    id: int
    name: str
    color: str = "ededed"
    description: str = ""


@dataclass
class Comment:
    """A comment on a pull request."""

    id: int
    author: Account
    body: str
    created_at: datetime


@dataclass
class Pull:
    """A pull request. `hidden` is for how many more reads it cannot be seen (eventual consistency)."""

    id: int
    number: int
    author: Account
    title: str
    body: str
    head: str
    base: str
    head_oid: str
    base_oid: str
    created_at: datetime
    updated_at: datetime
    is_draft: bool = False
    state: str = "open"
    merged_at: datetime | None = None
    closed_at: datetime | None = None
    merge_oid: str = ""
    merged_by: Account | None = None
    labels: list[str] = field(default_factory=list)
    reviewers: list[str] = field(default_factory=list)
    teams: list[str] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    # What happened to it, as its events say: `labeled`, `review_requested`.
    events: list[str] = field(default_factory=list)
    hidden: int = 0

    @property
    def node_id(self) -> str:
        """The global id."""
        return node_id("PR", self.id)

    def close(self, at: datetime) -> None:
        """It is open no more."""
        self.state, self.closed_at, self.updated_at = "closed", at, at


@dataclass(frozen=True)
class Protection:
    """A rule on a branch: changes only by pull request, optionally signed, but for those that bypass it."""

    requires_pull_request: bool = True
    requires_signatures: bool = False
    required_checks: tuple[str, ...] = ()
    blocks_creation: bool = False
    is_ruleset: bool = True
    bypass: frozenset[str] = frozenset()


@dataclass
class Repository:
    """A repository; sizes are KiB as GitHub counts them."""

    id: int
    owner: Account
    name: str
    store: Store
    created_at: datetime
    pushed_at: datetime
    visibility: str = "private"
    description: str = ""
    language: str | None = None
    languages: dict[str, int] = field(default_factory=dict)
    topics: list[str] = field(default_factory=list)
    size: int = 1
    is_archived: bool = False
    is_disabled: bool = False
    is_fork: bool = False
    is_mirror: bool = False
    is_template: bool = False
    default_branch: str = "main"
    collaborators: dict[str, str] = field(default_factory=dict)
    teams: list[str] = field(default_factory=list)
    labels: dict[str, Label] = field(default_factory=dict)
    pulls: dict[int, Pull] = field(default_factory=dict)
    protections: dict[str, Protection] = field(default_factory=dict)
    # ref -> (what it was before, for how many more reads that is what is answered)
    stale: dict[str, tuple[str, int]] = field(default_factory=dict)

    @property
    def node_id(self) -> str:
        """The global id."""
        return node_id("R", self.id)

    @property
    def full_name(self) -> str:
        """`OWNER/NAME`."""
        return f"{self.owner.login}/{self.name}"

    @property
    def head(self) -> str:
        """The commit that the default branch is at; empty if there is none."""
        return self.store.ref(f"refs/heads/{self.default_branch}")

    @property
    def is_empty(self) -> bool:
        """Whether nothing was ever pushed."""
        return not self.store.refs()

    def read_ref(self, name: str) -> str:
        """A ref as a read sees it, which after a write may for a while be as before."""
        if name in self.stale:
            before, reads = self.stale.pop(name)
            if reads > 1:
                self.stale[name] = (before, reads - 1)
            return before
        return self.store.ref(name)

    def read_pull(self, pull: Pull) -> Pull | None:
        """A pull request as a read sees it, which after its creation may for a while be nothing."""
        if pull.hidden:
            pull.hidden -= 1
            return None
        return pull
