"""One signed call to the API. A token is minted for each; it goes to the API's own address only."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urljoin, urlsplit

import httpx

from documenthor import tokens
from documenthor.errors import ApiError, ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType

_SECONDS = 60
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class Credentials:
    """A tenant's key, and what the service expects tokens to name."""

    tenant: str
    issuer: str
    audience: str
    private_pem: str = field(repr=False)

    def token(self) -> str:
        """A fresh token."""
        return tokens.mint(
            self.private_pem,
            issuer=self.issuer,
            audience=self.audience,
            org=self.tenant,
            now=datetime.now(UTC),
        )


class Client:
    """Calls the API at `url`: https, or http on the loopback interface."""

    def __init__(self, url: str, credentials: Credentials) -> None:
        parts = urlsplit(url)
        plain = parts.scheme == "http" and parts.hostname in _LOOPBACK
        if not parts.hostname or not (parts.scheme == "https" or plain):
            raise ConfigurationError(f"{url!r} is no https address; set --url or DOCUMENTHOR_URL")
        self._url, self._credentials = url.rstrip("/"), credentials
        self._http = httpx.Client(timeout=_SECONDS, follow_redirects=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give up the connection."""
        self._http.close()

    def call(
        self,
        method: str,
        path: str,
        *,
        body: object = None,
        headers: Mapping[str, str] | None = None,
        token: str = "",
    ) -> httpx.Response:
        """The answer, if it is a success or 304; raises `ApiError` with what the service says otherwise."""
        address = urljoin(f"{self._url}/", path)
        if urlsplit(address)[:2] != urlsplit(self._url)[:2]:
            raise ApiError("the service named an address of another server; nothing was sent there", 0)
        sent = {"Authorization": f"Bearer {token or self._credentials.token()}", **(headers or {})}
        try:
            answer = self._http.request(method, address, json=body, headers=sent)
        except httpx.HTTPError as error:
            # The error's text may hold the request, and with it the token.
            raise ApiError(
                f"{self._url} gave no answer ({type(error).__name__}); is it running?", 0
            ) from None
        if not answer.is_success and answer.status_code != httpx.codes.NOT_MODIFIED:
            raise ApiError(_refusal(answer), answer.status_code)
        return answer

    def token(self) -> str:
        """A token for several tries of one request."""
        return self._credentials.token()


def _refusal(answer: httpx.Response) -> str:
    """The problem document's sentences."""
    try:
        problem: dict[str, Any] = answer.json()
        places = [
            f"{place.get('pointer') or place.get('parameter')}: {place.get('detail')}"
            for place in problem.get("errors") or []
        ]
        said = [str(problem["detail"]), *places]
    except (ValueError, KeyError, TypeError, AttributeError):
        said = ["it gave no reason"]
    return f"the service answered {answer.status_code}: {'; '.join(said)}"
