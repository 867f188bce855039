"""Labels and reviewers of a pull request: given once, and not again when a person takes them away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from documenthor.errors import (
    CredentialRefusedError,
    ForbiddenError,
    GateError,
    RefusedError,
    UnknownRepositoryError,
)
from documenthor.forge.github import code_owners, commits, shapes
from documenthor.forge.github.reading import read
from documenthor.forge.walking import EXECUTABLE, FILE

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from documenthor.forge.github.code_owners import Owners
    from documenthor.forge.github.contents import Contents
    from documenthor.forge.github.place import Place

_LABELED, _REQUESTED = "labeled", "review_requested"
# More people than this nobody asks at once.
_MAX_REVIEWERS = 15


def events(place: Place, number: int) -> frozenset[str]:
    """The kinds of things that ever happened to a pull request."""
    found = place.rest("GET", f"issues/{number}/events?per_page=100")
    return frozenset(event.event for event in read(list[shapes.Event], found))


def label(place: Place, number: int, labels: Sequence[str], happened: Collection[str]) -> None:
    """Give it its labels unless it ever had any."""
    if labels and _LABELED not in happened:
        place.rest("POST", f"issues/{number}/labels", {"labels": list(labels)})


def is_labelled(happened: Collection[str]) -> bool:
    """Whether it ever had a label."""
    return _LABELED in happened


def ask(contents: Contents, number: int, head: str, tip: str, happened: Collection[str]) -> None:
    """Ask the owners of what `tip` changes for their review, unless anybody was ever asked.

    One who cannot review makes GitHub refuse all, so then each is asked alone and refusals are left out.
    """
    if _REQUESTED in happened:
        return
    ahead = commits.compare(contents.place, head, tip)
    owners = _owners(contents, head, [file.filename for file in ahead.files] if ahead else [])
    wanted = [("reviewers", name) for name in sorted(owners.users)]
    wanted += [("team_reviewers", name) for name in sorted(owners.teams)]
    wanted = wanted[:_MAX_REVIEWERS]
    if not wanted or _ask(contents.place, number, wanted) or len(wanted) == 1:
        return
    for one in wanted:
        _ask(contents.place, number, [one])


def _owners(contents: Contents, commit: str, paths: Collection[str]) -> Owners:
    """Who owns `paths` by the CODEOWNERS of `commit`; nobody by one that is too large."""
    try:
        modes = contents.modes(commit, code_owners.PLACES)
        found = next((path for path in code_owners.PLACES if modes.get(path) in {FILE, EXECUTABLE}), "")
        content = contents.read(commit, found) if found else None
    except GateError:
        content = None
    return code_owners.owners(content or b"", contents.place.owner, paths)


def _ask(place: Place, number: int, wanted: Sequence[tuple[str, str]]) -> bool:
    body = {
        kind: [name for one, name in wanted if one == kind]
        for kind in dict.fromkeys(kind for kind, _ in wanted)
    }
    try:
        place.rest("POST", f"pulls/{number}/requested_reviewers", body)
    except CredentialRefusedError:
        raise
    except (RefusedError, ForbiddenError, UnknownRepositoryError):
        # No collaborator, the author itself, or a team that the credential may not see.
        return False
    return True
