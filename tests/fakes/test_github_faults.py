"""What goes wrong on the fake GitHub, on which side of the write, and what it rations."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.fakes.github import Answer, Broken, FakeGitHub, Fault
from tests.fakes.github.asking import ask, query

if TYPE_CHECKING:
    from pathlib import Path

_PULLS = "/repos/octo/engine/pulls"
_PULL = {"title": "Docs", "head": "docs", "base": "main"}


class _World:
    def __init__(self, root: Path) -> None:
        self.now = datetime(2026, 3, 1, tzinfo=UTC)
        self.fake = FakeGitHub(root, lambda: self.now)
        self.engine = self.fake.repository("octo/engine")
        self.engine.collaborators["ada"] = "write"
        self.fake.commit(self.engine, {"a.md": b"a\n"}, branch="docs")
        self.token = self.fake.classic_token("ada")

    def ask(self, method: str, path: str, body: Any = None) -> Answer:  # noqa: ANN401 - JSON
        return ask(self.fake, self.token, method, path, body)


@pytest.fixture
def world(tmp_path: Path) -> _World:
    return _World(tmp_path)


@pytest.mark.parametrize(
    ("fault", "seen", "pulls"),
    [
        (Fault.ERROR_BEFORE, 500, 0),
        (Fault.ERROR_AFTER, 502, 1),
        (Fault.BROKEN_BEFORE, False, 0),
        (Fault.BROKEN_AFTER, False, 1),
        (Fault.TIMEOUT_BEFORE, True, 0),
        (Fault.TIMEOUT_AFTER, True, 1),
        (Fault.ALREADY_EXISTS, 422, 1),
        (Fault.SECONDARY_LIMIT, 403, 0),
        (Fault.LAG, 201, 1),
    ],
)
def test_a_fault_is_on_its_side_of_the_write_and_happens_once(
    world: _World, fault: Fault, seen: int | bool, pulls: int
) -> None:
    world.fake.faults.script(fault, "create_pull")
    if isinstance(seen, bool):
        with pytest.raises(Broken) as broken:
            world.ask("POST", _PULLS, _PULL)
        assert broken.value.timed_out is seen
    else:
        assert world.ask("POST", _PULLS, _PULL).status == seen
    assert len(world.engine.pulls) == pulls
    again = world.ask("POST", _PULLS, _PULL)
    assert again.status == (422 if pulls else 201)
    assert len(world.engine.pulls) == 1


def test_what_lags_is_seen_after_some_reads_but_never_made_twice(world: _World) -> None:
    world.fake.faults.script(Fault.LAG, "create_pull")
    world.ask("POST", _PULLS, _PULL)
    assert [len(world.ask("GET", _PULLS).body) for _ in range(3)] == [0, 0, 1]
    assert "already exists" in world.ask("POST", _PULLS, _PULL).body["errors"][0]["message"]


def test_a_moved_ref_lags_too(world: _World) -> None:
    tips = {name: world.engine.store.ref(f"refs/heads/{name}") for name in ("main", "docs")}
    world.fake.faults.script(Fault.LAG, "update_ref")
    world.ask("PATCH", "/repos/octo/engine/git/refs/heads/main", {"sha": tips["docs"]})
    path = "/repos/octo/engine/git/ref/heads/main"
    seen = [world.ask("GET", path).body["object"]["sha"] for _ in range(3)]
    assert seen == [tips["main"], tips["main"], tips["docs"]]


def test_faults_by_chance_are_the_same_for_the_same_seed(world: _World) -> None:
    def injected() -> list[Fault]:
        world.fake.faults.injected.clear()
        world.fake.faults.by_chance(0.3, seed=7, kinds=[Fault.ERROR_BEFORE, Fault.ERROR_AFTER])
        for _ in range(200):
            world.ask("GET", _PULLS)
        return [fault for _, fault in world.fake.faults.injected]

    first = injected()
    assert first == injected()
    assert 40 < len(first) < 80


def test_points_run_out_and_come_back_after_the_hour(world: _World) -> None:
    world.fake.limits.core = 2
    answers = [world.ask("GET", _PULLS) for _ in range(3)]
    assert [answer.status for answer in answers] == [200, 200, 403]
    assert [answer.headers["x-ratelimit-remaining"] for answer in answers] == ["1", "0", "0"]
    assert int(answers[2].headers["x-ratelimit-reset"]) == int((world.now + timedelta(hours=1)).timestamp())
    assert world.ask("GET", "/rate_limit").status == 200
    world.now += timedelta(hours=1)
    assert world.ask("GET", _PULLS).status == 200


def test_graphql_says_so_with_status_200(world: _World) -> None:
    world.fake.limits.graphql = 1
    asked = [query(world.fake, world.token, "{ viewer { login } }") for _ in range(2)]
    assert asked[0] == {"data": {"viewer": {"login": "ada"}}}
    assert (asked[1]["errors"][0]["type"], "data" in asked[1]) == ("RATE_LIMIT", False)


def test_creations_are_rationed_by_the_minute_and_the_hour(world: _World) -> None:
    world.fake.limits.creations_a_minute, world.fake.limits.creations_an_hour = 2, 3

    def create(number: int) -> Answer:
        return world.ask("POST", "/repos/octo/engine/labels", {"name": f"l{number}"})

    assert [create(number).status for number in range(3)] == [201, 201, 403]
    refused = create(3)
    assert (refused.headers["retry-after"], "secondary rate limit" in refused.body["message"]) == ("60", True)
    world.now += timedelta(minutes=1)
    assert [create(number).status for number in (4, 5)] == [201, 403]
    world.now += timedelta(hours=1)
    assert create(6).status == 201
    assert len(world.fake.creations) == 4
    assert world.ask("GET", _PULLS).status == 200
