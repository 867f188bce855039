"""A visitor's browser without its looks: it sends what browsers send, and reads the HTML it gets."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

import anyio
import httpx

if TYPE_CHECKING:
    from starlette.types import ASGIApp

HOST = "https://airflow.example"


class _Reader(HTMLParser):
    """Keeps tags with their attributes, and the text outside of scripts and styles."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


@dataclass(frozen=True)
class Shown:
    """An answer, read."""

    answer: httpx.Response
    reader: _Reader = field(default_factory=_Reader)

    @property
    def status(self) -> int:
        """The HTTP status."""
        return self.answer.status_code

    @property
    def text(self) -> str:
        """What a person reads."""
        return " ".join(" ".join(self.reader.texts).split())

    def tags(self, name: str) -> list[dict[str, str]]:
        """The attributes of every element of this name."""
        return [attributes for tag, attributes in self.reader.tags if tag == name]

    @property
    def links(self) -> list[str]:
        """Where the links lead."""
        return [link["href"] for link in self.tags("a")]

    @property
    def buttons(self) -> list[str]:
        """Where the buttons that change something lead."""
        return [form["action"] for form in self.tags("form") if form.get("method") == "post"]

    @property
    def token(self) -> str:
        """What the forms of this page carry."""
        found = re.search(r'name="token" value="([0-9a-f]+)"', self.answer.text)
        return found[1] if found else ""


@dataclass(frozen=True)
class Browser:
    """Signed in as `user`, which the app under test learns from a header."""

    app: ASGIApp
    user: str = "olga"

    def get(self, path: str, **headers: str) -> Shown:
        """Open a page."""
        return self._send("GET", path, headers)

    def press(self, path: str, token: str, also: str = "", **headers: str) -> Shown:
        """Send a form, as from a page of the same site unless `headers` say otherwise.

        `also` are further fields, written as in an address.
        """
        said = {"sec-fetch-site": "same-origin", **headers}
        return self._send("POST", path, said, {"token": token, **dict(parse_qsl(also, True))})

    def _send(
        self, method: str, path: str, headers: dict[str, str], form: dict[str, str] | None = None
    ) -> Shown:
        said = {name: value for name, value in {"x-user": self.user, **headers}.items() if value != "-"}

        async def send() -> httpx.Response:
            transport = httpx.ASGITransport(app=self.app)
            async with httpx.AsyncClient(transport=transport, base_url=HOST) as client:
                return await client.request(method, path, headers=said, data=form)

        shown = Shown(anyio.run(send))
        shown.reader.feed(shown.answer.text)
        return shown
