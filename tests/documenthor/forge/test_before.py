"""The commit that a default branch held at a time, in a folder of repositories."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from documenthor.forge.discovery import Repository, Unfit

from tests.documenthor.forge.support import PERSON, Place, make, run_git

if TYPE_CHECKING:
    from pathlib import Path

_DAY = datetime(2026, 3, 1, 12, tzinfo=UTC)
_SECOND = timedelta(seconds=1)


def _day(number: float) -> datetime:
    return _DAY + timedelta(days=number)


def _commit(place: Place, name: str, day: int, *parents: str) -> str:
    """A commit of one file more; what the file holds does not matter."""
    tree = run_git(place.path, "mktree", stdin=f"100644 blob {place.blob(name)}\t{name}.py\n")
    told = [word for parent in parents for word in ("-p", parent)]
    dates = {f"GIT_{role}_DATE": _day(day).isoformat() for role in ("AUTHOR", "COMMITTER")}
    return run_git(place.path, "commit-tree", tree, *told, "-m", name, who=PERSON, env=dates)


@pytest.fixture
def engine(tmp_path: Path) -> tuple[Place, dict[str, str]]:
    """One commit on day 0, a branch of days 1 and 2, another commit on day 3, the merge on day 4."""
    place = make(tmp_path, "engine")
    made = {"first": _commit(place, "first", 0)}
    made["aside"] = _commit(place, "aside", 1, made["first"])
    made["more"] = _commit(place, "more", 2, made["aside"])
    made["third"] = _commit(place, "third", 3, made["first"])
    made["merge"] = _commit(place, "merge", 4, made["third"], made["more"])
    place.git("update-ref", "refs/heads/main", made["merge"])
    return place, made


@pytest.mark.parametrize(
    ("moment", "found"),
    [
        (_day(9), "merge"),
        (_day(4) + _SECOND, "merge"),
        (_day(4), "third"),
        (_day(3) + _SECOND, "third"),
        (_day(3), "first"),
        (_day(2.5), "first"),
        (_day(0) + _SECOND / 2, "first"),
        (_day(0), "skipped(not_there_yet)"),
        (datetime(1960, 1, 1, tzinfo=UTC), "skipped(not_there_yet)"),
    ],
)
def test_the_commit_that_the_branch_held(
    engine: tuple[Place, dict[str, str]], moment: datetime, found: str
) -> None:
    """What a merge brought in was not on the branch before the merge, however old it is."""
    place, commits = engine
    forge = place.forge()
    (head,) = forge.discover(["engine"])
    assert isinstance(head, Repository)
    then = forge.before(head, moment)
    assert (str(then.outcome) if isinstance(then, Unfit) else then.head) == commits.get(found, found)
