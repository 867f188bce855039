"""What a forge is told to write and what it says it holds, the same for every kind of forge."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

# The one branch that our pull requests come from, so that each run finds the same pull request again.
from docgen.contract import BRANCH as BRANCH

if TYPE_CHECKING:
    from documenthor.forge.discovery import Documented


@dataclass(frozen=True, slots=True)
class Change:
    """The whole new content of one file, None to delete it. `is_new` says whether the file is added."""

    path: str
    content: bytes | None
    is_new: bool


@dataclass(frozen=True, slots=True)
class NewCommit:
    """A commit to make on top of `parent`."""

    parent: str
    changes: tuple[Change, ...]
    message: str


@dataclass(frozen=True, slots=True)
class Loan:
    """A token for somebody else, empty where none is needed.

    Whoever used it ends it by sending DELETE with it to `revoke_at`; where that is empty it cannot be ended.
    """

    token: str = field(default="", repr=False)
    revoke_at: str = ""


class State(StrEnum):
    """A pull request's state. `closed` is a person's no; `withdrawn` is one that we closed ourselves."""

    OPEN = "open"
    MERGED = "merged"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Description:
    """What a pull request says, and what it proposes: `documentation` digests the blocks.

    `tip` is the commit of our branch that it describes, `documented` what that commit documents.
    """

    title: str
    body: str
    documentation: str
    tip: str
    documented: Documented


class Topic(StrEnum):
    """What we comment on, each of them once on a pull request."""

    EDITED = "edited"
    NOTHING_LEFT = "nothing_left"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class Proposal:
    """Our pull-request branch and the newest pull request opened from it.

    `tip` is empty when the branch is gone. `documented` is None when a commit on it is not ours: then a
    person works on the branch, unless `is_merged`. `is_current` is false when the branch has to be brought
    up to the default branch. `state` is None before a pull request exists, `described` is the tip that it
    was last written for, `is_told` says that it has our comment about a person's commits. `declined` holds
    the digests of the documentation that people closed; an empty one among them declines everything.
    """

    tip: str
    documented: Documented | None
    is_merged: bool
    is_current: bool = True
    state: State | None = None
    described: str = ""
    reference: str = ""
    is_told: bool = True
    declined: frozenset[str] = frozenset()
