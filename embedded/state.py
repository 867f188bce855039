"""Where a run keeps its state, and the lock that keeps two runs apart."""

from __future__ import annotations

import fcntl
import json
import secrets
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cryptography.fernet import Fernet

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class RunError(Exception):
    """Something that stops the run; its text says what to do."""


@dataclass(frozen=True)
class State:
    """The folder that `make run` owns. Deleting it starts over."""

    root: Path

    @property
    def airflow(self) -> Path:
        """`AIRFLOW_HOME`."""
        return self.root / "airflow"

    @property
    def home(self) -> Path:
        """`DOCUMENTHOR_HOME`."""
        return self.root / "documenthor"

    @property
    def forge(self) -> Path:
        """The local forge; the tenant file names it `forge`, relative to `DOCUMENTHOR_HOME`."""
        return self.home / "forge"

    def private_key(self, tenant: str) -> Path:
        """The private key of the tenant's caller; a key belongs to one tenant."""
        return self.root / f"caller-{tenant}.pem"

    @property
    def logs(self) -> Path:
        """What Airflow's components print."""
        return self.root / "logs"

    def prepare(self) -> None:
        """Make the folders; only this user may look into them."""
        for folder in (self.root, self.airflow, self.home, self.forge, self.logs):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the lock; raises `RunError` if another run has it."""
        with (self.root / "lock").open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise RunError("another `make run` is at work here; stop it first") from error
            yield

    def secrets(self) -> dict[str, str]:
        """Secrets of Airflow and of the service, made once."""
        path = self.root / "secrets.json"
        if not path.exists():
            made = {
                "AIRFLOW__API_AUTH__JWT_SECRET": secrets.token_urlsafe(48),
                "AIRFLOW__API__SECRET_KEY": secrets.token_urlsafe(48),
                "AIRFLOW__CORE__FERNET_KEY": Fernet.generate_key().decode(),
                "DOCUMENTHOR_ENCRYPTION_KEYS": Fernet.generate_key().decode(),
            }
            path.touch(mode=0o600)
            path.write_text(json.dumps(made), "utf-8")
        kept: dict[str, str] = json.loads(path.read_text("utf-8"))
        return kept
