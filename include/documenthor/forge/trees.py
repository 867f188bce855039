"""Reading files of a commit and writing a commit, without any work tree."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from documenthor.errors import HeadMovedError, NotAFileError
from documenthor.forge import walking
from documenthor.forge.git import GitError
from documenthor.forge.walking import EXECUTABLE, FILE

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from documenthor.forge.git import Git
    from documenthor.forge.model import NewCommit


def modes(git: Git, commit: str, paths: Collection[str]) -> dict[str, str]:
    """The git modes of `paths` and of the folders above them, twins in another case included."""
    return walking.modes(lambda folder: _listed(git, commit, folder), paths)


def read(git: Git, commit: str, path: str) -> bytes | None:
    """A file's bytes, or None; raises `NotAFileError` for anything but a regular file."""
    parts = path.split("/")
    for depth in range(1, len(parts)):
        above = "/".join(parts[:depth])
        mode = _mode(git, commit, above)
        if mode is None:
            return None
        if mode != "040000":
            raise NotAFileError(f"{above} is no folder, so {path} cannot be written")
    mode = _mode(git, commit, path)
    if mode is not None and mode not in {FILE, EXECUTABLE}:
        raise NotAFileError(f"{path} is no regular file (git mode {mode})")
    return None if mode is None else git.run("cat-file", "blob", f"{commit}:{path}")


def write(git: Git, commit: NewCommit, now: datetime) -> str:
    """Make a commit that no branch points to yet, and return it."""
    with tempfile.TemporaryDirectory(prefix="documenthor-") as folder:
        index = {"GIT_INDEX_FILE": str(Path(folder) / "index")}
        git.run("read-tree", commit.parent, env=index)
        git.run("update-index", "-z", "--index-info", stdin=_index_info(git, commit), env=index)
        tree = git.run("write-tree", env=index).decode().strip()
    date = {"GIT_AUTHOR_DATE": now.isoformat(), "GIT_COMMITTER_DATE": now.isoformat()}
    args = ("commit-tree", "--no-gpg-sign", tree, "-p", commit.parent)
    return git.run(*args, stdin=commit.message.encode(), env=date).decode().strip()


def advance(git: Git, branch: str, new: str, expected: str) -> None:
    """Point a branch to `new` if it still is at `expected` (empty: does not exist yet)."""
    ref = f"refs/heads/{branch}"
    try:
        git.run("update-ref", "--no-deref", "-m", "documenthor", ref, new, expected or "0" * len(new))
    except GitError as error:
        if git.resolve(ref) != expected:
            raise HeadMovedError(f"branch {branch} moved while it was being written") from error
        raise


def delete(git: Git, branch: str, expected: str) -> None:
    """Delete `branch` if it still is at `expected`."""
    ref = f"refs/heads/{branch}"
    try:
        git.run("update-ref", "--no-deref", "-d", ref, expected)
    except GitError as error:
        if git.resolve(ref) != expected:
            raise HeadMovedError(f"branch {branch} moved while it was being deleted") from error
        raise


def _index_info(git: Git, commit: NewCommit) -> bytes:
    known = modes(git, commit.parent, [change.path for change in commit.changes])
    lines = []
    for change in commit.changes:
        if change.content is None:
            lines.append(f"0 {'0' * len(commit.parent)}\t{change.path}\0")
            continue
        blob = git.run("hash-object", "-w", "--stdin", "--no-filters", stdin=change.content).decode().strip()
        # An executable file stays one; we never make one.
        lines.append(f"{known.get(change.path, FILE)} {blob}\t{change.path}\0")
    return "".join(lines).encode()


def _listed(git: Git, commit: str, folder: str) -> dict[str, str]:
    return _entries(git.run("ls-tree", "-z", "--full-tree", f"{commit}:{folder}"))


def _mode(git: Git, commit: str, path: str) -> str | None:
    return _entries(git.run("ls-tree", "-z", "--full-tree", commit, "--", path)).get(path)


def _entries(raw: bytes) -> dict[str, str]:
    lines = (line.partition(b"\t") for line in raw.split(b"\0") if line)
    return {path.decode(errors="replace"): meta.split(b" ")[0].decode() for meta, _, path in lines}
