"""The commit that a default branch held at a time, along the line of first parents."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from documenthor.forge.discovery import Repository, Unfit

if TYPE_CHECKING:
    from tests.documenthor.forge.github.support import Place
    from tests.fakes.github import Repository as Hosted

_DAY = datetime(2026, 3, 1, 12, tzinfo=UTC)
_SECOND = timedelta(seconds=1)


def _day(number: float) -> datetime:
    return _DAY + timedelta(days=number)


@pytest.fixture
def commits(place: Place) -> dict[str, str]:
    """One commit on day 0, a branch of days 1 and 2, another commit on day 3, the merge on day 4."""
    repo = place.fake.repository("octo/engine")
    store = repo.store
    made = {"first": place.fake.commit(repo, {"a.py": b"a = 1\n"}, when=_day(0))}
    for name, day in (("aside", 1), ("more", 2)):
        made[name] = place.fake.commit(repo, {f"{name}.py": b"\n"}, branch="feature", when=_day(day))
    made["third"] = place.fake.commit(repo, {"b.py": b"b = 1\n"}, when=_day(3))
    parents = [made["third"], made["more"]]
    merge = store.add_commit(store.tree_of(made["third"]), parents, "Merge", "Ada <ada@example.org>", _day(4))
    place.fake.move(repo, "refs/heads/main", merge)
    return {**made, "merge": merge}


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
    ],
)
def test_the_commit_that_the_branch_held(
    place: Place, commits: dict[str, str], moment: datetime, found: str
) -> None:
    """What a merge brought in was not on the branch before the merge, however old it is."""
    with place.forge() as forge:
        (head,) = forge.discover(["engine"])
        assert isinstance(head, Repository)
        then = forge.before(head, moment)
    assert (str(then.outcome) if isinstance(then, Unfit) else then.head) == commits.get(found, found)


def test_a_line_of_several_pages(place: Place) -> None:
    repo = place.fake.repository("octo/engine")
    made = _many(place, repo, 230)
    with place.forge() as forge:
        (head,) = forge.discover(["engine"])
        assert isinstance(head, Repository)
        place.calls()
        then = forge.before(head, _day(5) + _SECOND)
    assert isinstance(then, Repository)
    assert then.head == made[5]
    assert len([name for name in place.calls() if name == "repository"]) == 3


def _many(place: Place, repo: Hosted, count: int) -> list[str]:
    return [place.fake.commit(repo, {"a.py": f"{day}\n".encode()}, when=_day(day)) for day in range(count)]
