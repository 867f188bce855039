"""One running system for all tests of a session: starting Airflow takes long."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from embedded.state import State
from tests.documenthor.support import key
from tests.fakes.oidc_issuer import OWNER, OidcIssuer
from tests.running.hosting import ORGANISATION, TENANT, Hosted, hosted
from tests.running.system import System, add_repository

if TYPE_CHECKING:
    from collections.abc import Iterator

REPOSITORIES = ("alpha", "beta", "gamma")

# `acme` is called as in production: with a key, by workflows, and it is told of its jobs.
_ACME = """\
forge: {{kind: local, path: acme}}
schedule: {{paused: true}}
webhooks: {{networks: [127.0.0.0/8]}}
trust:
  github:
    issuer: {issuer}
    owner: "{owner}"
    callers:
      - repositories: any
        workflows: [acme/web/.github/workflows/docs.yml@refs/heads/main]
        refs: [refs/heads/main]
"""
TENANTS = {
    "acme": _ACME,
    "local": "forge: {kind: local, path: forge}\nschedule: {paused: true}\n",
    "nightly": "forge: {kind: local, path: nightly}\nschedule: {cron: '* * * * *'}\n",
    # Once a year, so that the schedule itself stays out of the way of a backfill.
    "history": "forge: {kind: local, path: history}\nschedule: {cron: '0 0 1 1 *'}\nmode: commit\n",
    ORGANISATION: TENANT,
}


@pytest.fixture(scope="session")
def issuer() -> Iterator[OidcIssuer]:
    """GitHub's part in OIDC."""
    with OidcIssuer([key("github")]) as running:
        yield running


@pytest.fixture(scope="session")
def github(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hosted]:
    """The tenant `octo`: a GitHub without repositories."""
    with hosted(tmp_path_factory.mktemp("github")) as found:
        yield found


@pytest.fixture(scope="session")
def system(tmp_path_factory: pytest.TempPathFactory, issuer: OidcIssuer, github: Hosted) -> Iterator[System]:
    """Airflow with `local` (three repositories), `nightly` (one, scheduled), `acme` (one), `octo` (none)."""
    state = State(tmp_path_factory.mktemp("run"))
    state.prepare()
    for name in REPOSITORIES:
        add_repository(state.forge, name)
    add_repository(state.home / "nightly", "owl")
    add_repository(state.home / "acme", "web")
    tenants = state.root / "tenants"
    tenants.mkdir()
    for organisation, text in TENANTS.items():
        said = text.format(issuer=issuer.url, owner=OWNER) if text is _ACME else text
        (tenants / f"{organisation}.yaml").write_text(f"organisation: {organisation}\n{said}", "utf-8")
    running = System.start(state, DOCUMENTHOR_TENANTS=str(tenants), **github.environment)
    yield running
    running.stop()


@pytest.fixture(scope="session")
def job(system: System) -> str:
    """A finished job over all repositories, posted over HTTP."""
    posted = system.caller.submit(list(REPOSITORIES))
    assert system.finish(posted)["counts"] == {"pull_request": len(REPOSITORIES)}
    return posted
