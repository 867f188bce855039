"""What to do about a branch that somebody has checked out.

Moving a branch under a work tree would make our files look deleted there. So the default branch of a
plain repository is written only while its work tree is clean, and the work tree follows at once. A
branch checked out anywhere else is not written at all. A work tree that a killed run left behind is
recognised by its index, which still is that of the commit before ours, and follows on the next run.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from documenthor.errors import ForgeError, WriteRefusedError
from documenthor.forge import history
from documenthor.forge.git import GitError

if TYPE_CHECKING:
    from documenthor.forge.git import Git

# While one of these exists somebody is in the middle of something that ends by moving a branch.
_UNDERWAY = ("rebase-merge", "rebase-apply", "MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD", "BISECT_LOG")


def is_checked_out_here(git: Git, branch: str) -> bool:
    """Whether the repository's own work tree is on `branch`; raises if another work tree is."""
    places = _places(git, branch)
    if any(place != git.work_tree for place in places):
        raise WriteRefusedError(
            "checked_out", f"branch {branch} is checked out in a work tree; switch that to another branch"
        )
    return bool(places)


def refuse_checked_out(git: Git, branch: str) -> None:
    """Raise `WriteRefusedError` if any work tree is on `branch`."""
    if is_checked_out_here(git, branch):
        raise WriteRefusedError("checked_out", f"switch the work tree from {branch} to another branch")


def require_clean(git: Git, commit: str) -> None:
    """Raise `WriteRefusedError` unless the work tree is exactly `commit`, ours or untracked files aside."""
    safe = _without_filters(git)
    if any((git.folder / name).exists() for name in _UNDERWAY):
        raise _dirty("a merge, rebase or bisection is under way")
    try:
        _catch_up(safe, commit)
        changed = safe.run("status", "--porcelain", "-z", "--untracked-files=no", "--ignore-submodules=all")
    except GitError as error:
        raise _dirty(str(error)) from error
    if changed:
        raise _dirty("it has changes that are not committed")


def require_room(git: Git, old: str, new: str) -> None:
    """Raise `WriteRefusedError` if the work tree could not follow from `old` to `new`."""
    try:
        _follow(_without_filters(git), old, new, "--dry-run")
    except GitError as error:
        raise _dirty(str(error)) from error


def follow(git: Git, old: str, new: str) -> None:
    """Bring the work tree from `old` to `new`, overwriting nothing that is not exactly `old`."""
    try:
        _follow(_without_filters(git), old, new)
    except GitError as error:
        raise ForgeError(
            f"committed {new:.12}, but the work tree could not follow; retry: {error}"
        ) from error


def _follow(git: Git, old: str, new: str, *options: str) -> None:
    git.check("update-index", "-q", "--refresh")
    git.run("read-tree", *options, "-m", "-u", old, new)


def _catch_up(git: Git, commit: str) -> None:
    before = history.parent(git, commit)
    if not before or history.ours(git, commit) is None:
        return
    if git.check("diff-index", "--cached", "--quiet", "--ignore-submodules=all", before):
        _follow(git, before, commit)


def _places(git: Git, branch: str) -> list[Path | None]:
    entries = git.run("worktree", "list", "--porcelain", "-z").decode(errors="replace").split("\0\0")
    wanted = f"branch refs/heads/{branch}"
    found = [entry.split("\0") for entry in entries]
    return [Path(lines[0].removeprefix("worktree ")) for lines in found if wanted in lines]


def _without_filters(git: Git) -> Git:
    """`git` with the repository's clean and smudge programs switched off."""
    try:
        keys = git.run("config", "--name-only", "-z", "--get-regexp", r"^filter\.").decode(errors="replace")
    except GitError:
        return git
    off = {key: "false" if key.endswith(".required") else "" for key in keys.split("\0") if key}
    return replace(git, settings={**git.settings, **off})


def _dirty(detail: str) -> WriteRefusedError:
    return WriteRefusedError("work_tree_dirty", f"commit or stash in the work tree first: {detail}")
