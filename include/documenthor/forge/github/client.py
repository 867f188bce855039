"""`Client`: the one module that talks to GitHub, through PyGithub's `Requester`.

PyGithub's retries and pauses are switched off, because whoever calls decides about both. Nothing that
PyGithub or requests raises leaves this module, and PyGithub's log, which holds bodies, stays silent.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, TypeVar, cast
from urllib.parse import unquote, urlsplit

from github.Auth import Auth
from github.Consts import API_VERSION_2022_11_28
from github.GithubException import GithubException
from github.Requester import Requester

from documenthor.errors import ConfigurationError, ForgeError, RefusedError, UnavailableError
from documenthor.forge.github import answers
from documenthor.forge.github.transport import Network, SameHost

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from documenthor.forge.github.secrets import Secret
    from documenthor.forge.github.transport import Connection, ConnectionFactory

_T = TypeVar("_T")
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_AGENT = "documenthor"
_ACCEPT = {"Accept": "application/vnd.github+json"}
_SILENT = logging.getLogger("documenthor.pygithub")
_SILENT.setLevel(logging.CRITICAL)


class Client:
    """Satisfies `Api`. `secret` yields the token for each call, so that it can be renewed meanwhile.

    A call whose token was not accepted was not carried out, so it alone is sent again with a new token.
    `base_url` is GitHub's REST API (`https://api.github.com`, `https://HOST/api/v3`).
    """

    def __init__(
        self,
        base_url: str,
        secret: Secret,
        clock: Callable[[], datetime],
        connect: ConnectionFactory | None = None,
    ) -> None:
        parts = _checked(base_url)
        self.secret, self._auth, self._clock = secret, _Bearer(secret), clock
        self._network = Network(parts.scheme) if connect is None else None
        self._requester = _requester(
            base_url.rstrip("/"),
            self._auth,
            connect or cast("ConnectionFactory", self._network),
        )

    def rest(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:  # noqa: ANN401 - JSON
        """Call `path` (`/repos/OWNER/NAME/...`, query included); the decoded answer, None if it is empty."""
        if not _is_path(path):
            raise RefusedError(f"{path[:100]!r} is no path of GitHub's API; nothing was sent", 400)
        what = f"{method} {path.partition('?')[0][:200]}"
        return self._scrubbed(lambda: answers.value(self._send(method, path, body), what))

    def graphql(
        self, document: str, variables: Mapping[str, Any], *, partial: bool = False
    ) -> dict[str, Any]:
        """Run a GraphQL document and return its `data`; an answer with errors raises.

        With `partial`, what GitHub does not find is None in the data instead.
        """
        body = {"query": document, "variables": dict(variables)}
        url = self._requester.graphql_url
        return self._scrubbed(lambda: answers.data(self._send("POST", url, body), partial=partial))

    @property
    def scopes(self) -> frozenset[str] | None:
        """A classic token's scopes as the last answer named them; None for any other kind of token."""
        known: list[str] | None = self._requester.oauth_scopes
        return None if known is None else frozenset(filter(None, known))

    def close(self) -> None:
        """Close the sockets."""
        if self._network is not None:
            self._network.close()

    def _send(self, method: str, url: str, body: Mapping[str, Any] | None) -> answers.Reply:
        reply = self._send_once(method, url, body)
        if reply.status == 401 and self.secret.reject(self._auth.last):
            return self._send_once(method, url, body)
        return reply

    def _send_once(self, method: str, url: str, body: Mapping[str, Any] | None) -> answers.Reply:
        given = None if body is None else dict(body)
        try:
            status, headers, text = self._requester.requestJson(
                method, url, headers=dict(_ACCEPT), input=given
            )
        except ForgeError:
            raise
        except (GithubException, AssertionError, RuntimeError, ValueError, OSError) as error:
            raise UnavailableError(
                f"the call to GitHub broke off ({type(error).__name__}); try again"
            ) from None
        return answers.Reply(status, headers, text, self._clock())

    def _scrubbed(self, call: Callable[[], _T]) -> _T:
        """Run `call`; should GitHub ever repeat the token in a message, ours does not."""
        try:
            return call()
        except ForgeError as error:
            secret = self._auth.last
            if secret and secret in str(error):
                error.args = (str(error).replace(secret, "***"),)
            raise


def _is_path(path: str) -> bool:
    """Whether it stays where it points: what takes `..` away would otherwise lead elsewhere."""
    parts = path.partition("?")[0].split("/")
    return path.startswith("/") and not path.startswith("//") and {".", ".."}.isdisjoint(map(unquote, parts))


class _Bearer(Auth):
    def __init__(self, secret: Secret) -> None:
        self._secret = secret
        self.last = ""

    @property
    def token_type(self) -> str:
        return "Bearer"

    @property
    def token(self) -> str:
        self.last = self._secret.current()
        return self.last


def _requester(base_url: str, auth: Auth, connect: ConnectionFactory) -> Requester:
    parts = urlsplit(base_url)
    root = f"{parts.scheme}://{parts.netloc}"

    class Ours(Requester):
        """A class of its own, because PyGithub keeps connection classes and the log in the class."""

    def connection(host: str, port: int | None = None, **options: Any) -> Connection:  # noqa: ANN401
        return SameHost(connect(host, port, **options), root)

    # A plain function would become a method of the class that it is kept in.
    factory = cast("Any", staticmethod(connection))
    Ours.injectConnectionClasses(factory, factory)
    Ours.injectLogger(_SILENT)
    return Ours(
        auth=auth,
        base_url=base_url,
        timeout=30,
        user_agent=_AGENT,
        per_page=100,
        verify=True,
        retry=0,
        pool_size=None,
        seconds_between_requests=None,
        seconds_between_writes=None,
        api_version=API_VERSION_2022_11_28,
    )


def _checked(base_url: str) -> Any:  # noqa: ANN401 - urllib's result has no public name
    help_ = "use https://api.github.com or https://HOST/api/v3"
    try:
        parts = urlsplit(base_url)
        host, credentials = parts.hostname, parts.username or parts.password
    except ValueError:
        raise ConfigurationError(f"the GitHub connection's host is no address; {help_}") from None
    if not host or credentials or parts.query or parts.fragment:
        raise ConfigurationError(f"the GitHub connection's host is no plain address; {help_}")
    if parts.scheme != "https" and not (parts.scheme == "http" and host in _LOOPBACK):
        raise ConfigurationError(f"the GitHub connection's host is not https; {help_}")
    return parts
