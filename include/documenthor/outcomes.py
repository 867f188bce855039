"""`Outcome`: the one typed end state of a repository."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """How the work on a repository ended."""

    COMMITTED = "committed"
    PULL_REQUEST = "pull_request"
    UNCHANGED = "unchanged"
    SKIPPED = "skipped"
    REJECTED = "rejected"
    FAILED = "failed"


class Fate(StrEnum):
    """What became of a pull request of ours, as it was when we last looked."""

    OPEN = "open"
    EDITED = "edited"
    MERGED = "merged"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Seen:
    """A pull request that was there before we did anything, and what had become of it."""

    reference: str
    fate: Fate


@dataclass(frozen=True, slots=True)
class Outcome:
    """A kind, the typed word in its brackets (`skipped(empty)`) and what a person wants to know.

    `message` says in a sentence what happened or what to do; `commit` is what was written;
    `reference` is where to look (a pull request's address); `pages` are the paths it changed.
    `seen` is what was read back of the newest pull request.
    """

    kind: Kind
    reason: str = ""
    message: str = ""
    commit: str = ""
    reference: str = ""
    pages: tuple[str, ...] = field(default=())
    seen: Seen | None = None

    def __str__(self) -> str:
        return f"{self.kind}({self.reason})" if self.reason else str(self.kind)


def skipped(reason: str, message: str = "") -> Outcome:
    """Nothing was done, for `reason`."""
    return Outcome(Kind.SKIPPED, reason, message)


def rejected(gate: str, finding: str) -> Outcome:
    """`gate` did not hold, so nothing was published."""
    return Outcome(Kind.REJECTED, gate, finding)


def failed(stage: str, message: str) -> Outcome:
    """`stage` broke; a retry may help."""
    return Outcome(Kind.FAILED, stage, message)
