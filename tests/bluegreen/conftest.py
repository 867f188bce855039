"""Two colours side by side during a switch: an Airflow each, one database, a real Envoy before them."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from documenthor import client, tokens
from documenthor.db import Database

from embedded.airflow import AUDIENCE, ISSUER, Airflow
from embedded.port import Port
from embedded.state import State
from tests.bluegreen.sites import Site, here, on_cluster
from tests.bluegreen.switch import Switch, gateway
from tests.cluster.taking import taken
from tests.documenthor.support import NOW

if TYPE_CHECKING:
    from collections.abc import Iterator

    from embedded.ground import Ground


@dataclass
class Deployments:
    """Both colours over what they share."""

    shared: State
    site: Site
    url: str
    switch: Switch
    credentials: client.Credentials
    airflows: dict[str, Airflow] = field(default_factory=dict)
    ports: list[Port] = field(default_factory=list)

    def start(self, colour: str) -> None:
        """Bring a colour up; returns when it is well, and gets no request before `send_to`."""
        state = State(self.shared.root / colour)
        state.prepare()
        self.ports.append(Port(preferred=0))
        airflow = Airflow(state, self.ports[-1].number)
        airflow.environment |= {
            # What both have: forges, tenants, our database and the keys of its secrets.
            **self.site.environment,
            "DOCUMENTHOR_HOME": str(self.shared.home),
            "DOCUMENTHOR_COLOUR": colour,
            # Two Airflows share the machine.
            "AIRFLOW__CORE__PARALLELISM": "4",
        }
        airflow.components.update(self.site.components)
        self.airflows[colour] = airflow
        airflow.start()

    def send_to(self, colour: str) -> None:
        """The switch: traffic and the schedule."""
        self.cli(colour, "activate", colour)
        self.switch.to(int(self.airflows[colour].url.rpartition(":")[2]))

    def cli(self, colour: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """`documenthor colours` in this colour's environment."""
        command = [str(Path(sys.executable).with_name("documenthor")), "colours", *arguments]
        environment = self.airflows[colour].environment
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What our database says."""
        with closing(sqlite3.connect(self.shared.home / "documenthor.db")) as connection:
            return connection.execute(query).fetchall()

    def runs(self, colour: str) -> dict[str, str]:
        """The runs that this colour's Airflow has, with their states."""
        path = self.shared.root / colour / "airflow" / "airflow.db"
        with closing(sqlite3.connect(path)) as connection:
            return dict(connection.execute("SELECT run_id, state FROM dag_run").fetchall())

    def check(self) -> None:
        """Raise if a component of either has died."""
        for airflow in self.airflows.values():
            airflow.check()

    def stop(self) -> None:
        """Stop all."""
        for airflow in self.airflows.values():
            airflow.stop()
        for port in self.ports:
            port.close()


@pytest.fixture(scope="session")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground | None]:
    """A place for pods, where BLUEGREEN_RUNTIME has generators be some; else they are child processes."""
    if os.environ.get("BLUEGREEN_RUNTIME", "process") == "process":
        yield None
        return
    with taken("make test-bluegreen", tmp_path_factory.mktemp("ground")) as found:
        yield found


@pytest.fixture
def site(shared: State, ground: Ground | None) -> Iterator[Site]:
    """What both colours have besides our database."""
    with here(shared) if ground is None else on_cluster(shared, ground) as found:
        yield found


@pytest.fixture
def shared(tmp_path: Path) -> State:
    """What both colours have."""
    found = State(tmp_path / "shared")
    found.prepare()
    return found


@pytest.fixture
def deployments(shared: State, site: Site, tmp_path: Path) -> Iterator[Deployments]:
    """No colour runs yet; the gateway leads nowhere."""
    switch = Switch(tmp_path)
    # Envoy asks for a file that is there; nobody listens at this port.
    switch.to(1)
    with gateway(tmp_path, switch) as url:
        found = Deployments(shared, site, url, switch, _credentials(shared))
        try:
            yield found
        finally:
            found.stop()


def _credentials(shared: State) -> client.Credentials:
    pair = tokens.generate()
    with closing(Database(f"sqlite:///{shared.home}/documenthor.db")) as database:
        database.migrate()
        tokens.register(database, "local", pair.public_pem, NOW)
    return client.Credentials("local", ISSUER, AUDIENCE, pair.pem)
