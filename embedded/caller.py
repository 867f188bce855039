"""The caller's side: a key pair, a token, one signed request, and polling until the job has ended."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import httpx
from documenthor import tokens
from documenthor.db import Database
from documenthor.jobs import JobState
from documenthor.tokens import rsa

from embedded.airflow import AUDIENCE, ISSUER
from embedded.state import RunError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from embedded.state import State

_POLL_SECONDS = 1.0
_DAG_SECONDS = 180


class Caller:
    """Calls the API as a GitHub Action would: over HTTP, with a signed token."""

    def __init__(self, state: State, url: str, tenant: str = "local") -> None:
        self._tenant = tenant
        self._private_pem = _key_pair(state, tenant)
        self._http = httpx.Client(base_url=url, timeout=60)

    def close(self) -> None:
        """Give up the connection."""
        self._http.close()

    def submit(self, repositories: list[str]) -> str:
        """Post the batch and return the job's id; waits while Airflow has yet to read the DAG."""
        deadline = time.monotonic() + _DAG_SECONDS
        # One token for all tries: a repeated request finds the job that the first one recorded.
        headers = self._authorization()
        while True:
            answer = self._http.post(
                "/api/process-batch", json={"repositories": repositories}, headers=headers
            )
            if answer.status_code == httpx.codes.ACCEPTED:
                job: str = answer.json()["job"]
                return job
            if answer.status_code != httpx.codes.SERVICE_UNAVAILABLE or time.monotonic() > deadline:
                raise RunError(f"the API refused the batch: {answer.status_code} {answer.text}")
            time.sleep(_POLL_SECONDS)

    def ask(self, job: str, operation: str) -> None:
        """Have a job cancelled (`cancel`) or what failed in it retried (`retry`)."""
        answer = self._http.post(f"/api/job/{job}/{operation}", headers=self._authorization())
        answer.raise_for_status()

    def follow(self, job: str, check: Callable[[], None]) -> Iterator[dict[str, Any]]:
        """Yield the job's status until it has ended; `check` raises if waiting makes no sense any more."""
        while True:
            answer = self._http.get(f"/api/job/{job}/status", headers=self._authorization())
            answer.raise_for_status()
            status: dict[str, Any] = answer.json()
            yield status
            if JobState(status["state"]).has_ended:
                return
            check()
            time.sleep(_POLL_SECONDS)

    def _authorization(self) -> dict[str, str]:
        now = datetime.now(UTC)
        token = tokens.mint(self._private_pem, issuer=ISSUER, audience=AUDIENCE, org=self._tenant, now=now)
        return {"Authorization": f"Bearer {token}"}


def _key_pair(state: State, tenant: str) -> str:
    if not state.private_key.exists():
        state.private_key.touch(mode=0o600)
        state.private_key.write_text(tokens.generate().pem, "utf-8")
    pem = state.private_key.read_text("utf-8")
    database = Database(f"sqlite:///{state.home}/documenthor.db")
    public_pem = rsa.public_pem(rsa.private_key(pem).public_key())
    tokens.register(database, tenant, public_pem, datetime.now(UTC))
    database.close()
    return pem
