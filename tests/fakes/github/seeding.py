"""Filling the fake: organisations, users, repositories, commits."""

from __future__ import annotations

import subprocess
from itertools import count
from typing import TYPE_CHECKING, Any

from tests.fakes.github.state import Account, Pull, Repository
from tests.fakes.github.store import FILE, Store

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from pathlib import Path

_DEFAULT_FILES = {"README.md": b"# A repository\n"}


class Seeding:
    """What a test sets up and does as a person would; nothing here is limited, counted or refused."""

    def __init__(self, root: Path, clock: Callable[[], datetime]) -> None:
        self.root, self.clock = root, clock
        self.accounts: dict[str, Account] = {}
        self.repositories: dict[str, Repository] = {}
        self.by_node: dict[str, Repository | tuple[Repository, Pull]] = {}
        self.numbers = count(1001)

    def shut(self) -> None:
        """Close every repository's files."""
        for repository in self.repositories.values():
            repository.store.close()

    # -- accounts

    def organisation(self, login: str) -> Account:
        """The organisation of this name, made if need be."""
        return self._account(login, "Organization")

    def user(self, login: str) -> Account:
        """The user of this name, made if need be."""
        return self._account(login, "User")

    def next_id(self) -> int:
        """A number that nothing else has."""
        return next(self.numbers)

    def _account(self, login: str, kind: str) -> Account:
        key = login.lower()
        if key not in self.accounts:
            self.accounts[key] = Account(self.next_id(), login, kind)
        return self.accounts[key]

    # -- repositories

    def find(self, owner: str, name: str) -> Repository | None:
        """A repository whatever the case its name is written in, or None."""
        return self.repositories.get(f"{owner}/{name}".lower())

    def repository(
        self,
        full_name: str,
        files: Mapping[str, bytes] | None = None,
        *,
        default_branch: str = "main",
        **facts: Any,  # noqa: ANN401 - the fields of `Repository`
    ) -> Repository:
        """A new repository with one commit of `files` (`{}`: an empty one) and the facts given."""
        owner, _, name = full_name.partition("/")
        now = self.clock()
        known: dict[str, Any] = {
            "id": self.next_id(),
            "owner": self.organisation(owner),
            "name": name,
            "store": Store.new(self.root / owner / f"{name}.git", default_branch),
            "created_at": now,
            "pushed_at": now,
            "default_branch": default_branch,
        }
        repository = Repository(**(known | facts))
        self.repositories[full_name.lower()] = repository
        self.by_node[repository.node_id] = repository
        contents = _DEFAULT_FILES if files is None else files
        if contents:
            self.commit(repository, contents, message="Start", when=repository.pushed_at)
        return repository

    def adopt(self, full_name: str, source: Path) -> Repository:
        """A repository with the default branch of one on disk, or that brought forward if it is known."""
        owner, _, name = full_name.partition("/")
        head = _git(source, "symbolic-ref", "--short", "HEAD").strip()
        found = self.find(owner, name) or self.repository(full_name, {}, default_branch=head)
        branch = f"refs/heads/{head}"
        # Without a branch to write to at first: ours may be ahead by what was merged here.
        _git(found.store.path, "fetch", "--quiet", str(source), branch)
        tip, here = _git(source, "rev-parse", branch).strip(), found.store.ref(branch)
        if here and found.store.is_ancestor(tip, here):
            return found
        # Without a plus it is refused where it would lose what was merged here.
        _git(found.store.path, "fetch", "--quiet", str(source), f"{branch}:{branch}")
        found.pushed_at = self.clock()
        return found

    def commit(
        self,
        repository: Repository,
        files: Mapping[str, bytes | None],
        *,
        branch: str = "",
        message: str = "Change",
        author: str = "Ada <ada@example.org>",
        when: datetime | None = None,
    ) -> str:
        """Commit as a person who pushes; None takes a file away. The branch starts at the default one."""
        branch = branch or repository.default_branch
        store, ref = repository.store, f"refs/heads/{branch}"
        parent = store.ref(ref) or store.ref(f"refs/heads/{repository.default_branch}")
        changes = {
            path: None if content is None else (FILE, store.add_blob(content))
            for path, content in files.items()
        }
        tree = store.change_tree(store.tree_of(parent) if parent else "", changes)
        at = when or self.clock()
        oid = store.add_commit(tree, [parent] if parent else [], message, author, at)
        self.move(repository, ref, oid)
        repository.pushed_at = max(repository.pushed_at, at)
        return oid

    def move(self, repository: Repository, ref: str, oid: str, lag: int = 0) -> None:
        """Point a ref elsewhere (empty: delete it), and let open pull requests follow."""
        before = repository.store.ref(ref)
        if oid:
            repository.store.set_ref(ref, oid)
        elif before:
            repository.store.delete_ref(ref)
        if lag:
            repository.stale[ref] = (before, lag)
        branch = ref.removeprefix("refs/heads/")
        for pull in repository.pulls.values():
            if pull.state == "open" and pull.head == branch:
                self._follow(repository, pull, oid)

    def _follow(self, repository: Repository, pull: Pull, oid: str) -> None:
        if oid:
            pull.head_oid = oid
            repository.store.set_ref(f"refs/pull/{pull.number}/head", oid)
        else:
            pull.close(self.clock())


def _git(folder: Path, *arguments: str) -> str:
    command = ["git", "-C", str(folder), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout
