"""What carries a call to GitHub: bounded in time and size, and never away from the host it was meant for.

PyGithub would follow redirects without end and lose their query, wait on an answer of 202 and read bodies
of any size, so the connection that it is given answers for these itself.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urljoin, urlsplit

import requests
from requests.adapters import HTTPAdapter
from requests.structures import CaseInsensitiveDict
from urllib3.exceptions import HTTPError

from documenthor.errors import UnavailableError

if TYPE_CHECKING:
    from collections.abc import ItemsView, Mapping

# GitHub gives up on a call after 10 seconds; what takes longer is the way there.
_CONNECT_SECONDS, _READ_SECONDS, _TOTAL_SECONDS = 10, 30, 90
# A whole tree of 100,000 paths is 7 MB at most.
MAX_BYTES = 32 * 1024 * 1024
_CHUNK = 64 * 1024
_REDIRECTS = frozenset({301, 302, 307, 308})
_MAX_HOPS = 3


class Answer:
    """What PyGithub reads of an answer."""

    def __init__(self, status: int, headers: Mapping[str, str], text: str) -> None:
        self.status = status
        self.headers = CaseInsensitiveDict(headers)
        self._text = text

    def getheaders(self) -> ItemsView[str, str]:
        """Names and values."""
        return self.headers.items()

    def read(self) -> str:
        """The body."""
        return self._text


class Connection(Protocol):
    """What PyGithub asks of a connection, which it makes anew for each call."""

    host: str

    def request(self, verb: str, url: str, body: str | None, headers: dict[str, str], *rest: object) -> None:
        """Say what to send."""

    def getresponse(self) -> Any:  # noqa: ANN401 - PyGithub's or our answer
        """Send it."""

    def close(self) -> None:
        """Hang up."""


class ConnectionFactory(Protocol):
    """Makes connections; PyGithub's own connection classes are such factories too."""

    def __call__(self, host: str, port: int | None = None, **options: Any) -> Connection:  # noqa: ANN401
        """A connection to `host`."""


class Network:
    """Makes connections over the network that share one pool of sockets; `close` ends them all."""

    def __init__(self, scheme: str) -> None:
        self.scheme = scheme
        self.session = requests.Session()
        self.session.mount(f"{scheme}://", HTTPAdapter(max_retries=0))
        # Whatever is no None keeps requests from sending a password out of somebody's ~/.netrc.
        self.session.auth = lambda request: request

    def __call__(self, host: str, port: int | None = None, **_options: object) -> Connection:
        """A connection to `host`."""
        return _NetworkConnection(self, host, port)

    def close(self) -> None:
        """Close the sockets."""
        self.session.close()


class _NetworkConnection:
    def __init__(self, network: Network, host: str, port: int | None) -> None:
        self.host = host
        self._network = network
        self._root = f"{network.scheme}://{host}" + ("" if port is None else f":{port}")
        self._call: tuple[str, str, str | None, dict[str, str]] | None = None

    def request(self, verb: str, url: str, body: str | None, headers: dict[str, str], *rest: object) -> None:
        del rest
        self._call = (verb, url, body, headers)

    def getresponse(self) -> Answer:
        if self._call is None:
            raise UnavailableError("nothing was asked of GitHub; call request() first")
        verb, path, body, headers = self._call
        deadline = time.monotonic() + _TOTAL_SECONDS
        try:
            with self._network.session.request(
                verb,
                self._root + path,
                data=body,
                headers=headers,
                timeout=(_CONNECT_SECONDS, _READ_SECONDS),
                allow_redirects=False,
                stream=True,
            ) as response:
                return Answer(response.status_code, response.headers, _text(response, deadline))
        except (requests.RequestException, HTTPError, OSError, ValueError) as error:
            # The exceptions' own texts hold addresses and queries.
            raise UnavailableError(
                f"no answer from {self.host} ({type(error).__name__}); try again"
            ) from None

    def close(self) -> None:
        """Sockets stay in the pool."""


def _text(response: requests.Response, deadline: float) -> str:
    """The body; `read1` returns what has come, so that a trickle cannot outlast the deadline."""
    body = bytearray()
    while chunk := response.raw.read1(_CHUNK, decode_content=True):
        body += chunk
        if len(body) > MAX_BYTES:
            raise UnavailableError(f"the answer is larger than {MAX_BYTES} bytes; ask for less")
        if time.monotonic() > deadline:
            raise UnavailableError(f"the answer took longer than {_TOTAL_SECONDS} seconds; try again")
    return body.decode("utf-8", "replace")


class SameHost:
    """A connection that follows redirects on the same host, as after a repository was renamed."""

    def __init__(self, inner: Connection, root: str) -> None:
        self.host = inner.host
        self._inner = inner
        self._root = root
        self._call: tuple[str, str, str | None, dict[str, str]] = ("GET", "/", None, {})

    def request(self, verb: str, url: str, body: str | None, headers: dict[str, str], *rest: object) -> None:
        """Say what to send."""
        del rest
        self._call = (verb, url, body, headers)

    def getresponse(self) -> Answer:
        """Send it, and again where a redirect leads; GitHub asks to repeat method and body as they were."""
        verb, path, body, headers = self._call
        for _ in range(_MAX_HOPS + 1):
            self._inner.request(verb, path, body, dict(headers))
            answer = self._inner.getresponse()
            known = CaseInsensitiveDict(dict(answer.getheaders()))
            if answer.status == 202 and verb == "GET":
                raise UnavailableError("GitHub is still preparing the answer; try again")
            if answer.status not in _REDIRECTS:
                return Answer(answer.status, known, answer.read())
            path = self._target(path, known.get("location", ""))
        raise UnavailableError(
            f"GitHub redirected more than {_MAX_HOPS} times; check forge.connection's host"
        )

    def _target(self, path: str, location: str) -> str:
        try:
            there = urlsplit(urljoin(self._root + path, location))
            same = (there.scheme, there.netloc) == urlsplit(self._root)[:2]
        except ValueError:
            same = False
        if not location or not same:
            raise UnavailableError(
                "GitHub redirected to another host, which was not followed; check the connection's host"
            )
        return there.path + (f"?{there.query}" if there.query else "")

    def close(self) -> None:
        """Hang up."""
        self._inner.close()
