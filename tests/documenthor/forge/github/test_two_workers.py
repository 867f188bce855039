"""Two workers at once make one pull request, wherever one is when the other acts."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest
from documenthor.errors import HeadMovedError
from documenthor.forge.model import BRANCH

from tests.documenthor.forge.github.hub import OURS
from tests.documenthor.forge.github.scenarios import PAGES, SCENARIOS, world
from tests.documenthor.publish.support import block
from tests.fakes.github import render
from tests.fakes.github.direct import Direct

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from documenthor.forge.github.answers import Reply

    from tests.documenthor.forge.github.hub import Hub

MINE = b"# Mine\n"
# The calls of a new publication that write, and the one before each: all others only look.
WRITES_OF_NEW = (8, 9, 10, 11, 12, 13, 14, 15, 16)
# The fast tier takes every fourth call, the other every one.
STEPS = [4, pytest.param(1, marks=pytest.mark.faults)]


class Interrupted(Direct):
    """An API whose `at`-th call waits until somebody else has done something."""

    def __init__(self, inner: Direct, at: int, meanwhile: Callable[[], object]) -> None:
        self.__dict__ = inner.__dict__
        self._left, self._meanwhile = at, meanwhile

    def _send(self, method: str, path: str, body: Mapping[str, Any] | None) -> Reply:
        self._left -= 1
        if self._left == -1:
            self._meanwhile()
        return super()._send(method, path, body)


@pytest.mark.parametrize("same_job", [True, False])
def test_another_worker_publishes_in_between(tmp_path: Path, same_job: bool) -> None:
    for at in WRITES_OF_NEW:
        calc = world(tmp_path / str(at))
        spec = calc.spec()
        other = spec if same_job else calc.spec(job="job-2")
        inner = calc.mortal(10_000, after=True)
        api = Interrupted(inner, at, lambda calc=calc, other=other: calc.publish(*PAGES, spec=other))  # type: ignore[misc]
        outcome = str(calc.publish(*PAGES, spec=spec, api=api))
        assert outcome in {"pull_request", "unchanged"}, at
        assert (len(calc.pulls), len(calc.ahead())) == (1, 1), at
        assert calc.pulls[0].head_oid == calc.head(OURS)


def test_many_workers_at_once(tmp_path: Path) -> None:
    calc = world(tmp_path)
    specs = [calc.spec(job=f"job-{number}") for number in range(4)]
    with ThreadPoolExecutor(4) as pool:
        outcomes = list(pool.map(lambda spec: str(calc.settle(*PAGES, spec=spec)), specs))
    assert set(outcomes) <= {"pull_request", "unchanged"}
    assert (len(calc.pulls), len(calc.ahead())) == (1, 1)
    assert calc.pulls[0].labels == ["documentation"]


@pytest.mark.parametrize("step", STEPS)
def test_a_person_declines_in_between(tmp_path: Path, step: int) -> None:
    for at in range(4, 26, step):
        calc = world(tmp_path / str(at))
        calc.publish(*PAGES)
        calc.change({"a.py": b"x = 2\n"})
        inner = calc.mortal(10_000, after=True)
        api = Interrupted(inner, at, lambda calc=calc: calc.fake.close(calc.repository, 1))  # type: ignore[misc]
        calc.publish(*PAGES, spec=calc.spec(job="job-2"), api=api)
        assert (len(calc.pulls), calc.open) == (1, []), at
        assert str(calc.publish(*PAGES, spec=calc.spec(job="job-3"))) == "skipped(closed_by_human)", at


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("branch", ["main", BRANCH])
def test_a_person_pushes_in_between(tmp_path: Path, branch: str, step: int) -> None:
    for at in range(4, 30, step):
        calc = world(tmp_path / str(at))
        SCENARIOS["update"].before(calc)
        pushed = list[str]()

        def push(calc: Hub = calc, pushed: list[str] = pushed) -> None:
            pushed.append(calc.change({"README.md": MINE} if branch == BRANCH else {"b.py": b"y\n"}, branch))

        spec = calc.spec()
        try:
            calc.publish(*PAGES, spec=spec, api=Interrupted(calc.mortal(10_000, after=True), at, push))
        except HeadMovedError:
            calc.settle(*PAGES, spec=spec)
        assert len(calc.open) == 1, at
        store = calc.repository.store
        for commit in pushed:
            assert store.is_ancestor(commit, calc.head(f"refs/heads/{branch}")), at
        if pushed and branch == BRANCH:
            # Between our look and the merge of the default branch nothing but that merge may come on top.
            assert calc.file("README.md", OURS) == MINE, at
            assert calc.head(OURS) in pushed or len(store.commit(calc.head(OURS)).parents) == 2, at
            assert str(calc.publish(*PAGES, spec=calc.spec(job="job-2"))) == "skipped(edited_by_human)", at


def test_a_branch_that_was_updated_very_often_is_still_ours(tmp_path: Path) -> None:
    calc = world(tmp_path)
    calc.publish(*PAGES)
    store, bot = calc.repository.store, calc.app.bot
    tip = calc.head(OURS)
    for _ in range(101):
        tip = store.add_commit(
            store.tree_of(tip),
            [tip],
            store.commit(tip).message.decode(),
            bot.signature,
            calc.clock(),
            render.COMMITTER,
            render.SIGNATURE,
        )
    calc.fake.move(calc.repository, OURS, tip)
    calc.change({"a.py": b"x = 2\n"})
    assert str(calc.publish(block(body="Newer."))) == "pull_request"
