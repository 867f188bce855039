"""From the name of a branch, tag or commit to the commit that is worked on."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import quote

from documenthor.errors import RefusedError, UnknownRepositoryError
from documenthor.forge.discovery import ref_elsewhere, ref_not_found
from documenthor.forge.github import commits, shapes
from documenthor.forge.github.reading import read

if TYPE_CHECKING:
    from documenthor.forge.discovery import Repository, Unfit
    from documenthor.forge.github.place import Place

# GitHub takes one of these for "no such commit".
_NONE = frozenset({404, 409, 422})
_WHOLE = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")


def pinned(place: Place, repository: Repository, ref: str) -> Repository | Unfit:
    """`repository` at the commit that `ref` names: a branch, else a tag, else a whole commit id."""
    found = next((sha for name in _spellings(ref) if (sha := _commit(place, name))), "")
    if not found:
        return ref_not_found(repository, ref)
    if found == repository.head:
        return repository
    if not commits.is_ancestor(place, found, repository.head):
        return ref_elsewhere(repository, ref)
    # What documents it, if anything does, is found when it is published.
    return replace(repository, head=found, documented=None, proposed=None)


def _spellings(ref: str) -> list[str]:
    whole = [ref] if _WHOLE.fullmatch(ref) else []
    return [f"heads/{ref}", f"tags/{ref}", *whole]


def _commit(place: Place, ref: str) -> str:
    try:
        found = place.rest("GET", f"commits/{quote(ref)}")
    except UnknownRepositoryError:
        return ""
    except RefusedError as error:
        if error.status in _NONE:
            return ""
        raise
    return read(shapes.Commit, found).sha
