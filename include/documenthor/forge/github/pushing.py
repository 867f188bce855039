"""Bringing our branch up to date without ever forcing it: docs/decisions/0011 says why this way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from documenthor.forge.github import branches, commits, pull_requests
from documenthor.forge.model import BRANCH, Change, Topic

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from documenthor.forge.github.contents import Contents
    from documenthor.forge.github.place import Place, State
    from documenthor.forge.model import NewCommit

_MERGE = f"Bring {BRANCH} up to the default branch"
_CONFLICT = (
    "Closed because this branch conflicts with the default branch. A new pull request, made from the default"
    " branch as it is now, takes its place."
)


def prepare(contents: Contents, now: State, wanted: NewCommit, clock: Callable[[], datetime]) -> str:
    """Make our branch contain the parent of `wanted`, whatever it holds now, and return its tip.

    If the branch has the pages already, bringing the default branch in is all there is to do, so that
    merge then carries the trailers.
    """
    place, head = contents.place, wanted.parent
    if not now.tip:
        return _anew(place, head)
    if now.tip == head:
        return head
    if pull_requests.is_merged(pull_requests.newest(place, now.login), now.tip):
        branches.delete(place, now.node_id, now.tip)
        return _anew(place, head)
    found = commits.compare(place, head, now.tip)
    if found is not None and found.status == "behind":
        branches.forward(place, head)
        return head
    if found is not None and found.status == "ahead":
        return now.tip
    message = _MERGE if missing(contents, wanted, now.tip) else wanted.message
    merged = branches.merge(place, now.login, head, now.tip, message)
    return merged or _start_over(place, now, head, clock)


def missing(contents: Contents, wanted: NewCommit, parent: str) -> tuple[Change, ...]:
    """What is to be changed at `parent`, our branch's tip, so that it holds what was wanted of its base."""
    if parent == wanted.parent:
        return wanted.changes
    fresh = [change for change in wanted.changes if contents.read(parent, change.path) != change.content]
    named = {change.path for change in wanted.changes}
    return (*fresh, *_taken_back(contents, wanted.parent, parent, named))


def _taken_back(contents: Contents, head: str, parent: str, named: set[str]) -> Iterator[Change]:
    """What the branch changed before and is to change no more, as it is on the default branch."""
    ahead = commits.compare(contents.place, head, parent)
    files = ahead.files if ahead is not None else ()
    names = {name for file in files for name in (file.filename, file.previous_filename) if name}
    for name in sorted(names - named):
        content = contents.read(head, name)
        if content != contents.read(parent, name):
            yield Change(name, content, is_new=False)


def _start_over(place: Place, now: State, head: str, clock: Callable[[], datetime]) -> str:
    if pull_requests.open_one(pull_requests.newest(place, now.login)):
        pull_requests.withdraw(place, now, Topic.CONFLICT, _CONFLICT, clock)
    branches.delete(place, now.node_id, now.tip)
    return _anew(place, head)


def _anew(place: Place, head: str) -> str:
    branches.make(place, head)
    return head
