"""What both colours have besides our database: repositories, and a place for generators."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.cluster.recorder import Recorder, recorded
from tests.cluster.world import hosted
from tests.running.system import add_repository

if TYPE_CHECKING:
    from collections.abc import Iterator

    from embedded.ground import Ground
    from embedded.state import State

REPOSITORIES = tuple(f"r{number:02}" for number in range(1, 13))
LATER = ("s01", "s02", "s03")
PROBE = "probe"
# How many pods there may be at once, of which each colour wants two.
QUOTA = 3
_TENANTS = {"local": (*REPOSITORIES, *LATER, PROBE), "nightly": ("owl",)}
_OWN = {
    "local": "schedule: {paused: true}\nconcurrency: 2\n",
    "nightly": "schedule: {cron: '* * * * *'}\n",
}


@dataclass(frozen=True)
class Site:
    """What Airflow's components have to know of it; `pods` are the generators', where they are in pods."""

    environment: dict[str, str]
    components: dict[str, dict[str, str]] = field(default_factory=dict)
    pods: Recorder | None = None


@contextmanager
def here(shared: State) -> Iterator[Site]:
    """Local forges, and child processes."""
    for tenant, names in _TENANTS.items():
        for name in names:
            add_repository(shared.home / tenant, name)
    forges = {tenant: f"forge: {{kind: local, path: {tenant}}}\n" for tenant in _TENANTS}
    yield Site({"DOCUMENTHOR_TENANTS": _write_tenants(shared, forges)})


@contextmanager
def on_cluster(shared: State, ground: Ground) -> Iterator[Site]:
    """A fake GitHub that pods reach, and pods."""
    pods = ground.pods().replace("quota: 4", "quota: 2")
    tenants = _write_tenants(shared, dict.fromkeys(_TENANTS, f"forge: {{kind: github}}\n{pods}"))
    with hosted(ground, shared.root / "github", _TENANTS, {"pods": str(QUOTA)}) as (fake, environment):
        for tenant, names in _TENANTS.items():
            for name in names:
                fake.repository(f"{tenant}/{name}", {"tool.py": f'"""The tool {name}."""\n'.encode()})
        common, components = ground.environments()
        with recorded(ground.cluster, ground.name, shared.root / "pods.json") as recorder:
            yield Site(environment | common | {"DOCUMENTHOR_TENANTS": tenants}, components, recorder)


def _write_tenants(shared: State, forges: dict[str, str]) -> str:
    folder = shared.root / "tenants"
    folder.mkdir()
    for tenant, forge in forges.items():
        text = f"organisation: {tenant}\n{forge}{_OWN[tenant]}"
        (folder / f"{tenant}.yaml").write_text(text, "utf-8")
    return str(folder)
