"""The caller's side of a run: a registered key, one batch, and its status until the job has ended."""

from __future__ import annotations

import time
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from documenthor import client, tokens
from documenthor.db import Database
from documenthor.errors import ApiError
from documenthor.tokens import rsa

from embedded.airflow import AUDIENCE, ISSUER
from embedded.state import RunError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from documenthor.client.jobs import Status

    from embedded.state import State

_POLL_SECONDS = 1.0
# Airflow may have yet to read the DAG; the API answers 503 until then, and each try waits a second.
_DAG_TRIES = 180


class Caller:
    """Calls the API as anybody outside would: over HTTP, with signed tokens.

    `database` is where its key is registered, if that is not the SQLite file of `state`.
    """

    def __init__(self, state: State, url: str, tenant: str = "local", database: str = "") -> None:
        own = database or f"sqlite:///{state.home}/documenthor.db"
        credentials = client.Credentials(tenant, ISSUER, AUDIENCE, _key_pair(state, tenant, own))
        self.client = client.Client(url, credentials)

    def close(self) -> None:
        """Give up the connection."""
        self.client.close()

    def submit(self, repositories: list[str]) -> str:
        """Post the batch and return the job's id; waits while Airflow has yet to read the DAG."""
        with _explained():
            return client.submit(self.client, {"repositories": repositories}, tries=_DAG_TRIES)

    def follow(self, job: str, check: Callable[[], None]) -> Iterator[Status]:
        """Yield the job's status until it has ended; `check` raises if waiting makes no sense any more."""

        def pause(_: float) -> None:
            check()
            time.sleep(_POLL_SECONDS)

        with _explained():
            yield from client.follow(self.client, job, pause)


@contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except ApiError as error:
        raise RunError(str(error)) from error


def _key_pair(state: State, tenant: str, database_url: str) -> str:
    path = state.private_key(tenant)
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(tokens.generate().pem, "utf-8")
    pem = path.read_text("utf-8")
    database = Database(database_url)
    public_pem = rsa.public_pem(rsa.private_key(pem).public_key())
    tokens.register(database, tenant, public_pem, datetime.now(UTC))
    database.close()
    return pem
