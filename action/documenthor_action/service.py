"""The conversation with the service: one job posted, then asked for until it has ended."""

from __future__ import annotations

import time
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from documenthor_action import http
from documenthor_action.errors import RefusedError, UnreachableError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from documenthor_action.http import Answer
    from documenthor_action.inputs import Inputs
    from documenthor_action.tokens import Tokens

ENDED = frozenset({"succeeded", "partially_failed", "failed", "cancelled"})
_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
_CONFLICT = 409
_SHORTEST_PAUSE, _PAUSE, _LONGEST_PAUSE = 0.5, 10.0, 120.0
_MOST_PAGES = 100


class Service:
    """One service, spoken to until `deadline` (seconds of `clock`)."""

    def __init__(
        self,
        inputs: Inputs,
        tokens: Tokens,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._inputs, self._tokens = inputs, tokens
        self._clock, self._sleep = clock, sleep
        self._deadline = clock() + inputs.minutes * 60

    def submit(self) -> tuple[str, str]:
        """Post the batch; the job's id and where its status is.

        A request that got no answer is repeated with the same key, which finds the job if there is one.
        """
        headers = {"Idempotency-Key": f'"{self._inputs.idempotency_key}"'}
        answer = self._ask("POST", f"{self._inputs.url}/api/process-batch", headers, self._inputs.body)
        job, address = answer.body.get("job"), answer.headers.get("location", "")
        if answer.status != http.ACCEPTED or not isinstance(job, str):
            raise RefusedError(_refusal(answer))
        return job, self._within(address or f"/api/job/{job}/status")

    def follow(self, address: str) -> Iterator[dict[str, Any]]:
        """The job's status each time it is another, the last one when it has ended or time is up."""
        etag, status, pause = "", {}, _SHORTEST_PAUSE
        while True:
            answer = self._ask("GET", address, {"If-None-Match": etag} if etag else {})
            if answer.status == http.OK:
                etag, status = answer.headers.get("etag", ""), self._whole(answer)
                yield status
            elif answer.status != http.NOT_MODIFIED:
                raise RefusedError(_refusal(answer))
            if status.get("state") in ENDED or self._clock() >= self._deadline:
                return
            # A small job ends within seconds, a large one is not asked for all the time.
            pause = min(pause * 1.5, _PAUSE)
            self._sleep(_pause(answer.headers, pause))

    def _whole(self, first: Answer) -> dict[str, Any]:
        """The status with the repositories of all its pages."""
        status, following = dict(first.body), _next(first.headers)
        rows = list(_rows(first))
        for _ in range(_MOST_PAGES):
            if not following:
                break
            page = self._ask("GET", self._within(following), {})
            if page.status != http.OK:
                raise RefusedError(_refusal(page))
            rows += _rows(page)
            following = _next(page.headers)
        return {**status, "repositories": rows}

    def _ask(
        self, method: str, url: str, headers: Mapping[str, str], body: Mapping[str, Any] | None = None
    ) -> Answer:
        while True:
            try:
                sent = {"Authorization": f"Bearer {self._tokens.current()}", **headers}
                answer = http.call(method, url, headers=sent, body=body)
                if not _may_change(answer) or self._clock() >= self._deadline:
                    return answer
                pause = _pause(answer.headers, _PAUSE)
            except UnreachableError:
                if self._clock() >= self._deadline:
                    raise
                pause = _PAUSE
            self._sleep(pause)

    def _within(self, address: str) -> str:
        """An address of the service itself; the token goes nowhere else."""
        joined = urljoin(f"{self._inputs.url}/", address)
        if urlsplit(joined)[:2] != urlsplit(self._inputs.url)[:2]:
            raise RefusedError("the service answered with an address of another server; check `url`")
        return joined


def _may_change(answer: Answer) -> bool:
    """Whether the same request may get another answer later; of conflicts, those that say when."""
    waits = answer.status == _CONFLICT and "retry-after" in answer.headers
    return waits or answer.status in _AGAIN


def _rows(answer: Answer) -> list[dict[str, Any]]:
    rows = answer.body.get("repositories")
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _next(headers: Mapping[str, str]) -> str:
    for part in headers.get("link", "").split(","):
        address, _, parameters = part.strip().partition(";")
        if parameters.replace(" ", "").replace('"', "") == "rel=next":
            return address.strip("<>")
    return ""


def _pause(headers: Mapping[str, str], otherwise: float) -> float:
    """What the service asks for, in seconds and within bounds, or `otherwise`."""
    text = headers.get("retry-after", "")
    if text.isdecimal():
        return min(max(float(text), 1.0), _LONGEST_PAUSE)
    try:
        return min(max(parsedate_to_datetime(text).timestamp() - time.time(), 1.0), _LONGEST_PAUSE)
    except ValueError:
        return otherwise


def _refusal(answer: Answer) -> str:
    """What the problem document says, all its findings included, on one line."""
    said = [str(answer.body.get("detail") or answer.body.get("title") or "no reason given")]
    errors = (error for error in answer.body.get("errors") or [] if isinstance(error, dict))
    said += [f"{error.get('pointer', '')}: {error.get('detail', '')}" for error in errors]
    return " | ".join([f"the service answered {answer.status}", *said])[:4000]
