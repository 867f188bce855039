"""What `make test-github` installed, and the one run of all steps through the proxy."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import requests

from tests.fakes.github.routes import routes
from tests.github.openapi import cut
from tests.github.prism import proxy
from tests.github.steps import STEPS, Step
from tests.github.world import World, build

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PACKAGES = Path("build/github")
OPENAPI = PACKAGES / "node_modules/@octokit/openapi/generated/api.github.com.json"
SCHEMA = PACKAGES / "node_modules/@octokit/graphql-schema/schema.graphql"


def described(path: Path) -> tuple[dict[str, Any], list[str]]:
    """GitHub's description of what the fake serves, and what of that it does not describe."""
    return cut(json.loads(path.read_text("utf-8")), routes.table)


@pytest.fixture(scope="session")
def description() -> dict[str, Any]:
    """GitHub's description of what the fake serves."""
    return described(OPENAPI)[0]


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """The filled fake."""
    return build(tmp_path_factory.mktemp("github"))


@pytest.fixture(scope="session")
def call(
    world: World, description: dict[str, Any], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[Step], requests.Response]]:
    """Sends one step through the proxy."""
    with (
        world.fake.serve() as served,
        proxy(PACKAGES, description, served.url, tmp_path_factory.mktemp("prism")) as url,
    ):
        yield lambda step: _send(world, url, step)


@pytest.fixture(scope="session")
def answered(
    world: World, call: Callable[[Step], requests.Response]
) -> dict[str, tuple[Step, requests.Response]]:
    """Every step in its order, with its answer."""
    found = {}
    for step in STEPS:
        answer = call(step)
        if answer.content:
            world.answers[step.name] = answer.json()
        found[step.name] = (step, answer)
    return found


def _send(world: World, url: str, step: Step) -> requests.Response:
    path = step.path if isinstance(step.path, str) else step.path(world)
    body = step.body(world) if callable(step.body) else step.body
    headers = {
        "authorization": f"Bearer {world.credentials[step.who]()}",
        "accept": "application/vnd.github+json",
    }
    return requests.request(step.method, url + path, json=body, headers=headers, timeout=30)
