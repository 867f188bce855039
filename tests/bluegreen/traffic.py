"""Those who call through the gateway all the while, and keep every answer."""

from __future__ import annotations

import threading
import uuid
from collections import Counter
from typing import TYPE_CHECKING, Any, Self

import httpx

if TYPE_CHECKING:
    from documenthor.client import Credentials

# A busy machine may answer late; what counts is that it answers.
_TIMEOUT_SECONDS = 120


class Traffic:
    """Calls again and again while it is entered. `answers` counts status codes, and errors by their type."""

    pause_seconds = 0.2

    def __init__(self, url: str, credentials: Credentials) -> None:
        self.answers: Counter[str] = Counter()
        self._credentials = credentials
        self._http = httpx.Client(base_url=url, timeout=_TIMEOUT_SECONDS)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()
        self._http.close()

    def _run(self) -> None:
        while not self._stop.wait(self.pause_seconds):
            self._ask()

    def _ask(self) -> None:
        raise NotImplementedError

    def _answer(self, method: str, path: str, **more: Any) -> httpx.Response | None:  # noqa: ANN401 - httpx's
        headers = {"Authorization": f"Bearer {self._credentials.token()}", **more.pop("headers", {})}
        try:
            answer = self._http.request(method, path, headers=headers, **more)
        except httpx.HTTPError as error:
            self.answers[type(error).__name__] += 1
            return None
        self.answers[str(answer.status_code)] += 1
        return answer


class Reads(Traffic):
    """Reads the list of jobs."""

    def _ask(self) -> None:
        self._answer("GET", "/api/jobs", params={"limit": 1})


class Posts(Traffic):
    """Posts the same small job under a new key each time, and once only; `jobs` are those that were taken."""

    pause_seconds = 3.0

    def __init__(self, url: str, credentials: Credentials, body: dict[str, Any]) -> None:
        super().__init__(url, credentials)
        self.jobs: list[str] = []
        self._body = body

    def _ask(self) -> None:
        headers = {"Idempotency-Key": f'"{uuid.uuid4()}"'}
        answer = self._answer("POST", "/api/process-batch", json=self._body, headers=headers)
        if answer is not None and answer.is_success:
            self.jobs.append(answer.json()["job"])
