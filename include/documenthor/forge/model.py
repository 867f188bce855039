"""What a forge is told to write and what it says it holds, the same for every kind of forge."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from documenthor.forge.discovery import Documented

# The one branch that our pull requests come from, so that each run finds the same pull request again.
BRANCH = "documenthor/docs"


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


class State(StrEnum):
    """A pull request's state. A person may set `closed`; then it stays closed."""

    OPEN = "open"
    MERGED = "merged"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Description:
    """What a pull request says. `documentation` digests the blocks that it proposes."""

    title: str
    body: str
    documentation: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """Our pull-request branch and the newest pull request opened from it.

    `tip` is empty when the branch is gone. `documented` is None when the tip is no commit of ours:
    then a person works on the branch, unless `is_merged`. `state` is None before a pull request exists,
    `described` is the tip that it was last written for.
    """

    tip: str
    parent: str
    documented: Documented | None
    is_merged: bool
    state: State | None = None
    described: str = ""
    reference: str = ""
    documentation: str = ""
