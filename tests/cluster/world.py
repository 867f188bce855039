"""Airflow on this machine, its generators on a real cluster, repositories on a fake GitHub."""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import psutil

from embedded.caller import Caller
from embedded.state import State
from tests.cluster.recorder import Recorder, recorded
from tests.cluster.said import Said, heard
from tests.documenthor.forge.github.support import app_key
from tests.fakes.github import FakeGitHub
from tests.running.system import System

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from embedded.ground import Ground
    from tests.fakes.github import Repository

_TEXT = '"""Runs the engine {name}."""\n\n\ndef run(times: int = 1) -> str:\n    """Run it."""\n'
# What a tenant file says besides; `pods` comes after the lines that all have.
TENANTS: dict[str, dict[str, Any]] = {
    "octo": {},
    # Its pool is larger than the namespace's quota.
    "greedy": {"pods": {"quota": 8}},
    "tiny": {"pods": {"memory": "40Mi"}},
    "hasty": {"pods": {"deadline": "PT2S"}},
    "imageless": {"pods": {"image": "localhost/documenthor/none:1"}},
    "narrow": {"options": {"limits": {"files": 1}}},
}
_CONCURRENCY = 8
# How many tasks of Airflow are at work at once.
SLOTS = 4


@dataclass
class World:
    """All of it."""

    ground: Ground
    fake: FakeGitHub
    system: System
    recorder: Recorder
    said: Said

    def add(self, tenant: str, name: str) -> Repository:
        """A private repository of two files."""
        files = {"README.md": f"# {name}\n".encode(), "engine.py": _TEXT.format(name=name).encode()}
        return self.fake.repository(f"{tenant}/{name}", files, visibility="private")

    def caller(self, tenant: str) -> Caller:
        """Calls the API for a tenant; close it."""
        return Caller(self.system.state, self.system.airflow.url, tenant)

    def kill(self, component: str) -> None:
        """As a power cut would, with everything that it started; then start it anew."""
        process = psutil.Process(self.system.airflow.pids()[component])
        family = [*process.children(recursive=True), process]
        for each in family:
            each.kill()
        psutil.wait_procs(family, timeout=20)
        self.system.airflow.restart(component)

    def readable(self, tenant: str) -> set[str]:
        """The repositories that some token still reads, and does nothing else."""
        reading = {"contents": "read", "metadata": "read"}
        tokens = [each for each in self.fake.vault.tokens.values() if each.permissions == reading]
        known = [each for each in self.fake.repositories.values() if each.owner.login == tenant]
        return {each.name for each in known if any(each.id in (t.repositories or ()) for t in tokens)}

    def pull_requests(self, tenant: str) -> dict[str, int]:
        """How many each repository has."""
        return {
            repository.name: len(repository.pulls)
            for repository in self.fake.repositories.values()
            if repository.owner.login == tenant
        }


@contextmanager
def made(ground: Ground, folder: Path) -> Iterator[World]:
    """Everything started, until the end."""
    state = State(folder / "run")
    state.prepare()
    with hosted(ground, folder / "github", TENANTS) as (fake, environment):
        shared, components = ground.environments()
        environment |= {
            **shared,
            "DOCUMENTHOR_TENANTS": str(_write_tenants(folder / "tenants", ground)),
            # Every bundle goes where bundles go, however small.
            "AIRFLOW__COMMON_IO__XCOM_OBJECTSTORAGE_THRESHOLD": "0",
            # Pods take what there is of the machine; each task is a process that imports the client again.
            "AIRFLOW__CORE__PARALLELISM": str(SLOTS),
            # A scheduler that was killed leaves tasks queued, which the next one looks for now and then.
            "AIRFLOW__SCHEDULER__ORPHANED_TASKS_CHECK_INTERVAL": "20",
        }
        with (
            recorded(ground.cluster, ground.name, folder / "pods.json") as recorder,
            heard(ground.cluster, ground.name, recorder) as said,
        ):
            system = System.start(state, components, **environment)
            try:
                yield World(ground, fake, system, recorder, said)
            finally:
                system.stop()


@contextmanager
def hosted(
    ground: Ground, folder: Path, tenants: Iterable[str], quota: Mapping[str, str] | None = None
) -> Iterator[tuple[FakeGitHub, dict[str, str]]]:
    """A fake GitHub that the ground's pods reach, with an App in each tenant's organisation, until the end;
    what Airflow has to know of it."""
    fake = FakeGitHub(folder)
    private, public = app_key()
    app = fake.app("documenthor", public, {"contents": "write", "pull_requests": "write"})
    for tenant in tenants:
        fake.install(app, tenant)
    with fake.serve(tls=True, host=ground.cluster.host_address()) as served:
        ground.prepare(served.ca_file, quota)
        extra = {"app_id": app.id, "private_key": private}
        connection = {"conn_type": "github", "host": f"{served.url}/api/v3", "extra": extra}
        yield (
            fake,
            {
                "AIRFLOW_CONN_GITHUB_DEFAULT": json.dumps(connection),
                "REQUESTS_CA_BUNDLE": str(served.ca_file),
            },
        )
    fake.shut()


def _write_tenants(folder: Path, ground: Ground) -> Path:
    import yaml

    folder.mkdir()
    for organisation, own in TENANTS.items():
        shared: dict[str, Any] = yaml.safe_load(ground.pods())
        text = {
            "organisation": organisation,
            "forge": {"kind": "github"},
            "schedule": {"paused": True},
            "concurrency": _CONCURRENCY,
            **own,
            "pods": shared["pods"] | own.get("pods", {}),
        }
        (folder / f"{organisation}.yaml").write_text(yaml.safe_dump(text), "utf-8")
    return folder
