"""The table of REST routes: what is called how, what it needs, and whether it creates content."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.fakes.github.messages import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from tests.fakes.github.auth import Token
    from tests.fakes.github.fake import FakeGitHub
    from tests.fakes.github.messages import Answer, Request
    from tests.fakes.github.state import Account, Repository

_HOLE = re.compile(r"\{(\w+)(\*?)\}")


@dataclass(frozen=True)
class Route:
    """`needs` is `permission:level`; empty where any credential will do. `creates` names the content."""

    name: str
    method: str
    template: str
    needs: str
    creates: str
    handler: Callable[[Call], Answer]
    pattern: re.Pattern[str]


@dataclass
class Call:
    """All that a handler needs to know of one call."""

    fake: FakeGitHub
    request: Request
    params: dict[str, str]
    token: Token | None
    now: datetime
    lag: int = 0
    found: Repository | None = None
    _body: dict[str, Any] | None = field(default=None)

    @property
    def repository(self) -> Repository:
        """The repository in the path, which whoever asks may see."""
        assert self.found is not None
        return self.found

    @property
    def account(self) -> Account:
        """Who asks; raises `Refusal` 401 for nobody."""
        if self.token is None:
            raise Refusal(401, "Requires authentication")
        return self.token.account

    @property
    def body(self) -> dict[str, Any]:
        """The request's JSON."""
        if self._body is None:
            self._body = self.request.json()
        return self._body

    def text(self, key: str, default: str | None = None) -> str:
        """A string of the body; raises `Refusal` 422 where it is missing or something else."""
        value = self.body.get(key, default)
        if not isinstance(value, str):
            raise Refusal(
                422,
                f'Invalid request.\n\n"{key}" wasn\'t supplied.'
                if value is None
                else f"Invalid request.\n\nFor 'properties/{key}', {value!r} is not a string.",
            )
        return value

    def page(self, items: list[Any]) -> tuple[list[Any], dict[str, str]]:
        """The page of `items` that the query asks for, and the `link` header to the others."""
        size = min(int(self.request.query.get("per_page", "30")), 100)
        number = max(int(self.request.query.get("page", "1")), 1)
        last = max(-(-len(items) // size), 1)
        wanted = {"prev": number - 1, "next": number + 1, "first": 1, "last": last}
        shown = {
            name: at
            for name, at in wanted.items()
            if 1 <= at <= last
            and (number > 1 or name not in {"prev", "first"})
            and (number < last or name not in {"next", "last"})
        }
        base = f"{self.fake.api_url}{self.request.path}"
        query = "".join(f"{key}={value}&" for key, value in self.request.query.items() if key != "page")
        links = ", ".join(f'<{base}?{query}page={at}>; rel="{name}"' for name, at in shown.items())
        return items[(number - 1) * size : number * size], {"link": links} if links else {}


class Routes:
    """A table that is filled by its decorator, `@routes("GET", "/repos/{owner}/{repo}", "metadata:read")`."""

    def __init__(self) -> None:
        self.table: list[Route] = []

    def __call__(
        self, method: str, template: str, needs: str = "", *, creates: str = ""
    ) -> Callable[[Callable[[Call], Answer]], Callable[[Call], Answer]]:
        """Enter a handler; `{name*}` in the template takes slashes too."""

        def enter(handler: Callable[[Call], Answer]) -> Callable[[Call], Answer]:
            pattern = _HOLE.sub(lambda m: f"(?P<{m[1]}>{'.+' if m[2] else '[^/]+'})", template)
            self.table.append(
                Route(handler.__name__, method, template, needs, creates, handler, re.compile(pattern))
            )
            return handler

        return enter

    def find(self, method: str, path: str) -> tuple[Route, dict[str, str]]:
        """The route of a path and what its holes stand for; raises `Refusal` 404."""
        for route in self.table:
            if route.method == method and (match := route.pattern.fullmatch(path)):
                return route, match.groupdict()
        raise Refusal(404, "Not Found")


routes = Routes()
