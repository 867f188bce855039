"""A running Airflow with FAB's users: one for each level of `local`, and an operator of `other`."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import httpx

from tests.browser.chromium import token

if TYPE_CHECKING:
    from tests.running.system import System

FAB = "airflow.providers.fab.auth_manager.fab_auth_manager.FabAuthManager"
PASSWORD = "of the tests"
USERS = {
    "lv": "documenthor_local_viewer",
    "lo": "documenthor_local_operator",
    "la": "documenthor_local_admin",
    "ov": "documenthor_other_viewer",
    "oo": "documenthor_other_operator",
    "root": "Admin",
}
# By FAB's own functions and in one process: every one of its commands takes ten seconds to start.
_ADD = """
import json, sys
from airflow.providers.fab.auth_manager.cli_commands.utils import get_application_builder
users, password = json.loads(sys.argv[1]), sys.argv[2]
with get_application_builder() as builder:
    for name, role in users.items():
        found = builder.sm.find_role(role)
        assert found is not None, role
        assert builder.sm.add_user(name, name, "Test", f"{name}@example.com", found, password=password)
"""


@dataclass(frozen=True)
class Roles:
    """The system, and what is done with its users."""

    system: System

    def sync(self) -> list[str]:
        """Bring the roles in step; the lines that were printed."""
        command = [sys.executable, "-m", "documenthor_airflow.role_sync"]
        return self._run(command).splitlines()

    def add_users(self) -> None:
        """Make `USERS`, the last of the organisations' by the command that operators are told of."""
        others = {name: role for name, role in USERS.items() if name != "oo"}
        self._run([sys.executable, "-c", _ADD, json.dumps(others), PASSWORD])
        named = ["--username", "oo", "--firstname", "Oo", "--lastname", "Test", "--email", "oo@example.com"]
        self.system.cli("users", "create", *named, "--role", USERS["oo"], "--password", PASSWORD)

    @cached_property
    def tokens(self) -> dict[str, str]:
        """Everybody's token of Airflow's API."""
        return {name: token(self.system.airflow.url, name, PASSWORD) for name in USERS}

    def call(self, user: str, method: str, path: str, body: object = None) -> httpx.Response:
        """A request as this user."""
        headers = {"Authorization": f"Bearer {self.tokens[user]}"}
        url = f"{self.system.airflow.url}{path}"
        return httpx.request(method, url, headers=headers, json=body, timeout=180)

    def _run(self, command: list[str]) -> str:
        done = subprocess.run(
            command, env=self.system.airflow.environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]
        return done.stdout
