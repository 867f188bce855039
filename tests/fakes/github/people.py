"""What people do with pull requests on the fake, in a browser or by git."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.fakes.github.render import SIGNATURE
from tests.fakes.github.seeding import Seeding
from tests.fakes.github.state import Comment, Label, Pull

if TYPE_CHECKING:
    from tests.fakes.github.state import Account, Repository


class People(Seeding):
    """Maintainers, who open, close, merge and comment."""

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
        repository.pulls[number].close(self.clock())

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
        pull.merged_at, pull.merged_by, pull.merge_oid = self.clock(), who, oid
        pull.close(self.clock())
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
