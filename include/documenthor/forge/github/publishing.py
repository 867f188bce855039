"""`GitHubPublishing`: the publisher's side of GitHub. It reads and writes by API alone.

Whatever it is told was decided on what stood there a moment ago, so every write says what it expects.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from documenthor.errors import HeadMovedError
from documenthor.forge.github import branches, comments, commits, dressing, pull_requests, pushing
from documenthor.forge.github.contents import Contents
from documenthor.forge.github.place import Place
from documenthor.forge.model import BRANCH, NewCommit, Proposal, State, Topic
from documenthor.tenants import Reviewers

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from datetime import datetime

    from documenthor.forge.discovery import Documented
    from documenthor.forge.github.api import Api
    from documenthor.forge.github.place import State as Standing
    from documenthor.forge.github.pull_requests import Found
    from documenthor.forge.model import Description
    from documenthor.tenants import Publishing


class GitHubPublishing:
    """The repositories of `organisation`; satisfies `PublishingForge`. `api` opens a repository."""

    def __init__(
        self,
        organisation: str,
        api: Callable[[str], Api],
        options: Publishing,
        clock: Callable[[], datetime],
    ) -> None:
        self._organisation, self._api, self._options, self._clock = organisation, api, options, clock
        self._contents: dict[str, Contents] = {}

    def head(self, repository: str) -> str:
        """The commit that the default branch points to."""
        return self._place(repository).state().head

    def modes(self, repository: str, commit: str, paths: Collection[str]) -> Mapping[str, str]:
        """The git modes of whatever stands at `paths` or at a folder above one."""
        return self._read(repository).modes(commit, paths)

    def read(self, repository: str, commit: str, path: str) -> bytes | None:
        """A file's bytes, or None; raises `NotAFileError` for anything but a regular file."""
        return self._read(repository).read(commit, path)

    def is_ancestor(self, repository: str, ancestor: str, descendant: str) -> bool:
        """Whether `ancestor` is in the history of `descendant`, or the same commit."""
        return commits.is_ancestor(self._place(repository), ancestor, descendant)

    def protection(self, repository: str) -> str:
        """Why the default branch takes no commit of ours, as far as that can be read; else empty."""
        return self._place(repository).state().refusal

    def documented(self, repository: str, commit: str) -> Documented | None:
        """What the newest commit of ours in the history of `commit` documents.

        A squash or rebase may have lost our trailers or GitHub's signature; then our newest merged pull
        request says it.
        """
        place = self._place(repository)
        login = place.state().login
        known = commits.newest(place, login, commit)
        merged = pull_requests.merged(pull_requests.newest(place, login))
        if merged is None or (known is not None and known.commit == merged.commit):
            return known
        if known is None:
            return merged
        return merged if commits.is_ancestor(place, known.commit, merged.commit) else known

    def proposal(self, repository: str) -> Proposal:
        """Our pull-request branch and the newest pull request from it, as they stand."""
        place = self._place(repository)
        now = place.state()
        found = pull_requests.newest(place, now.login)
        current = pull_requests.open_one(found) or next(iter(found), None)
        documented, is_merged = self._branch(place, now, found)
        is_open = current is not None and current.state is State.OPEN
        if current is not None and not current.is_ours and is_open:
            # Somebody opened a pull request from our branch; it is theirs.
            documented, is_merged = None, False
        is_edited = bool(now.tip) and documented is None and not is_merged
        number = current.pull.number if current is not None else 0
        return Proposal(
            tip=now.tip,
            documented=documented,
            is_merged=is_merged,
            is_current=not is_open or is_edited or pull_requests.mergeable(place, number),
            state=current.state if current else None,
            described=self._described(place, current, now.tip) if current else "",
            reference=current.pull.html_url if current else "",
            is_told=not (is_open and is_edited) or self._is_told(place, number, now.login),
            declined=pull_requests.declined(found),
        )

    def commit(self, repository: str, commit: NewCommit) -> str:
        """Put a commit on the default branch; raises `HeadMovedError` if it left the commit's parent."""
        place = self._place(repository)
        now = place.state()
        return branches.commit(place, now.login, now.branch, commit)

    def push(self, repository: str, commit: NewCommit, tip: str) -> str:
        """Bring our branch from `tip` to the default branch with this commit on it, and return its tip.

        Raises `HeadMovedError` if it is no longer at `tip`.
        """
        contents = self._read(repository)
        now = contents.place.state()
        if now.tip != tip:
            raise HeadMovedError(f"{BRANCH} moved since it was read")
        parent = pushing.prepare(contents, now, commit, self._clock)
        changes = pushing.missing(contents, commit, parent)
        if not changes:
            return parent
        return branches.commit(contents.place, now.login, BRANCH, NewCommit(parent, changes, commit.message))

    def describe(self, repository: str, description: Description) -> str:
        """Update the open pull request from our branch, or open one; returns where it is."""
        contents = self._read(repository)
        place, now = contents.place, contents.place.state()
        pull, is_new = pull_requests.describe(
            place, now.login, now.branch, description, draft=self._options.draft
        )
        happened = frozenset[str]() if is_new else dressing.events(place, pull.number)
        if self._options.reviewers is Reviewers.CODE_OWNERS:
            dressing.ask(contents, pull.number, now.head, description.tip, happened)
        dressing.label(place, pull.number, self._options.labels, happened)
        return pull.html_url

    def tell(self, repository: str, topic: Topic, text: str) -> None:
        """Comment on the open pull request, once for each topic."""
        place = self._place(repository)
        login = place.state().login
        current = pull_requests.open_one(pull_requests.newest(place, login))
        if current is not None:
            comments.tell(place, current.pull.number, topic, text, login, self._clock)

    def withdraw(self, repository: str, topic: Topic, text: str, tip: str) -> None:
        """Close the open pull request with a comment, and delete our branch if it still is at `tip`."""
        place = self._place(repository)
        now = place.state()
        pull_requests.withdraw(place, now, topic, text, self._clock)
        if tip:
            branches.delete(place, now.node_id, tip)

    def delete_branch(self, repository: str, tip: str) -> None:
        """Delete our branch if it still is at `tip`; raises `HeadMovedError` if it is not."""
        place = self._place(repository)
        branches.delete(place, place.state().node_id, tip)

    def _branch(self, place: Place, now: Standing, found: list[Found]) -> tuple[Documented | None, bool]:
        """What our branch documents, if all on it is ours, and whether all of it is merged."""
        if not now.tip:
            return None, False
        if pull_requests.is_merged(found, now.tip):
            return None, True
        ahead = commits.compare(place, now.head, now.tip, pages=commits.MAX_PAGES)
        if ahead is not None and ahead.status in {"behind", "identical"}:
            return None, True
        return (commits.proposed(ahead, now.login) if ahead is not None else None), False

    def _described(self, place: Place, current: Found, tip: str) -> str:
        """The tip that the pull request was written for, once it is complete: labels come last."""
        marker = current.marker
        if marker is None or marker.tip != tip:
            return ""
        labelled = {label.name for label in current.pull.labels} & set(self._options.labels)
        if labelled or not self._options.labels or current.state is not State.OPEN:
            return tip
        return tip if dressing.is_labelled(dressing.events(place, current.pull.number)) else ""

    def _is_told(self, place: Place, number: int, login: str) -> bool:
        return comments.is_told(place, number, Topic.EDITED, login)

    def _place(self, repository: str) -> Place:
        return self._read(repository).place

    def _read(self, repository: str) -> Contents:
        if repository not in self._contents:
            place = Place(self._api(repository), self._organisation, repository)
            self._contents[repository] = Contents(place)
        return self._contents[repository]
