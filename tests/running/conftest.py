"""One running system for all tests of a session: starting Airflow takes long."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from embedded.state import State
from tests.running.system import System, add_repository

if TYPE_CHECKING:
    from collections.abc import Iterator

REPOSITORIES = ("alpha", "beta", "gamma")


@pytest.fixture(scope="session")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """Airflow with three repositories in its forge."""
    state = State(tmp_path_factory.mktemp("run"))
    state.prepare()
    for name in REPOSITORIES:
        add_repository(state.forge, name)
    running = System.start(state)
    yield running
    running.stop()


@pytest.fixture(scope="session")
def job(system: System) -> str:
    """A finished job over all repositories, posted over HTTP."""
    posted = system.caller.submit(list(REPOSITORIES))
    assert system.finish(posted)["counts"] == {"pull_request": len(REPOSITORIES)}
    return posted
