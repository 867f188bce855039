"""Filling the fake: organisations, users, repositories, commits, apps and tokens; what people do."""

from __future__ import annotations

import secrets
import subprocess
from datetime import timedelta
from itertools import count
from typing import TYPE_CHECKING, Any

from tests.fakes.github.auth import App, Installation, Token
from tests.fakes.github.render import SIGNATURE
from tests.fakes.github.state import Account, Comment, Label, Pull, Repository
from tests.fakes.github.store import FILE, Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime
    from pathlib import Path

    from tests.fakes.github.auth import Vault

_DEFAULT_FILES = {"README.md": b"# A repository\n"}


class Seeding:
    """What a test sets up and does as a person would; nothing here is limited, counted or refused."""

    vault: Vault

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
            self.close(repository, pull.number)

    # -- what people do with pull requests

    def open(
        self,
        repository: Repository,
        head: str,
        base: str = "",
        by: Account | str = "maintainer",
        **facts: Any,  # noqa: ANN401 - the fields of `Pull`
    ) -> Pull:
        """Open a pull request of two branches that are there, whatever else is open."""
        base, now = base or repository.default_branch, self.clock()
        tips = {name: repository.store.ref(f"refs/heads/{name}") for name in (head, base)}
        known: dict[str, Any] = {
            "id": self.next_id(),
            "number": max(repository.pulls, default=0) + 1,
            "author": self.user(by) if isinstance(by, str) else by,
            "title": "A change",
            "body": "",
            "head": head,
            "base": base,
            "head_oid": tips[head],
            "base_oid": tips[base],
            "created_at": now,
            "updated_at": now,
        }
        pull = Pull(**(known | facts))
        repository.pulls[pull.number] = pull
        self.by_node[pull.node_id] = (repository, pull)
        repository.store.set_ref(f"refs/pull/{pull.number}/head", pull.head_oid)
        return pull

    def close(self, repository: Repository, number: int) -> None:
        """Close a pull request without merging it."""
        pull = repository.pulls[number]
        pull.state, pull.closed_at, pull.updated_at = "closed", self.clock(), self.clock()

    def merge(
        self, repository: Repository, number: int, method: str = "merge", by: str = "maintainer"
    ) -> str:
        """Merge an open pull request by `merge` commit, `squash` or `rebase`; its new commit on the base."""
        pull, store = repository.pulls[number], repository.store
        base_ref = f"refs/heads/{pull.base}"
        base, who = store.ref(base_ref), self.user(by)
        tree = self.merged_tree(repository, base, pull.head_oid)
        assert tree is not None, "the pull request has conflicts"
        parents = [base, pull.head_oid] if method == "merge" else [base]
        title = f"{pull.title} (#{number})" if method != "merge" else f"Merge pull request #{number}"
        body = store.commit(pull.head_oid).message.decode() if method != "merge" else pull.title
        message = body if method == "rebase" else f"{title}\n\n{body}"
        committer = "GitHub <noreply@github.com>"
        author = who.signature if method == "merge" else pull.author.signature
        # GitHub signs what it commits itself, but nothing that it rebases.
        signature = b"" if method == "rebase" else SIGNATURE
        oid = store.add_commit(tree, parents, message, author, self.clock(), committer, signature)
        pull.state, pull.merged_at, pull.merged_by, pull.merge_oid = "closed", self.clock(), who, oid
        pull.closed_at = pull.updated_at = self.clock()
        self.move(repository, base_ref, oid)
        return oid

    def merged_tree(self, repository: Repository, ours: str, theirs: str) -> str | None:
        """The tree of a three-way merge by whole files; None for a conflict."""
        store = repository.store
        if store.is_ancestor(ours, theirs):
            return store.tree_of(theirs)
        base = store.tree_of(store.merge_base(ours, theirs))
        mine = {path: new for path, _, _, new in store.changed(base, store.tree_of(ours))}
        changes: dict[str, tuple[int, str] | None] = {}
        for path, _, _, new in store.changed(base, store.tree_of(theirs)):
            if mine.get(path, new) != new:
                return None
            changes[path] = store.find(store.tree_of(theirs), path) if new else None
        return store.change_tree(store.tree_of(ours), changes)

    def comment(self, repository: Repository, number: int, body: str, by: str = "maintainer") -> Comment:
        """Comment on a pull request."""
        comment = Comment(self.next_id(), self.user(by), body, self.clock())
        repository.pulls[number].comments.append(comment)
        return comment

    def label(self, repository: Repository, name: str) -> Label:
        """The label of this name, made if need be."""
        return repository.labels.setdefault(name.lower(), Label(self.next_id(), name))

    # -- credentials

    def app(self, slug: str, public_pem: str, permissions: Mapping[str, str], owner: str = "") -> App:
        """Register an app that signs with the private half of `public_pem`."""
        number = self.next_id()
        bot = Account(self.next_id(), f"{slug}[bot]", "Bot")
        self.accounts[bot.login.lower()] = bot
        held = {"metadata": "read", **permissions}
        app = App(
            number, slug, f"Iv23fake{number}", public_pem, held, bot, self.organisation(owner or "appmakers")
        )
        self.vault.apps[str(number)] = self.vault.apps[app.client_id] = app
        return app

    def install(
        self,
        app: App,
        organisation: str,
        repositories: Iterable[Repository] | None = None,
        permissions: Mapping[str, str] | None = None,
    ) -> Installation:
        """Install an app for some repositories (None: all) with some permissions (None: the app's own)."""
        held = app.permissions if permissions is None else {"metadata": "read", **permissions}
        chosen = None if repositories is None else frozenset(one.id for one in repositories)
        installation = Installation(self.next_id(), self.organisation(organisation), dict(held), chosen)
        app.installations[installation.id] = installation
        return installation

    def classic_token(self, login: str, scopes: Iterable[str] = ("repo", "read:org")) -> str:
        """A personal access token (classic) of a user; make the user a collaborator where it is to work."""
        return self.vault.issue(
            Token(f"ghp_{secrets.token_hex(18)}", "classic", self.user(login), scopes=tuple(scopes))
        )

    def fine_grained_token(
        self,
        login: str,
        organisation: str,
        permissions: Mapping[str, str],
        repositories: Iterable[Repository] | None = None,
        life: timedelta | None = timedelta(days=90),
    ) -> str:
        """A fine-grained personal access token for an organisation's repositories (None: all)."""
        token = Token(
            f"github_pat_{secrets.token_hex(30)}",
            "fine_grained",
            self.user(login),
            owner=self.organisation(organisation),
            permissions={"metadata": "read", **permissions},
            repositories=None if repositories is None else frozenset(one.id for one in repositories),
            expires_at=None if life is None else self.clock() + life,
        )
        return self.vault.issue(token)


def _git(folder: Path, *arguments: str) -> str:
    command = ["git", "-C", str(folder), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout
