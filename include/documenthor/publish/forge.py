"""What the publisher needs of a forge. It holds the write access and knows nothing of documentation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from documenthor.forge.discovery import Documented
    from documenthor.forge.model import Description, NewCommit, Proposal


class PublishingForge(Protocol):
    """Reads repositories at exact commits and writes one commit at a time, all of it or nothing."""

    def head(self, repository: str) -> str:
        """The commit that the default branch points to."""

    def modes(self, repository: str, commit: str) -> Mapping[str, str]:
        """Every path of a commit with its git mode (`100644`, `120000`, ...); folders are no paths."""

    def read(self, repository: str, commit: str, path: str) -> bytes | None:
        """A file's bytes, or None; raises `NotAFileError` for anything but a regular file."""

    def documented(self, repository: str, commit: str) -> Documented | None:
        """What the newest commit of ours in the history of `commit` documents."""

    def is_ancestor(self, repository: str, ancestor: str, descendant: str) -> bool:
        """Whether `ancestor` is in the history of `descendant`, or the same commit."""

    def commit(self, repository: str, commit: NewCommit) -> str:
        """Put a commit on the default branch; raises `HeadMovedError` if it left the commit's parent."""

    def proposal(self, repository: str) -> Proposal:
        """Our pull-request branch and the newest pull request from it, as they stand."""

    def push(self, repository: str, commit: NewCommit, tip: str) -> str:
        """Make our branch this one commit; raises `HeadMovedError` if it is no longer at `tip`."""

    def describe(self, repository: str, description: Description) -> str:
        """Update the open pull request from our branch, or open one; returns where it is."""
