"""Jobs from outside: submit, follow, list, cancel, retry."""

from __future__ import annotations

import time
import uuid
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

import httpx

from documenthor.errors import ApiError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from documenthor.client.calls import Client

ENDED = frozenset({"succeeded", "partially_failed", "failed", "cancelled"})
_BUSY = frozenset(
    {0, httpx.codes.TOO_MANY_REQUESTS, httpx.codes.BAD_GATEWAY, httpx.codes.SERVICE_UNAVAILABLE}
)
_TRIES, _PAUSE, _LONGEST_PAUSE = 5, 1.0, 10.0

Status = dict[str, Any]


def submit(
    client: Client,
    body: Mapping[str, Any],
    *,
    key: str = "",
    tries: int = _TRIES,
    sleep: Callable[[float], None] = time.sleep,
) -> str:
    """Post a batch and return the job's id. Tries share a token and a key, so one job comes of them."""
    token, headers = client.token(), {"Idempotency-Key": f'"{key or uuid.uuid4()}"'}
    for left in reversed(range(tries)):
        try:
            answer = client.call("POST", "/api/process-batch", body=body, headers=headers, token=token)
            return str(answer.json()["job"])
        except ApiError as error:
            if not left or error.status not in _BUSY:
                raise
        sleep(_PAUSE)
    raise AssertionError("unreachable: the last try returns or raises")


def status(client: Client, job: str) -> Status:
    """The job with all its repositories."""
    return _whole(client, client.call("GET", _path(job, "status")))


def follow(client: Client, job: str, sleep: Callable[[float], None] = time.sleep) -> Iterator[Status]:
    """The job's status each time it is another, until it has ended."""
    etag, pause = "", _PAUSE
    while True:
        answer = client.call("GET", _path(job, "status"), headers={"If-None-Match": etag} if etag else {})
        if answer.status_code == httpx.codes.OK:
            etag, found = answer.headers.get("etag", ""), _whole(client, answer)
            yield found
            if found["state"] in ENDED:
                return
        sleep(pause)
        pause = min(pause * 1.2, _LONGEST_PAUSE)


def listed(client: Client, *, states: Sequence[str] = (), limit: int = 20) -> list[Status]:
    """The tenant's newest jobs."""
    query = urlencode([("limit", str(limit)), *(("state", state) for state in states)])
    found: list[Status] = client.call("GET", f"/api/jobs?{query}").json()["jobs"]
    return found


def cancel(client: Client, job: str) -> None:
    """End what has not begun."""
    client.call("POST", _path(job, "cancel"))


def retry(client: Client, job: str) -> None:
    """Work once more on what failed."""
    client.call("POST", _path(job, "retry"))


def _path(job: str, what: str) -> str:
    return f"/api/job/{quote(job, safe='')}/{what}"


def _whole(client: Client, answer: httpx.Response) -> Status:
    found: Status = answer.json()
    while following := answer.links.get("next", {}).get("url"):
        answer = client.call("GET", following)
        found["repositories"] += answer.json()["repositories"]
    return found
