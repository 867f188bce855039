"""A hostile repository under construction, object by object, because git itself would refuse to make it."""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.fakes.github.store import EXECUTABLE, FILE, FOLDER, LINK, MODULE

if TYPE_CHECKING:
    from pathlib import Path

    from tests.documenthor.forge.github.hub import Hub

PERSON = "Mallory <mallory@evil.example>"
# What is documented in every repository, so that there is something to publish.
ORDINARY: dict[str, bytes] = {
    "README.md": b"# Calc\n\nWritten by a person.\n",
    "pyproject.toml": b'[project]\nname = "calc"\ndescription = "Adds numbers."\n',
    "calc/__init__.py": (
        b'"""Adds numbers."""\n\nimport os\n\nLEVEL = os.environ.get("CALC_LEVEL", "info")\n\n\n'
        b'def add(one: int, two: int) -> int:\n    """Return the sum of `one` and `two`."""\n'
        b"    return one + two\n"
    ),
}


@dataclass
class Site:
    """The repository: `files` by path, and `entries` (mode, name, object) that its root has besides.

    `outside` is a folder next to it with a secret in `secret.txt`; `canary` is a file that a program of the
    repository would make, `command` a shell command that makes it and `program` a script that does.
    """

    hub: Hub
    outside: Path
    canary: Path
    program: Path
    files: dict[str, tuple[int, bytes]] = field(default_factory=dict)
    entries: list[tuple[bytes, bytes, str]] = field(default_factory=list)
    message: bytes = b"Change things\n"

    @property
    def path(self) -> Path:
        """Where the bare repository is that both the clone and the forge see."""
        return self.hub.repository.store.path

    @property
    def command(self) -> str:
        """A shell command that must not run."""
        return f"touch {self.canary}"

    def write(self, **files: bytes) -> None:
        """Plain files at the root."""
        self.put(files)

    def put(self, files: dict[str, bytes], mode: int = FILE) -> None:
        """Files of one mode."""
        self.files |= {path: (mode, content) for path, content in files.items()}

    def link(self, **targets: str) -> None:
        """Symbolic links at the root."""
        self.links(targets)

    def links(self, targets: dict[str, str]) -> None:
        """Symbolic links."""
        self.put({path: target.encode() for path, target in targets.items()}, LINK)

    def executable(self, files: dict[str, bytes]) -> None:
        """Executable files."""
        self.put(files, EXECUTABLE)

    def module(self, path: str, commit: str = "1" * 40) -> None:
        """A submodule."""
        self.files[path] = (MODULE, commit.encode())

    def entry(self, name: bytes, oid: str, mode: bytes = b"100644") -> None:
        """An entry of the root that git would not write."""
        self.entries.append((mode, name, oid))

    def blob(self, content: bytes) -> str:
        """The object of a content."""
        return self.object(b"blob", content)

    def tree(self, *entries: tuple[bytes, bytes, str]) -> str:
        """The object of a tree of exactly these entries."""
        raw = b"".join(mode + b" " + name + b"\0" + bytes.fromhex(oid) for mode, name, oid in entries)
        return self.object(b"tree", raw)

    def folder(self, files: dict[str, bytes]) -> str:
        """The tree of these files."""
        made = {path: (FILE, self.blob(content)) for path, content in files.items()}
        return self.hub.repository.store.change_tree("", made)

    def object(self, kind: bytes, content: bytes) -> str:
        """Write a loose object without looking at it."""
        raw = b"%s %d\0%s" % (kind, len(content), content)
        oid = hashlib.sha1(raw, usedforsecurity=False).hexdigest()
        self.loose(oid).parent.mkdir(exist_ok=True)
        if not self.loose(oid).exists():
            self.loose(oid).write_bytes(zlib.compress(raw, 1))
        return oid

    def loose(self, oid: str) -> Path:
        """The file of an object."""
        return self.path / "objects" / oid[:2] / oid[2:]

    def root(self) -> str:
        """The tree of the ordinary files, the hostile ones and the entries."""
        store = self.hub.repository.store
        plain = {path: (FILE, content) for path, content in ORDINARY.items() if not self._is_taken(path)}
        made = {
            path: (mode, content.decode() if mode == MODULE else self.blob(content))
            for path, (mode, content) in (plain | self.files).items()
        }
        tree = store.change_tree("", made)
        found = [
            (b"%o" % mode, name.encode(), oid) for name, mode, oid in store.entries(tree, recursive=False)
        ]
        # Git wants a tree's entries in the order of their names, a folder's with a slash.
        order = sorted(
            (*found, *self.entries), key=lambda e: e[1] + (b"/" if int(e[0], 8) == FOLDER else b"")
        )
        return self.tree(*order)

    def push(self, tree: str = "", ref: str = "refs/heads/main") -> str:
        """Commit, move the branch there and return the commit."""
        when = int(self.hub.clock().timestamp())
        who = f"{PERSON} {when} +0000"
        head = f"tree {tree or self.root()}\nparent {self.hub.head()}\nauthor {who}\ncommitter {who}\n\n"
        commit = self.object(b"commit", head.encode() + self.message)
        self.hub.repository.store.set_ref(ref, commit)
        return commit

    def _is_taken(self, path: str) -> bool:
        first = path.partition("/")[0]
        return first in self.files or any(name == first.encode() for _, name, _ in self.entries)
