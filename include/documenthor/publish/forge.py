"""What the publisher needs of a forge. It holds the write access and knows nothing of documentation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from documenthor.forge.discovery import Documented
    from documenthor.forge.model import Description, NewCommit, Proposal, Topic


class PublishingForge(Protocol):
    """Reads repositories at exact commits and writes one commit at a time, all of it or nothing."""

    def head(self, repository: str) -> str:
        """The commit that the default branch points to."""

    def modes(self, repository: str, commit: str, paths: Collection[str]) -> Mapping[str, str]:
        """The git modes (`100644`, `040000`, ...) of whatever stands at `paths` or at a folder above one.

        Of a name that differs from one of those in case alone, the mode as well.
        """

    def read(self, repository: str, commit: str, path: str) -> bytes | None:
        """A file's bytes, or None; raises `NotAFileError` for anything but a regular file."""

    def documented(self, repository: str, commit: str) -> Documented | None:
        """What the newest commit of ours in the history of `commit` documents."""

    def is_ancestor(self, repository: str, ancestor: str, descendant: str) -> bool:
        """Whether `ancestor` is in the history of `descendant`, or the same commit."""

    def protection(self, repository: str) -> str:
        """Why the default branch takes no commit of ours, as far as that can be read; else empty."""

    def commit(self, repository: str, commit: NewCommit) -> str:
        """Put a commit on the default branch; raises `HeadMovedError` if it left the commit's parent."""

    def proposal(self, repository: str) -> Proposal:
        """Our pull-request branch and the newest pull request from it, as they stand."""

    def push(self, repository: str, commit: NewCommit, tip: str) -> str:
        """Make our branch this one commit; raises `HeadMovedError` if it is no longer at `tip`."""

    def describe(self, repository: str, description: Description) -> str:
        """Update the open pull request from our branch, or open one; returns where it is."""

    def tell(self, repository: str, topic: Topic, text: str) -> None:
        """Comment on the open pull request, once for each topic, whoever asks how often."""

    def withdraw(self, repository: str, topic: Topic, text: str, tip: str) -> None:
        """Close the open pull request with a comment, and delete our branch if it still is at `tip`."""
