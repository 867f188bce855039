"""Pinning at a branch, a tag or a commit, as a request names it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from documenthor.forge.discovery import Repository, Unfit

if TYPE_CHECKING:
    from tests.documenthor.forge.github.support import Place


@pytest.fixture
def commits(place: Place) -> dict[str, str]:
    """Two commits on the default branch, one on another one; the first has a tag."""
    repo = place.fake.repository("octo/engine", {"a.py": b"a = 1\n"})
    first = repo.store.ref("refs/heads/main")
    second = place.fake.commit(repo, {"b.py": b"b = 1\n"})
    aside = place.fake.commit(repo, {"c.py": b"c = 1\n"}, branch="feature/aside")
    repo.store.set_ref("refs/tags/v1", first)
    return {"first": first, "second": second, "aside": aside}


@pytest.mark.parametrize(
    ("ref", "found"),
    [
        ("v1", "first"),
        ("main", "second"),
        ("{first}", "first"),
        ("feature/aside", "skipped(ref_elsewhere)"),
        ("{aside}", "skipped(ref_elsewhere)"),
        ("nowhere", "skipped(ref_not_found)"),
        ("heads/main", "skipped(ref_not_found)"),
        ("0123456789", "skipped(ref_not_found)"),
        ("f" * 40, "skipped(ref_not_found)"),
    ],
)
def test_a_ref_is_a_branch_a_tag_or_a_whole_commit(
    place: Place, commits: dict[str, str], ref: str, found: str
) -> None:
    with place.forge() as forge:
        (head,) = forge.discover(["engine"])
        assert isinstance(head, Repository)
        pinned = forge.pin(head, ref.format(**commits))
    if isinstance(pinned, Unfit):
        assert str(pinned.outcome) == found
    else:
        assert pinned.head == commits[found]
        assert pinned.documented is None
