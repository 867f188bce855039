"""The fake without sockets: what PyGithub takes in place of its two connection classes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, unquote, urlsplit

import requests
from github.Requester import Requester

from tests.fakes.github.messages import Broken, Request

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tests.fakes.github.fake import FakeGitHub
    from tests.fakes.github.messages import Answer


def request(method: str, target: str, headers: Mapping[str, str], body: bytes) -> Request:
    """A request from what stands on the wire; an Enterprise Server's prefixes are taken off."""
    parts = urlsplit(target)
    path = unquote(parts.path).removeprefix("/api/v3")
    if path in ("/api/graphql", "/graphql/"):
        path = "/graphql"
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    return Request(method, path or "/", query, {k.lower(): str(v) for k, v in headers.items()}, body)


class _Response:
    """What PyGithub reads of an answer."""

    def __init__(self, answer: Answer) -> None:
        self.status = answer.status
        self.headers = requests.structures.CaseInsensitiveDict(answer.headers)
        self._content = answer.content()

    def getheaders(self) -> Any:  # noqa: ANN401 - as PyGithub's own
        return self.headers.items()

    def read(self) -> str:
        return self._content.decode()

    def iter_content(self, chunk_size: int | None = 1) -> Iterator[bytes]:
        size = chunk_size or len(self._content) or 1
        yield from (self._content[at : at + size] for at in range(0, len(self._content), size))

    def raise_for_status(self) -> None:
        if self.status >= 400:
            raise requests.exceptions.HTTPError(f"{self.status} from the fake")


class _Connection:
    """One connection to the fake that `fake` names; raises what `requests` raises."""

    fake: FakeGitHub
    protocol = "https"

    def __init__(self, host: str, port: int | None = None, **_: object) -> None:
        self.host, self.port = host, port
        self._request: Request | None = None

    def request(
        self,
        verb: str,
        url: str,
        input: Any,  # noqa: A002, ANN401 - as PyGithub's own
        headers: dict[str, str],
        stream: bool = False,
    ) -> None:
        assert not stream, "the fake answers at once"
        body = input.encode() if isinstance(input, str) else input or b""
        if not isinstance(body, bytes):
            body = json.dumps(body).encode()
        self._request = request(verb, url, headers, body)

    def getresponse(self) -> _Response:
        assert self._request is not None
        try:
            return _Response(self.fake.handle(self._request))
        except Broken as broken:
            if broken.timed_out:
                raise requests.exceptions.ReadTimeout("the fake timed out") from broken
            raise requests.exceptions.ConnectionError("the fake broke the connection") from broken

    def close(self) -> None:
        return


class connections:  # noqa: N801 - a context manager that reads like a function
    """While it is entered, PyGithub talks to `fake` alone, whatever the address."""

    def __init__(self, fake: FakeGitHub) -> None:
        self._http: Any = type("Http", (_Connection,), {"fake": fake, "protocol": "http"})
        self._https: Any = type("Https", (_Connection,), {"fake": fake, "protocol": "https"})

    def __enter__(self) -> None:
        """Put the fake in."""
        Requester.injectConnectionClasses(self._http, self._https)

    def __exit__(self, *_: object) -> None:
        """Put PyGithub's own back."""
        Requester.resetConnectionClasses()
