"""The fake's REST answers, and the steps' requests, against GitHub's own OpenAPI description."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.fakes.github import Answer
from tests.fakes.github.routes import routes
from tests.github.conftest import OPENAPI, described
from tests.github.prism import violations
from tests.github.steps import STEPS, Step

if TYPE_CHECKING:
    from collections.abc import Callable

    import requests

    from tests.github.world import World

pytestmark = [pytest.mark.github, pytest.mark.timeout(300)]

Answered = dict[str, tuple[Step, "requests.Response"]]

# An empty list has no key to lose.
_BREAKABLE = [step.name for step in STEPS if step.status in (200, 201) and step.name != "no matching refs"]
# GitHub describes these refusals as exactly one of two, and what it answers fits both.
_AMBIGUOUS = {"protected file"}
# GitHub serves the top folder here too; its description knows only paths below it.
_UNDESCRIBED = ["GET /repos/{owner}/{repo}/contents"]


def test_github_describes_every_route() -> None:
    assert described(OPENAPI)[1] == _UNDESCRIBED


@pytest.mark.parametrize("name", [step.name for step in STEPS])
def test_step(name: str, answered: Answered) -> None:
    step, answer = answered[name]
    body = answer.json() if answer.content else None
    if name in _AMBIGUOUS:
        assert violations(body) == ["response.body: Response body must match exactly one schema in oneOf"]
    else:
        assert violations(body) == []
        assert answer.status_code == step.status, body


def test_steps_reach_every_route(answered: Answered, world: World) -> None:
    assert answered
    reached = {made.name for made in world.fake.calls}
    assert {route.name for route in routes.table} - reached == {"get_root"}


@pytest.mark.parametrize("name", _BREAKABLE)
def test_a_broken_answer_is_noticed(
    name: str, answered: Answered, world: World, call: Callable[[Step], requests.Response]
) -> None:
    step, answer = answered[name]
    whole = answer.json()
    try:
        assert any(_is_noticed(world, call, step, broken) for broken in _broken(whole))
    finally:
        world.fake.instead = None


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/repos/octo/engine/pulls", {"head": "docs/bot"}),
        ("POST", "/repos/octo/engine/pulls", {"head": "docs/bot", "base": 5}),
        ("PATCH", "/repos/octo/engine/git/refs/heads/docs/bot", {"force": True}),
        ("POST", "/repos/octo/engine/git/refs", {"ref": "refs/heads/x"}),
        ("PUT", "/repos/octo/engine/contents/a.md", {"message": "x"}),
        ("POST", "/repos/octo/engine/issues/1/comments", {"text": "x"}),
        ("GET", "/repos/octo/engine/pulls?state=any", None),
        ("GET", "/repos/octo/engine/haunted", None),
    ],
)
def test_a_wrong_request_is_noticed(
    call: Callable[[Step], requests.Response], method: str, path: str, body: object
) -> None:
    assert violations(call(Step("wrong", method, path, 0, body)).json())


def _is_noticed(world: World, call: Callable[[Step], requests.Response], step: Step, body: object) -> bool:
    world.fake.instead = Answer(step.status, body, {"content-type": "application/json; charset=utf-8"})
    return bool(violations(call(step).json()))


def _broken(whole: Any) -> list[object]:  # noqa: ANN401 - any JSON
    """`whole` with one key missing or of another type, for each key; of a list, its first entry so."""
    if isinstance(whole, list):
        return [[broken, *whole[1:]] for broken in _broken(whole[0])]
    missing = [{key: value for key, value in whole.items() if key != gone} for gone in whole]
    return missing + [whole | {key: [[]]} for key in whole]
