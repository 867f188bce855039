"""Which commits planning takes for ours, and what it takes them to document.

A commit is ours if our account wrote it, GitHub itself signed it (as it does for commits that are made by
its API) and it carries our trailers. What a default branch documents is told by the shape of its newest
commits alone; nobody's files are compared. docs/decisions/0010 says what that trusts and what it costs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from documenthor.forge import trailers

if TYPE_CHECKING:
    from documenthor.forge.discovery import Documented
    from documenthor.forge.github.facts import Person, Written


def says(commit: Written, viewer: Person) -> Documented | None:
    """What `commit` says that it documents, if it is ours; `viewer` is who we are.

    A merge is one that brought the default branch into ours where that changed nothing on the pages.
    """
    signature = commit.signature
    if signature is None or not (signature.is_valid and signature.was_signed_by_git_hub):
        return None
    return trailers.parse(commit.message, commit.oid) if _is_by(commit, viewer) else None


def covers(head: Written, viewer: Person) -> Documented | None:
    """What `head` documents, if there can be no source in it that this documentation does not know.

    That is the commit right below ours, where `head` is ours or a merge of ours into just that commit
    which changed nothing more.
    """
    own = says(head, viewer)
    if own is not None:
        return own if _parents(head) == [own.commit] else None
    merged = [(commit, says(commit, viewer)) for commit in head.parents.nodes]
    for commit, documented in merged:
        others = [oid for oid in _parents(head) if oid != commit.oid]
        same = commit.tree is not None and commit.tree == head.tree
        if documented is not None and same and others == [documented.commit]:
            return documented
    return None


def _is_by(commit: Written, viewer: Person) -> bool:
    """GitHub links no account of an App to a commit, so that one goes by its address alone."""
    author = commit.author
    if author is None:
        return False
    address = f"{viewer.database_id}+{viewer.login}@users.noreply.github.com"
    known = author.user is not None and author.user.login == viewer.login
    return known or author.email == address


def _parents(commit: Written) -> list[str]:
    return [parent.oid for parent in commit.parents.nodes]
