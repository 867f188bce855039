"""`make run FORGE=github-fake`: an organisation on the fake GitHub, reached as the real one is.

Over https with a certificate of its own, by an App whose key an Airflow connection names. What the fake
knows is kept in the state folder, so that the next run finds the pull requests of this one.
"""

from __future__ import annotations

import json
import subprocess
from contextlib import contextmanager
from typing import TYPE_CHECKING

from documenthor import tokens
from documenthor.tokens import rsa

from embedded.place import Place
from embedded.state import RunError
from tests.fakes.github import FakeGitHub
from tests.fakes.github.keeping import keep, recall
from tests.fakes.github.server import LOOPBACK

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from embedded.ground import Ground
    from embedded.state import State
    from tests.fakes.github.server import Served

ORGANISATION = "acme"
_PERMISSIONS = {"contents": "write", "pull_requests": "write"}
_TENANT = f"""# Written by `make run FORGE=github-fake`.
organisation: {ORGANISATION}
forge:
  kind: github
mode: pull_request
schedule:
  paused: true
concurrency: 4
"""


@contextmanager
def hosted(state: State, names: list[str], ground: Ground | None = None) -> Iterator[Place]:
    """Serve the repositories of the local forge as the organisation's until the end, to pods too."""
    root = state.root / "github"
    root.mkdir(mode=0o700, exist_ok=True)
    fake = FakeGitHub(root / "repositories")
    recall(fake, root / "state")
    for name in names:
        _adopt(fake, state.forge / f"{name}.git", name)
    # The same port each time, because pages link to it.
    port = root / "port"
    number = int(port.read_text("ascii")) if port.exists() else 0
    host = ground.cluster.host_address() if ground else LOOPBACK
    with fake.serve(tls=True, port=number, host=host) as served:
        port.write_text(served.url.rpartition(":")[2], "ascii")
        try:
            environment = _environment(fake, root, served, ground.pods() if ground else "")
            own, components = _by_runtime(ground, served)
            yield Place(ORGANISATION, lambda: _lines(fake), environment | own, components)
        finally:
            keep(fake, root / "state")
            fake.shut()


def _by_runtime(ground: Ground | None, served: Served) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    if ground is None:
        # The samples are not hostile; a real organisation's repositories belong into pods.
        return {"DOCUMENTHOR_ALLOW_PROCESS_RUNTIME": "true"}, {}
    ground.prepare(served.ca_file)
    return ground.environments()


def _lines(fake: FakeGitHub) -> Iterator[str]:
    """The pull requests with their addresses, and what this run asked of GitHub."""
    for repository in fake.repositories.values():
        for pull in repository.pulls.values():
            address = f"{fake.html_url}/{repository.full_name}/pull/{pull.number}"
            state = "merged" if pull.merged_at else pull.state
            yield f"{address} ({state}): {pull.title}"
        if repository.store.ref("refs/heads/documenthor/docs"):
            yield f"  git -C {repository.store.path} show documenthor/docs:README.md"
    yield f"Calls of GitHub's API: {len(fake.calls)}, of which {len(fake.creations)} created content"


def _adopt(fake: FakeGitHub, source: Path, name: str) -> None:
    try:
        fake.adopt(f"{ORGANISATION}/{name}", source)
    except subprocess.CalledProcessError as error:
        raise RunError(
            f"{name} on the fake GitHub has commits that {source} has not; delete the state to start over"
        ) from error


def _environment(fake: FakeGitHub, root: Path, served: Served, pods: str) -> dict[str, str]:
    tenants = root / "tenants"
    tenants.mkdir(exist_ok=True)
    (tenants / f"{ORGANISATION}.yaml").write_text(_TENANT + pods, "utf-8")
    app = {"app_id": _app(fake, root / "app.pem"), "key_path": str(root / "app.pem")}
    connection = {"conn_type": "github", "host": f"{served.url}/api/v3", "extra": app}
    return {
        "AIRFLOW_CONN_GITHUB_DEFAULT": json.dumps(connection),
        "DOCUMENTHOR_TENANTS": str(tenants),
        "REQUESTS_CA_BUNDLE": str(served.ca_file),
        "GIT_SSL_CAINFO": str(served.ca_file),
    }


def _app(fake: FakeGitHub, key: Path) -> int:
    """The App's number; it is registered and installed in the first run."""
    if not key.exists():
        key.touch(mode=0o600)
        key.write_text(tokens.generate().pem, "ascii")
    known = next(iter(fake.vault.apps.values()), None)
    if known is None:
        public_pem = rsa.public_pem(rsa.private_key(key.read_text("ascii")).public_key())
        known = fake.app("documenthor", public_pem, _PERMISSIONS)
        fake.install(known, ORGANISATION)
    return known.id
