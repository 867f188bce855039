"""Two colours side by side during a switch: an Airflow each, one database, a real Envoy before them."""

from __future__ import annotations

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
from tests.bluegreen.switch import Switch, gateway
from tests.documenthor.support import NOW
from tests.running.system import add_repository

if TYPE_CHECKING:
    from collections.abc import Iterator

REPOSITORIES = tuple(f"r{number:02}" for number in range(1, 13))
LATER = ("s01", "s02", "s03")
PROBE = "probe"
_TENANTS = {
    "local": "forge: {kind: local, path: forge}\nschedule: {paused: true}\nconcurrency: 2\n",
    "nightly": "forge: {kind: local, path: nightly}\nschedule: {cron: '* * * * *'}\n",
}


@dataclass
class Deployments:
    """Both colours over what they share."""

    shared: State
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
            # What both have: the forge, the tenants, our database and the keys of its secrets.
            "DOCUMENTHOR_HOME": str(self.shared.home),
            "DOCUMENTHOR_TENANTS": str(self.shared.root / "tenants"),
            "DOCUMENTHOR_COLOUR": colour,
            # Two Airflows share the machine.
            "AIRFLOW__CORE__PARALLELISM": "4",
        }
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


@pytest.fixture
def deployments(tmp_path: Path) -> Iterator[Deployments]:
    """No colour runs yet; the gateway leads nowhere."""
    shared = State(tmp_path / "shared")
    shared.prepare()
    for name in (*REPOSITORIES, *LATER, PROBE):
        add_repository(shared.forge, name)
    add_repository(shared.home / "nightly", "owl")
    (shared.root / "tenants").mkdir()
    for organisation, text in _TENANTS.items():
        path = shared.root / "tenants" / f"{organisation}.yaml"
        path.write_text(f"organisation: {organisation}\n{text}", "utf-8")
    switch = Switch(tmp_path)
    # Envoy asks for a file that is there; nobody listens at this port.
    switch.to(1)
    with gateway(tmp_path, switch) as url:
        found = Deployments(shared, url, switch, _credentials(shared))
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
