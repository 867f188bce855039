"""Reading what is documented out of a repository's history, trusting no commit's word alone."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from docgen.contract.gates.places import is_documentation

from documenthor.forge import trailers
from documenthor.forge.git import EMAIL

if TYPE_CHECKING:
    from documenthor.forge.discovery import Documented
    from documenthor.forge.git import Git

# How many commits of ours are looked at to find one that holds; more than one is an oddity already.
_CANDIDATES = 20
_LAST_SECOND = 2**37


def is_ancestor(git: Git, ancestor: str, descendant: str) -> bool:
    """Whether `ancestor` is in the history of `descendant`, or the same commit."""
    known = bool(git.resolve(ancestor)) and bool(git.resolve(descendant))
    return known and git.check("merge-base", "--is-ancestor", ancestor, descendant)


def ours(git: Git, commit: str) -> Documented | None:
    """What `commit` documents if we made it: by name, by trailer, and by what it changed."""
    raw = git.text("show", "--no-patch", "--format=%ae%n%ce%n%P%n%B", commit)
    author, committer, parents, message = raw.split("\n", 3)
    if (author, committer) != (EMAIL, EMAIL) or len(parents.split()) != 1:
        return None
    documented = trailers.parse(message, commit)
    if documented is None or not changes_only_documentation(git, parents, commit):
        return None
    return documented


def newest(git: Git, commit: str) -> Documented | None:
    """What the newest commit of ours in the history of `commit` documents."""
    found = git.text(
        "log",
        f"--max-count={_CANDIDATES}",
        "--fixed-strings",
        f"--author=<{EMAIL}>",
        "--grep=Documenthor-Commit: ",
        "--format=%H",
        commit,
    )
    candidates = (ours(git, candidate) for candidate in found.split())
    return next((documented for documented in candidates if documented is not None), None)


def covers(git: Git, head: str) -> Documented | None:
    """What `head` documents, if there is no source in it that this documentation does not know.

    That holds when `head`, or a commit that it merges, is ours and nothing but documentation
    changed between the documented commit and `head`.
    """
    for candidate in (head, *_merged(git, head)):
        documented = ours(git, candidate)
        if documented is None or not is_ancestor(git, documented.commit, head):
            continue
        if changes_only_documentation(git, documented.commit, head):
            return documented
    return None


def is_merged(git: Git, tip: str, head: str) -> bool:
    """Whether `head` has all of `tip`: its commits, or as after a squash what it changed."""
    if not git.resolve(tip):
        return False
    return is_ancestor(git, tip, head) or (ours(git, tip) is not None and _has_files_of(git, tip, head))


def changes_only_documentation(git: Git, old: str, new: str) -> bool:
    """Whether the trees of two commits differ in nothing but documentation."""
    return all(is_documentation(path) for path in _changed(git, old, new))


def committed_at(git: Git, commit: str) -> datetime:
    """When `commit` was made, by its own account."""
    seconds = int(git.text("show", "--no-patch", "--format=%ct", commit))
    # A made-up date may lie outside of what a calendar holds.
    return datetime.fromtimestamp(max(0, min(seconds, _LAST_SECOND)), UTC)


def last_before(git: Git, head: str, moment: datetime) -> str:
    """The newest commit of the first parents' line of `head` that was made before `moment`, or empty.

    The line is what the branch itself held; a merged branch's commits were elsewhere until their merge.
    """
    latest = math.ceil(moment.timestamp()) - 1
    return git.text("rev-list", "--first-parent", "--max-count=1", f"--min-age={max(0, latest)}", head)


def parent(git: Git, commit: str) -> str:
    """The first parent of `commit`, or an empty string."""
    return git.resolve(f"{commit}^1")


def _has_files_of(git: Git, tip: str, head: str) -> bool:
    changed = _changed(git, f"{tip}^1", tip)
    return bool(changed) and changed.isdisjoint(_changed(git, tip, head))


def _changed(git: Git, old: str, new: str) -> frozenset[str]:
    raw = git.run("diff-tree", "-r", "-z", "--name-only", "--no-renames", "--no-ext-diff", old, new)
    return frozenset(path.decode(errors="replace") for path in raw.split(b"\0") if path)


def _merged(git: Git, head: str) -> list[str]:
    parents = git.text("show", "--no-patch", "--format=%P", head).split()
    return parents if len(parents) > 1 else []
