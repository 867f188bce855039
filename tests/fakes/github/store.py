"""A repository's git objects and refs: a real bare repository on disk, written without processes."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

from dulwich.diff_tree import tree_changes
from dulwich.graph import can_fast_forward, find_merge_base
from dulwich.object_store import iter_tree_contents
from dulwich.objects import Blob, Commit, ObjectID, Tree
from dulwich.refs import Ref
from dulwich.repo import Repo

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime
    from pathlib import Path

FILE, EXECUTABLE, LINK, MODULE, FOLDER = 0o100644, 0o100755, 0o120000, 0o160000, 0o040000
_CONFIG = (
    "[core]\n\trepositoryformatversion = 0\n\tbare = true\n"
    "[uploadpack]\n\tallowFilter = true\n\tallowAnySHA1InWant = true\n"
)


class Store:
    """Objects by their hexadecimal name, refs by their full name (`refs/heads/main`)."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._repo = Repo(str(path), bare=True)

    def __reduce__(self) -> tuple[type[Store], tuple[Path]]:
        """It is all on disk, so that a copy of it is where it is."""
        return Store, (self.path,)

    def close(self) -> None:
        """Close git's packs."""
        self._repo.close()

    @classmethod
    def new(cls, path: Path, default_branch: str) -> Store:
        """An empty repository."""
        for folder in ("objects/pack", "objects/info", "refs/heads", "refs/tags"):
            (path / folder).mkdir(parents=True)
        (path / "HEAD").write_text(f"ref: refs/heads/{default_branch}\n", "ascii")
        (path / "config").write_text(_CONFIG, "ascii")
        return cls(path)

    # -- refs

    def refs(self) -> dict[str, str]:
        """Every ref but HEAD, with the object that it points to."""
        found = self._repo.refs.as_dict(Ref(b"refs/"))
        return {f"refs/{name.decode()}": oid.decode() for name, oid in sorted(found.items())}

    def ref(self, name: str) -> str:
        """What a ref points to; empty if there is none."""
        try:
            return self._repo.refs[name.encode()].decode()  # type: ignore[index]
        except (KeyError, ValueError):
            return ""

    def set_ref(self, name: str, oid: str) -> None:
        """Make or move a ref; by hand, because dulwich would wait for the disk each time."""
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{oid}\n", "ascii")

    def delete_ref(self, name: str) -> None:
        """Take a ref away."""
        del self._repo.refs[name.encode()]  # type: ignore[arg-type]

    # -- objects

    def has(self, oid: str) -> bool:
        """Whether there is an object of this name."""
        return len(oid) == 40 and ObjectID(oid.encode()) in self._repo.object_store

    def get(self, oid: str) -> Blob | Tree | Commit | None:
        """An object, or None."""
        found = self._repo.object_store[oid.encode()] if self.has(oid) else None  # type: ignore[index]
        return found if isinstance(found, (Blob, Tree, Commit)) else None

    def commit(self, oid: str) -> Commit:
        """A commit that is known to exist."""
        found = self.get(oid)
        assert isinstance(found, Commit), oid
        return found

    def add_blob(self, content: bytes) -> str:
        """Write a blob."""
        blob = Blob.from_string(content)
        self._repo.object_store.add_object(blob)
        return blob.id.decode()

    def change_tree(self, base: str, changes: Mapping[str, tuple[int, str] | None]) -> str:
        """The tree `base` (empty: none) with paths set to (mode, object) or, for None, taken away."""
        here: dict[str, tuple[int, str] | None] = {}
        below: dict[str, dict[str, tuple[int, str] | None]] = {}
        for path, change in changes.items():
            first, slash, rest = path.partition("/")
            if slash:
                below.setdefault(first, {})[rest] = change
            else:
                here[first] = change
        old = self.get(base) if base else None
        tree = Tree.from_string(old.as_raw_string()) if isinstance(old, Tree) else Tree()
        for name, change in here.items():
            _put(tree, name, change)
        for name, inner in below.items():
            known = tree[name.encode()] if name.encode() in tree else None  # noqa: SIM401 - no dict
            inside = known[1].decode() if known and stat.S_ISDIR(known[0]) else ""
            made = self.change_tree(inside, inner)
            _put(tree, name, (FOLDER, made) if len(self._tree(made)) else None)
        self._repo.object_store.add_object(tree)
        return tree.id.decode()

    def add_commit(
        self,
        tree: str,
        parents: list[str],
        message: str,
        author: str,
        when: datetime,
        committer: str = "",
        signature: bytes = b"",
    ) -> str:
        """Write a commit; `author` and `committer` are `Name <address>`."""
        commit = Commit()
        commit.tree = tree.encode()
        commit.parents = [ObjectID(parent.encode()) for parent in parents]
        commit.author, commit.committer = author.encode(), (committer or author).encode()
        commit.author_time = commit.commit_time = int(when.timestamp())
        commit.author_timezone = commit.commit_timezone = 0
        commit.message, commit.encoding = message.encode(), None
        if signature:
            commit.gpgsig = signature
        self._repo.object_store.add_object(commit)
        return commit.id.decode()

    # -- reading

    def tree_of(self, oid: str) -> str:
        """The tree of a commit or tree; empty for anything else."""
        found = self.get(oid)
        if isinstance(found, Commit):
            return str(found.tree.decode())
        return oid if isinstance(found, Tree) else ""

    def entries(self, tree: str, *, recursive: bool) -> Iterator[tuple[str, int, str]]:
        """(path, mode, object) of a tree; with `recursive` also of the folders in it, in git's order."""
        if recursive:
            # The first entry is the tree itself, without a name.
            found = iter_tree_contents(self._repo.object_store, tree.encode(), include_trees=True)  # type: ignore[arg-type]
            yield from ((_text(path), plain(mode), oid.decode()) for path, mode, oid in found if path)
        else:
            named = self._tree(tree).iteritems()
            yield from ((_text(name), plain(mode), oid.decode()) for name, mode, oid in named)

    def find(self, tree: str, path: str) -> tuple[int, str] | None:
        """(mode, object) of a path in a tree; the tree itself for an empty path."""
        mode, oid = FOLDER, tree
        for part in filter(None, path.split("/")):
            inside = self.get(oid) if stat.S_ISDIR(mode) else None
            if not isinstance(inside, Tree) or part.encode() not in inside:
                return None
            found = inside[part.encode()]
            mode, oid = found[0], found[1].decode()
        return mode, oid

    def read(self, rev: str, path: str) -> bytes | None:
        """A file's bytes at a branch or commit; None if there is none."""
        found = self.find(self.tree_of(self.resolve(rev)), path)
        blob = self.get(found[1]) if found else None
        return bytes(blob.data) if isinstance(blob, Blob) else None

    def resolve(self, rev: str) -> str:
        """The object of a full or short ref name or of an object's full name; empty if there is none."""
        if rev == "HEAD":
            rev = self.default_branch
        for name in (rev, f"refs/{rev}", f"refs/heads/{rev}", f"refs/tags/{rev}"):
            if name.startswith("refs/") and (oid := self.ref(name)):
                return oid
        return rev if self.has(rev) else ""

    @property
    def default_branch(self) -> str:
        """The branch that HEAD names."""
        return (self.path / "HEAD").read_text("ascii").strip().removeprefix("ref: refs/heads/")

    def history(self, start: str, path: str = "") -> Iterator[str]:
        """Commits reachable from `start`, newest first; with `path` those that changed it."""
        paths = [path.encode()] if path else None
        for entry in self._repo.get_walker([start.encode()], paths=paths):  # type: ignore[list-item]
            yield entry.commit.id.decode()

    def is_ancestor(self, old: str, new: str) -> bool:
        """Whether `new` contains `old`."""
        return old == new or can_fast_forward(self._repo, old.encode(), new.encode())  # type: ignore[arg-type]

    def merge_base(self, one: str, other: str) -> str:
        """The newest common ancestor; empty if there is none."""
        bases = find_merge_base(self._repo, [one.encode(), other.encode()])  # type: ignore[list-item]
        return bases[0].decode() if bases else ""

    def changed(self, old: str, new: str) -> Iterator[tuple[str, str, str, str]]:
        """(path, status, old blob, new blob) of each file that differs between two trees."""
        found = tree_changes(self._repo.object_store, old.encode() or None, new.encode())  # type: ignore[arg-type]
        for change in found:
            before, after = change.old, change.new
            entry = after if after is not None and after.path else before
            assert entry is not None
            assert entry.path is not None
            status = {"add": "added", "delete": "removed"}.get(change.type, "modified")
            yield (
                _text(entry.path),
                status,
                before.sha.decode() if before is not None and before.sha else "",
                after.sha.decode() if after is not None and after.sha else "",
            )

    def _tree(self, oid: str) -> Tree:
        found = self.get(oid)
        assert isinstance(found, Tree), oid
        return found


def plain(mode: int) -> int:
    """A mode as git takes it, whatever a tree says: one of five."""
    if stat.S_ISREG(mode):
        return EXECUTABLE if mode & 0o100 else FILE
    if stat.S_ISLNK(mode):
        return LINK
    return FOLDER if stat.S_ISDIR(mode) else MODULE


def _put(tree: Tree, name: str, change: tuple[int, str] | None) -> None:
    if change is not None:
        tree[name.encode()] = (change[0], ObjectID(change[1].encode()))
    elif name.encode() in tree:
        del tree[name.encode()]


def _text(path: bytes) -> str:
    return path.decode("utf-8", "replace")
