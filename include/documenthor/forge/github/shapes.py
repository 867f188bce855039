"""GitHub's answers as far as the publisher reads them; what does not fit is a broken answer.

Logins are REST's, where an app's bot ends in `[bot]`; GraphQL spells some of them without it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Oid = Annotated[str, Field(pattern=r"^(?:[0-9a-f]{40}|[0-9a-f]{64})$")]


class _Shape(BaseModel):
    model_config = ConfigDict(frozen=True)


class Account(_Shape):
    """A user, a bot or an organisation; empty for an address that belongs to nobody."""

    login: str = ""


class Verification(_Shape):
    """Whether GitHub could verify a commit's signature."""

    verified: bool = False


class Named(_Shape):
    """A label or a team."""

    name: str = ""
    slug: str = ""


class CommitText(_Shape):
    """What git knows of a commit."""

    message: str
    verification: Verification = Verification()


class Pointer(_Shape):
    """A commit by its name."""

    sha: Oid


class File(_Shape):
    """A file that differs."""

    filename: str
    status: str
    previous_filename: str = ""


class Commit(_Shape):
    """A commit; `files` only where one commit was asked for."""

    sha: Oid
    commit: CommitText
    author: Account | None = None
    committer: Account | None = None
    parents: tuple[Pointer, ...] = ()
    files: tuple[File, ...] = ()


class Comparison(_Shape):
    """How a head stands to a base: `commits` are the head's alone, `files` differ from their merge base."""

    status: Literal["ahead", "behind", "identical", "diverged"]
    total_commits: int
    commits: tuple[Commit, ...] = ()
    files: tuple[File, ...] = ()


class Fork(_Shape):
    """The repository that a branch lies in."""

    full_name: str


class Side(_Shape):
    """A pull request's head; `repo` is None when its fork is gone."""

    ref: str
    sha: Oid
    repo: Fork | None = None


class Pull(_Shape):
    """A pull request; `mergeable` is None where GitHub has not found out, and in lists."""

    number: int
    state: Literal["open", "closed"]
    title: str
    body: str | None = None
    user: Account | None = None
    html_url: str
    head: Side
    merged_at: datetime | None = None
    mergeable: bool | None = None
    labels: tuple[Named, ...] = ()
    requested_reviewers: tuple[Account, ...] = ()
    requested_teams: tuple[Named, ...] = ()


class Entry(_Shape):
    """An entry of one folder; `size` in bytes is a file's."""

    path: str
    mode: str
    sha: Oid
    size: int = 0


class Tree(_Shape):
    """One folder."""

    tree: tuple[Entry, ...]
    truncated: bool = False


class Blob(_Shape):
    """A file's bytes in base64."""

    content: str
    encoding: Literal["base64"]


class Comment(_Shape):
    """A comment on a pull request."""

    body: str | None = None
    user: Account | None = None


class Event(_Shape):
    """Something that happened to a pull request, such as `labeled`."""

    event: str = ""


class Ref(_Shape):
    """A branch."""

    object: Pointer
