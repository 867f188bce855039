"""Our commands, run against a cluster that remembers what was done to it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

from tests.manifests.support import COLOURS, PROJECT, TOOLS

if TYPE_CHECKING:
    from pathlib import Path

AIRFLOW, GENERATOR = f"sha256:{'a' * 64}", f"sha256:{'b' * 64}"
Done = subprocess.CompletedProcess[str]


class Cluster:
    """A cluster's state, and our commands run against it."""

    def __init__(self, folder: Path) -> None:
        self._state = folder / "state.json"
        names = ("releases", "objects", "active", "ill", "down", "at_work")
        self._state.write_text(json.dumps({name: {} for name in names}), "utf-8")
        for name in ("kubectl", "helm"):
            path = folder / name
            started = f'{sys.executable} -m tests.manifests.cluster {name} "$@"'
            path.write_text(f"#!/bin/sh\nexec {started}\n")
            path.chmod(0o755)
        self._environment = {
            **os.environ,
            "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(PROJECT),
            "CLUSTER": str(self._state),
            "KUBECTL": str(TOOLS / "kubectl"),
        }

    def run(self, *command: str, **variables: str) -> Done:
        """One of `tools/`."""
        return self._started([f"tools/{command[0]}", *command[1:]], variables)

    def shell(self, script: str) -> Done:
        """A line as a workflow has it."""
        return self._started(["bash", "-euo", "pipefail", "-c", script], {})

    def _started(self, command: list[str], variables: dict[str, str]) -> Done:
        environment = {**self._environment, **variables}
        return subprocess.run(
            command, cwd=PROJECT, env=environment, capture_output=True, text=True, check=False
        )

    def deploy(self, colour: str, airflow: str = AIRFLOW, **variables: str) -> Done:
        """Bring production to this checkout."""
        return self.run("deploy.sh", "prod", colour, airflow, GENERATOR, **variables)

    def switch(self, colour: str) -> Done:
        """Send production's requests to a colour."""
        return self.run("switch.sh", "prod", colour)

    @property
    def state(self) -> dict[str, Any]:
        """What is there now."""
        found: dict[str, Any] = json.loads(self._state.read_text("utf-8"))
        return found

    def mark(self, what: str, colour: str) -> None:
        """Make a colour `ill`, `down` (no command can be run in it) or `at_work`."""
        state = self.state
        state[what][colour] = True
        self._state.write_text(json.dumps(state), "utf-8")

    def led_to(self) -> set[str]:
        """The namespaces that routes and their policy lead to."""
        objects = self.state["objects"].items()
        texts = [
            json.dumps(each) for key, each in objects if key.startswith(("HTTPRoute/", "SecurityPolicy/"))
        ]
        return {name for name in COLOURS for text in texts if f"documenthor-{name}" in text}
