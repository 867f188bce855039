"""Which commits are ours, and what they document.

A commit is ours if GitHub says that the account of our credential wrote it, GitHub itself committed and
signed it, and it carries our trailers or brings the default branch in. Somebody else's commit can repeat
trailers and names, but not GitHub's signature over our account. docs/publishing.md says what that leaves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from docgen.contract.gates.places import is_documentation

from documenthor.errors import UnknownRepositoryError
from documenthor.forge import trailers
from documenthor.forge.github import shapes
from documenthor.forge.github.reading import read

if TYPE_CHECKING:
    from documenthor.forge.discovery import Documented
    from documenthor.forge.github.place import Place

# GitHub's own account, which commits and signs what is written through its API and its web pages.
_GITHUB = "web-flow"
# How many of our account's commits are looked through: of a person's, the newest need not be ours.
_LOOKED_THROUGH = 100
# How many of those that look like ours are then asked for the files they changed.
_CANDIDATES = 3
# Of a branch that was brought up to date very often, so many pages of commits are looked at.
MAX_PAGES = 10


def is_ours(commit: shapes.Commit, login: str) -> bool:
    """Whether GitHub vouches that our account made this commit through GitHub."""
    author = commit.author.login if commit.author else ""
    committer = commit.committer.login if commit.committer else ""
    return author == login and committer == _GITHUB and commit.commit.verification.verified


def says(commit: shapes.Commit, login: str) -> Documented | None:
    """What a commit of ours documents; None for one without trailers and for anybody else's."""
    return trailers.parse(commit.commit.message, commit.sha) if is_ours(commit, login) else None


def compare(place: Place, base: str, head: str, *, pages: int = 1) -> shapes.Comparison | None:
    """How `head` stands to `base`, with the commits of so many pages; None if one of them is gone."""
    found = _compared(place, base, head, 1)
    for page in range(2, pages + 1):
        if found is None or len(found.commits) >= found.total_commits:
            break
        more = _compared(place, base, head, page)
        further = more.commits if more is not None else ()
        found = found.model_copy(update={"commits": (*found.commits, *further)})
    return found


def is_ancestor(place: Place, ancestor: str, descendant: str) -> bool:
    """Whether `ancestor` is in the history of `descendant`, or the same commit."""
    if ancestor == descendant:
        return True
    found = compare(place, ancestor, descendant)
    return found is not None and found.status in {"ahead", "identical"}


def newest(place: Place, login: str, commit: str) -> Documented | None:
    """What the newest commit of ours in the history of `commit` documents."""
    query = f"commits?sha={commit}&author={quote(login)}&per_page={_LOOKED_THROUGH}"
    found = read(list[shapes.Commit], place.rest("GET", query))
    candidates = [one for one in found if len(one.parents) == 1 and says(one, login)][:_CANDIDATES]
    fit = (one for one in candidates if _changes_only_documentation(place, one.sha))
    return next((says(one, login) for one in fit), None)


def proposed(ahead: shapes.Comparison, login: str) -> Documented | None:
    """What a branch of ours documents; None if any commit on it, or any file, is not our doing."""
    if ahead.total_commits != len(ahead.commits) or not are_documentation(ahead.files):
        return None
    said = [says(commit, login) for commit in ahead.commits]
    if not all(one or _is_our_merge(commit, login) for one, commit in zip(said, ahead.commits, strict=True)):
        return None
    return next((one for one in reversed(said) if one is not None), None)


def are_documentation(files: tuple[shapes.File, ...]) -> bool:
    """Whether all of these files are places for documentation."""
    names = {name for file in files for name in (file.filename, file.previous_filename) if name}
    return all(is_documentation(name) for name in names)


def _compared(place: Place, base: str, head: str, page: int) -> shapes.Comparison | None:
    query = f"compare/{base}...{head}?per_page={_LOOKED_THROUGH}&page={page}"
    try:
        return read(shapes.Comparison, place.rest("GET", query))
    except UnknownRepositoryError:
        return None


def _is_our_merge(commit: shapes.Commit, login: str) -> bool:
    return is_ours(commit, login) and len(commit.parents) == 2


def _changes_only_documentation(place: Place, commit: str) -> bool:
    found = read(shapes.Commit, place.rest("GET", f"commits/{commit}"))
    return are_documentation(found.files)
