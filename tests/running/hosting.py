"""An organisation on the fake GitHub for a running system: TLS, and an App in an Airflow connection."""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.documenthor.forge.github.support import app_key
from tests.fakes.github import FakeGitHub

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.fakes.github import Repository

ORGANISATION = "octo"
TENANT = "forge: {kind: github}\nschedule: {paused: true}\n"
_TEXT = '"""Runs the engine {name}."""\n\n\ndef run(times: int = 1) -> str:\n    """Run it."""\n'


@dataclass(frozen=True)
class Hosted:
    """The fake, and what a deployment has to know of it."""

    fake: FakeGitHub
    environment: dict[str, str]

    def add(self, name: str) -> Repository:
        """A repository of one module."""
        files = {"README.md": f"# {name}\n".encode(), "engine.py": _TEXT.format(name=name).encode()}
        return self.fake.repository(f"{ORGANISATION}/{name}", files)


@contextmanager
def hosted(folder: Path) -> Iterator[Hosted]:
    """Serve it until the end."""
    fake = FakeGitHub(folder)
    private, public = app_key()
    app = fake.app("documenthor", public, {"contents": "write", "pull_requests": "write"})
    fake.install(app, ORGANISATION)
    with fake.serve(tls=True) as served:
        extra = {"app_id": app.id, "private_key": private}
        connection = {"conn_type": "github", "host": f"{served.url}/api/v3", "extra": extra}
        environment = {
            "AIRFLOW_CONN_GITHUB_DEFAULT": json.dumps(connection),
            "DOCUMENTHOR_ALLOW_PROCESS_RUNTIME": "true",
            "REQUESTS_CA_BUNDLE": str(served.ca_file),
            "GIT_SSL_CAINFO": str(served.ca_file),
        }
        yield Hosted(fake, environment)
    fake.shut()
