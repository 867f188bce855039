"""Somebody who calls through the gateway all the while, and keeps every answer."""

from __future__ import annotations

import threading
from collections import Counter
from typing import TYPE_CHECKING, Self

import httpx

if TYPE_CHECKING:
    from documenthor.client import Credentials

_PAUSE_SECONDS = 0.2
# A busy machine may answer late; what counts is that it answers.
_TIMEOUT_SECONDS = 120


class Traffic:
    """Reads the list of jobs while it is entered. `answers` counts status codes, and errors by their type."""

    def __init__(self, url: str, credentials: Credentials) -> None:
        self.answers: Counter[str] = Counter()
        self._url, self._credentials = url, credentials
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join(_TIMEOUT_SECONDS)

    def _run(self) -> None:
        with httpx.Client(base_url=self._url, timeout=_TIMEOUT_SECONDS) as client:
            while not self._stop.wait(_PAUSE_SECONDS):
                self.answers[self._ask(client)] += 1

    def _ask(self, client: httpx.Client) -> str:
        headers = {"Authorization": f"Bearer {self._credentials.token()}"}
        try:
            return str(client.get("/api/jobs", params={"limit": 1}, headers=headers).status_code)
        except httpx.HTTPError as error:
            return type(error).__name__
