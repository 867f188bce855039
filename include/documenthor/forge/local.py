"""`LocalForge`: a folder of git repositories, bare or plain.

Only branches are written, by plumbing and by compare-and-swap, so a killed run leaves nothing half done.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from documenthor.errors import ForgeError, HeadMovedError, RecordError, UnknownRepositoryError
from documenthor.forge import checkouts, folder, history, records, trees
from documenthor.forge.discovery import Repository, Unfit, not_there_yet, ref_elsewhere, ref_not_found
from documenthor.forge.filters import Traits
from documenthor.forge.model import BRANCH, Loan, Proposal, State, Topic
from documenthor.outcomes import failed, skipped

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from documenthor.forge.discovery import Documented
    from documenthor.forge.git import Git
    from documenthor.forge.model import Description, NewCommit
    from documenthor.outcomes import Outcome


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class LocalForge:
    """The repositories in the folder `root`; satisfies `Discovery` and `PublishingForge`."""

    root: Path
    clock: Callable[[], datetime] = field(default=_now)

    def is_reachable(self) -> bool:
        """Whether the forge answers at all."""
        return self.root.is_dir()

    def discover(self, names: Sequence[str] | None) -> list[Repository | Unfit]:
        """`names` in the order given, or for None the whole forge, sorted by name."""
        if not self.root.is_dir():
            raise ForgeError(f"the forge's folder {self.root} does not exist; create it")
        return [self._find(name) for name in (folder.names(self.root) if names is None else names)]

    def clone_token(self, repository: str) -> AbstractContextManager[str]:
        """Nobody asks for one here."""
        del repository
        return contextlib.nullcontext("")

    def hand_out_token(self, repository: str) -> Loan:
        """Nobody asks for one here."""
        del repository
        return Loan()

    def take_back(self, loan: Loan) -> None:
        """Nothing was lent."""

    def pin(self, repository: Repository, ref: str) -> Repository | Unfit:
        """`repository` at the commit that `ref` names: a branch, else a tag, else a whole commit id."""
        git = self._git(repository.name)
        found = folder.commit_of(git, ref)
        if not found:
            return ref_not_found(repository, ref)
        if not history.is_ancestor(git, found, repository.head):
            return ref_elsewhere(repository, ref)
        if found == repository.head:
            return repository
        return replace(repository, head=found, documented=history.covers(git, found), proposed=None)

    def before(self, repository: Repository, moment: datetime) -> Repository | Unfit:
        """`repository` at the last commit that its default branch held before `moment`."""
        git = self._git(repository.name)
        found = history.last_before(git, repository.head, moment)
        if not found:
            return not_there_yet(repository, moment)
        if found == repository.head:
            return repository
        return replace(repository, head=found, documented=history.covers(git, found), proposed=None)

    def head(self, repository: str) -> str:
        """The commit that the default branch points to."""
        git = self._git(repository)
        return git.resolve(f"refs/heads/{_branch(git)}")

    def modes(self, repository: str, commit: str, paths: Collection[str]) -> Mapping[str, str]:
        """The git modes of whatever stands at `paths` or at a folder above one."""
        return trees.modes(self._git(repository), commit, paths)

    def read(self, repository: str, commit: str, path: str) -> bytes | None:
        """A file's bytes, or None; raises `NotAFileError` for anything but a regular file."""
        return trees.read(self._git(repository), commit, path)

    def documented(self, repository: str, commit: str) -> Documented | None:
        """What the newest commit of ours in the history of `commit` documents."""
        return history.newest(self._git(repository), commit)

    def is_ancestor(self, repository: str, ancestor: str, descendant: str) -> bool:
        """Whether `ancestor` is in the history of `descendant`, or the same commit."""
        return history.is_ancestor(self._git(repository), ancestor, descendant)

    def protection(self, repository: str) -> str:  # noqa: ARG002 - the protocol's signature
        """Nothing is protected in a folder."""
        return ""

    def commit(self, repository: str, commit: NewCommit) -> str:
        """Put a commit on the default branch; raises `HeadMovedError` if it left the commit's parent."""
        git = self._git(repository)
        branch = _branch(git)
        here = checkouts.is_checked_out_here(git, branch)
        if git.resolve(f"refs/heads/{branch}") != commit.parent:
            raise HeadMovedError(f"branch {branch} moved since it was read")
        if here:
            checkouts.require_clean(git, commit.parent)
        new = trees.write(git, commit, self.clock())
        if here:
            checkouts.require_room(git, commit.parent, new)
        trees.advance(git, branch, new, expected=commit.parent)
        if here:
            checkouts.follow(git, commit.parent, new)
        return new

    def proposal(self, repository: str) -> Proposal:
        """Our pull-request branch and the newest pull request from it, as they stand."""
        git = self._git(repository)
        tip = git.resolve(f"refs/heads/{BRANCH}")
        record = records.newest(self.root, repository)
        head = git.resolve(f"refs/heads/{_branch(git)}")
        return Proposal(
            tip=tip,
            documented=history.ours(git, tip) if tip else None,
            is_merged=bool(tip) and history.is_merged(git, tip, head),
            # The branch is always one commit on the head of the default branch.
            is_current=bool(tip) and history.parent(git, tip) == head,
            state=record.state if record else None,
            described=record.commit if record else "",
            reference=self._reference(record) if record else "",
            is_told=record is None or Topic.EDITED in record.comments,
            declined=records.declined(self.root, repository),
        )

    def push(self, repository: str, commit: NewCommit, tip: str) -> str:
        """Make our branch this one commit; raises `HeadMovedError` if it is no longer at `tip`."""
        git = self._git(repository)
        checkouts.refuse_checked_out(git, BRANCH)
        new = trees.write(git, commit, self.clock())
        trees.advance(git, BRANCH, new, expected=tip)
        return new

    def describe(self, repository: str, description: Description) -> str:
        """Update the open pull request from our branch, or open one; returns where it is."""
        git = self._git(repository)
        with records.locked(self.root, repository):
            newest, now = self._noticed(repository, git), self.clock()
            is_open = newest is not None and newest.state is State.OPEN
            record = records.PullRequest(
                repository=repository,
                number=1 if newest is None else newest.number + (not is_open),
                state=State.OPEN,
                title=description.title,
                body=description.body,
                documentation=description.documentation,
                head=BRANCH,
                base=_branch(git),
                commit=description.tip,
                created_at=newest.created_at if newest is not None and is_open else now,
                updated_at=now,
            )
            records.save(self.root, record)
        return self._reference(record)

    def tell(self, repository: str, topic: Topic, text: str) -> None:
        """Comment on the newest pull request, once for each topic."""
        self._comment(repository, topic, text)

    def withdraw(self, repository: str, topic: Topic, text: str, tip: str) -> None:
        """Close the open pull request with a comment, and delete our branch if it still is at `tip`."""
        git = self._git(repository)
        checkouts.refuse_checked_out(git, BRANCH)
        self._comment(repository, topic, text, closes=True)
        if tip:
            trees.delete(git, BRANCH, expected=tip)

    def delete_branch(self, repository: str, tip: str) -> None:
        """Delete our branch if it still is at `tip`; raises `HeadMovedError` if it is not."""
        git = self._git(repository)
        checkouts.refuse_checked_out(git, BRANCH)
        trees.delete(git, BRANCH, expected=tip)

    def _comment(self, repository: str, topic: Topic, text: str, *, closes: bool = False) -> None:
        with records.locked(self.root, repository):
            newest = self._noticed(repository, self._git(repository))
            if newest is None or newest.state is not State.OPEN:
                return
            comments = {topic: text} | newest.comments
            state = State.WITHDRAWN if closes else newest.state
            change = {"comments": comments, "state": state, "updated_at": self.clock()}
            records.save(self.root, newest.model_copy(update=change))

    def _find(self, name: str) -> Repository | Unfit:
        try:
            return self._describe(name, self._git(name))
        except UnknownRepositoryError as error:
            return Unfit(name, skipped("not_found", f"{error}; check the name"))
        except ForgeError as error:
            return Unfit(name, failed("plan", str(error)))

    def _describe(self, name: str, git: Git) -> Repository | Unfit:
        branch = folder.default_branch(git)
        if not branch:
            return Unfit(name, _without_branch(git))
        head = git.resolve(f"refs/heads/{branch}")
        self._notice_merge(name, git)
        tip = git.resolve(f"refs/heads/{BRANCH}")
        proposed = history.ours(git, tip) if tip else None
        return Repository(
            name=name,
            url=str(git.work_tree or git.folder),
            branch=branch,
            head=head,
            documented=history.covers(git, head),
            proposed=proposed if proposed is not None and proposed.commit == head else None,
            traits=Traits(name, pushed_at=history.committed_at(git, head)),
        )

    def _notice_merge(self, name: str, git: Git) -> None:
        # Planning needs no record; whoever publishes says what is wrong with it.
        with contextlib.suppress(RecordError):
            if records.newest(self.root, name) is not None:
                with records.locked(self.root, name):
                    self._noticed(name, git)

    def _noticed(self, repository: str, git: Git) -> records.PullRequest | None:
        """The newest pull request; an open one that somebody merged is marked so, as nobody else does."""
        newest = records.newest(self.root, repository)
        if newest is None or newest.state is not State.OPEN:
            return newest
        if not history.is_merged(git, newest.commit, f"refs/heads/{_branch(git)}"):
            return newest
        merged = newest.model_copy(update={"state": State.MERGED, "updated_at": self.clock()})
        records.save(self.root, merged)
        return merged

    def _git(self, repository: str) -> Git:
        return folder.locate(self.root, repository)

    def _reference(self, record: records.PullRequest) -> str:
        return str(records.path_of(self.root, record.repository, record.number))


def _branch(git: Git) -> str:
    branch = folder.default_branch(git)
    if not branch:
        raise ForgeError(f"{git.folder} has no default branch any more")
    return branch


def _without_branch(git: Git) -> Outcome:
    if git.text("for-each-ref", "--count=1", "refs/heads/"):
        return skipped("no_default_branch", "point HEAD at a branch, or name one main or master")
    return skipped("empty", "there is no commit yet; push one")
