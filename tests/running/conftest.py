"""One running system for all tests of a session: starting Airflow takes long."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from embedded.state import State
from tests.documenthor.support import key
from tests.documenthor_airflow.test_notify import connections
from tests.fakes.mail import FakeMail
from tests.fakes.oidc_issuer import OWNER, OidcIssuer
from tests.fakes.sentry import FakeSentry
from tests.fakes.slack import FakeSlack
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
# Publishing waits for hours that never come while the tests run.
_LATE = """\
forge: {{kind: github, organisation: octo, filters: {{include: [slow-*]}}, rollout: {{hours: "{hours}"}}}}
schedule: {{paused: true, window: PT5S, max_runtime: PT60S}}
notify:
  - {{via: slack, channel: "#docs", connection: slack_docs, events: [finished, failed, late]}}
  - {{via: email, to: [docs@acme.example], connection: mail_docs}}
"""
# Ours, and beside it another team's.
_LOCAL = "airflow.dag_processing.bundles.local.LocalDagBundle"
_HERE = Path(__file__).parent
_FOLDERS = {"dags-folder": _HERE.parents[1] / "dags", "consumers": _HERE / "consumers"}
_BUNDLES = [
    {"name": name, "classpath": _LOCAL, "kwargs": {"path": str(folder)}} for name, folder in _FOLDERS.items()
]
TENANTS = {
    "acme": _ACME,
    "local": "forge: {kind: local, path: forge}\nschedule: {paused: true}\n",
    "nightly": "forge: {kind: local, path: nightly}\nschedule: {cron: '* * * * *'}\n",
    # Once a year, so that the schedule itself stays out of the way of a backfill.
    "history": "forge: {kind: local, path: history}\nschedule: {cron: '0 0 1 1 *'}\nmode: commit\n",
    "late": _LATE,
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
def slack() -> Iterator[FakeSlack]:
    """Where `late` is told."""
    with FakeSlack() as running:
        yield running


@pytest.fixture(scope="session")
def mail() -> Iterator[FakeMail]:
    """The other place."""
    with FakeMail() as running:
        yield running


@pytest.fixture(scope="session")
def sentry() -> Iterator[FakeSentry]:
    """Where errors are told."""
    with FakeSentry() as running:
        yield running


@pytest.fixture(scope="session")
def system(
    tmp_path_factory: pytest.TempPathFactory,
    issuer: OidcIssuer,
    github: Hosted,
    slack: FakeSlack,
    mail: FakeMail,
    sentry: FakeSentry,
) -> Iterator[System]:
    """Airflow with `local` (three repositories), `nightly` (one, scheduled), `acme` (one), and without any
    `octo`, `late` and `history`."""
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
        said = text.format(hours=_hours_ahead()) if text is _LATE else said
        (tenants / f"{organisation}.yaml").write_text(f"organisation: {organisation}\n{said}", "utf-8")
    bundles = {"AIRFLOW__DAG_PROCESSOR__DAG_BUNDLE_CONFIG_LIST": json.dumps(_BUNDLES)}
    environment = github.environment | connections(slack, mail) | bundles
    tracked = {"AIRFLOW__SENTRY__SENTRY_ON": "True", "AIRFLOW__SENTRY__SENTRY_DSN": sentry.dsn}
    lines = {"api-server": {"AIRFLOW__LOGGING__JSON_LOGS": "True"}}
    running = System.start(state, lines, DOCUMENTHOR_TENANTS=str(tenants), **environment, **tracked)
    yield running
    running.stop()


@pytest.fixture(scope="session")
def job(system: System) -> str:
    """A finished job over all repositories, posted over HTTP."""
    posted = system.caller.submit(list(REPOSITORIES))
    assert system.finish(posted)["counts"] == {"pull_request": len(REPOSITORIES)}
    return posted


def _hours_ahead() -> str:
    start = datetime.now(UTC) + timedelta(hours=4)
    return f"{start:%H:00}-{start + timedelta(hours=1):%H:00}"
