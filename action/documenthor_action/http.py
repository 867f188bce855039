"""One HTTP call: JSON both ways, bounded in time and size, no redirect followed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from http.client import HTTPException
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError, URLError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from documenthor_action.errors import UnreachableError

if TYPE_CHECKING:
    from collections.abc import Mapping

OK, ACCEPTED, NOT_MODIFIED = 200, 202, 304
_SECONDS = 30
_MOST_BYTES = 32 * 1024 * 1024


@dataclass(frozen=True)
class Answer:
    """Status, headers by lower-case name, and the body if it is a JSON object."""

    status: int
    headers: Mapping[str, str]
    body: Mapping[str, Any]


class _NoRedirect(HTTPRedirectHandler):
    """A redirect would take the token along to wherever it leads."""

    def redirect_request(self, *_args: object, **_kwargs: object) -> None:
        """Follow nothing."""


_OPENER = build_opener(_NoRedirect)


def call(
    method: str, url: str, *, headers: Mapping[str, str], body: Mapping[str, Any] | None = None
) -> Answer:
    """Send one request; raises `UnreachableError` when there is no answer of the agreed form."""
    data = None if body is None else json.dumps(body).encode()
    own = {"Accept": "application/json", "User-Agent": "documenthor-action"}
    if data is not None:
        own["Content-Type"] = "application/json"
    request = Request(url, data, {**own, **headers}, method=method)  # noqa: S310 - the scheme is checked
    try:
        with _OPENER.open(request, timeout=_SECONDS) as response:
            return _answer(response)
    except HTTPError as error:
        with error:
            return _answer(error)
    except (URLError, HTTPException, OSError, ValueError) as error:
        reason = getattr(error, "reason", None) or error
        raise UnreachableError(f"no answer from {request.host}: {reason}") from error


def _answer(response: Any) -> Answer:  # noqa: ANN401 - HTTPResponse or HTTPError, which share no base
    raw = response.read(_MOST_BYTES + 1)
    if len(raw) > _MOST_BYTES:
        raise UnreachableError("the answer is too large to be one of the service's")
    headers = {name.lower(): value for name, value in response.headers.items()}
    try:
        body = json.loads(raw) if raw else {}
    except ValueError:
        body = {}
    return Answer(response.status, headers, body if isinstance(body, dict) else {})
