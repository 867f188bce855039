"""A small synchronous client for an ASGI app: every request runs in an event loop of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import anyio
import httpx

if TYPE_CHECKING:
    from starlette.types import ASGIApp


class Client:
    """Sends requests to `app` as a server in front of it would. Exceptions of the app come through."""

    def __init__(self, app: ASGIApp, token: str = "") -> None:
        self.app = app
        self.headers = [("Authorization", f"Bearer {token}")] if token else []

    def request(self, method: str, path: str, **options: Any) -> httpx.Response:  # noqa: ANN401
        """The answer to one request; redirects are not followed."""
        options["headers"] = [*self.headers, *options.get("headers", {}).items()]

        async def send() -> httpx.Response:
            transport = httpx.ASGITransport(self.app)
            async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
                return await client.request(method, path, **options)

        return anyio.run(send)

    def get(self, path: str, **options: Any) -> httpx.Response:  # noqa: ANN401
        """A GET."""
        return self.request("GET", path, **options)

    def post(self, path: str, **options: Any) -> httpx.Response:  # noqa: ANN401
        """A POST."""
        return self.request("POST", path, **options)


def problem(response: httpx.Response, status: int) -> dict[str, Any]:
    """The problem that `response` is; fails if it is none, or not with this status."""
    assert response.headers["content-type"] == "application/problem+json"
    content: dict[str, Any] = response.json()
    assert response.status_code == content["status"] == status
    assert {"type", "title", "detail"} <= content.keys()
    assert content["detail"]
    return content


def told(response: httpx.Response) -> tuple[tuple[str, str], ...]:
    """The headers, but for the request's id and for how many requests are left."""
    return tuple(item for item in response.headers.items() if item[0] not in {"x-request-id", "ratelimit"})
