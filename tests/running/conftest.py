"""One running system for all tests of a session: starting Airflow takes long."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from embedded.state import State
from tests.running.system import System, add_repository

if TYPE_CHECKING:
    from collections.abc import Iterator

REPOSITORIES = ("alpha", "beta", "gamma")

TENANTS = {
    "local": "forge: {kind: local, path: forge}\nschedule: {paused: true}\n",
    "nightly": "forge: {kind: local, path: nightly}\nschedule: {cron: '* * * * *'}\n",
}


@pytest.fixture(scope="session")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """Airflow with two tenants: `local` has three repositories, `nightly` one and a schedule."""
    state = State(tmp_path_factory.mktemp("run"))
    state.prepare()
    for name in REPOSITORIES:
        add_repository(state.forge, name)
    add_repository(state.home / "nightly", "owl")
    tenants = state.root / "tenants"
    tenants.mkdir()
    for organisation, text in TENANTS.items():
        (tenants / f"{organisation}.yaml").write_text(f"organisation: {organisation}\n{text}", "utf-8")
    running = System.start(state, DOCUMENTHOR_TENANTS=str(tenants))
    yield running
    running.stop()


@pytest.fixture(scope="session")
def job(system: System) -> str:
    """A finished job over all repositories, posted over HTTP."""
    posted = system.caller.submit(list(REPOSITORIES))
    assert system.finish(posted)["counts"] == {"pull_request": len(REPOSITORIES)}
    return posted
