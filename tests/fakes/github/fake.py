"""One stateful GitHub: what there is, and how one request after another changes it."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import quote

from tests.fakes.github import graphql, rest
from tests.fakes.github.auth import Token, Vault, require_seen
from tests.fakes.github.faults import Called, Fault, Faults
from tests.fakes.github.issuing import Issuing
from tests.fakes.github.limits import Limits, headers, limited_as
from tests.fakes.github.messages import Answer, Broken, Refusal, Request
from tests.fakes.github.people import People
from tests.fakes.github.routes import Call, Route
from tests.fakes.github.server import LOOPBACK, Served, serve

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from pathlib import Path

    from tests.fakes.github.state import Repository


@dataclass
class Made:
    """One call. `creates` names the content that it would create, `status` 0 means it got no answer."""

    at: datetime
    name: str
    method: str
    path: str
    account: str
    is_write: bool
    creates: str = ""
    status: int = 0


class FakeGitHub(Issuing, People):
    """See the package's README. Everything happens one request at a time, under one lock."""

    def __init__(self, root: Path, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        super().__init__(root, clock)
        self.vault = Vault()
        self.limits = Limits()
        self.faults = Faults()
        self.calls: list[Made] = []
        # What git's smart protocol sent to clients, in bytes, call by call.
        self.transferred: list[int] = []
        # Where addresses in answers lead; `serve()` sets both to where it listens.
        self.api_url = "https://api.github.com"
        self.html_url = "https://github.com"
        # Set for an Enterprise Server.
        self.enterprise_version = ""
        self.lock = threading.RLock()

    @property
    def creations(self) -> list[Made]:
        """The calls that create or change content and that the secondary limit let through."""
        return [made for made in self.calls if made.creates]

    @property
    def reads(self) -> list[Made]:
        """The calls that can change nothing."""
        return [made for made in self.calls if not made.is_write]

    def handle(self, request: Request) -> Answer:
        """Answer one request; raises `Broken` where the connection ends instead."""
        with self.lock:
            answer = self._handle(request)
            answer.headers.setdefault("content-type", "application/json; charset=utf-8")
            answer.headers["x-github-request-id"] = f"FA4E:{len(self.calls):06X}"
            answer.headers["x-github-media-type"] = "github.v3; format=json"
            return answer

    def _handle(self, request: Request) -> Answer:
        made = Made(self.clock(), "", request.method, request.path, "", is_write=False)
        self.calls.append(made)
        try:
            answer = self._answered(request, made)
        except Refusal as refusal:
            answer = refusal.answer()
        made.status = answer.status
        return answer

    def _answered(self, request: Request, made: Made) -> Answer:
        route, params = rest.find(request.method, request.path)
        asked = graphql.asked(request) if route is None else None
        made.name = route.name if route else (asked.name if asked else "")
        made.is_write = (request.method not in {"GET", "HEAD"}) if route else bool(asked and asked.is_write)
        token = self.vault.authenticate(request.headers, made.at)
        made.account = token.account.login if token else ""
        kind, text = token.kind if token else "", asked.text if asked else ""
        called = Called(made.name, request.method, request.path, made.is_write, kind, text)
        fault = self.faults.draw(called)
        self._fail_before(fault, token)
        call = Call(self, request, params, token, made.at, self.faults.lag if fault is Fault.LAG else 0)
        answer = self._limited(call, route, asked, made, fault)
        return _fail_after(fault, call, made, answer)

    def _fail_before(self, fault: Fault | None, token: Token | None) -> None:
        if fault in {Fault.BROKEN_BEFORE, Fault.TIMEOUT_BEFORE}:
            raise Broken(timed_out=fault is Fault.TIMEOUT_BEFORE)
        if fault is Fault.ERROR_BEFORE:
            raise Refusal(500, "Server Error")
        if fault is Fault.TOKEN_EXPIRED and token is not None:
            token.expires_at = self.clock()
            raise Refusal(401, "Bad credentials")

    def _limited(
        self, call: Call, route: Route | None, asked: graphql.Asked | None, made: Made, fault: Fault | None
    ) -> Answer:
        if route is not None and route.name == "get_rate_limit":
            return route.handler(call)
        resource = "core" if route else "graphql"
        owner = limited_as(call.token)
        window = self.limits.spend(owner, resource, made.at)
        extra = headers(window, resource) | _about(call.token, route)
        try:
            creates = route.creates if route else (asked.creates if asked else "")
            if fault is Fault.SECONDARY_LIMIT:
                raise self.limits.refusal()
            if creates:
                self.limits.create(owner, made.at)
                made.creates = creates
            answer = self._permitted(call, route) if route else graphql.execute(call, asked)
        except Refusal as refusal:
            answer = refusal.answer()
        answer.headers = {**extra, **answer.headers}
        return answer

    def _permitted(self, call: Call, route: Route) -> Answer:
        if "repo" in call.params and "owner" in call.params:
            owner, name = call.params["owner"], call.params["repo"]
            call.found = require_seen(call.token, self.find(owner, name))
        if route.needs:
            require(call, route.needs)
        if call.found is not None and call.found.is_archived and route.method != "GET":
            raise Refusal(403, "Repository was archived so is read-only.")
        return route.handler(call)

    def serve(
        self, *, tls: bool = False, port: int = 0, host: str = LOOPBACK
    ) -> AbstractContextManager[Served]:
        """Serve over HTTP, or with `tls` over HTTPS, while the result is entered."""
        return serve(self, tls=tls, port=port, host=host)

    def clone_url(self, repository: Repository) -> str:
        """Where the repository is cloned from."""
        return f"{self.html_url}/{quote(repository.full_name)}.git"


def require(call: Call, needs: str) -> None:
    """Raise `Refusal` unless the credential may; without any, only reading what is public."""
    permission, _, level = needs.partition(":")
    if call.token is None:
        if level == "read" and call.found is not None and call.found.visibility == "public":
            return
        raise Refusal(401, "Requires authentication")
    if call.token.kind == "app":
        if permission != "app":
            raise Refusal(401, "A JSON web token could not be decoded")
        return
    if permission == "app":
        raise Refusal(401, "A JSON web token could not be decoded")
    if call.token.may(permission, level, call.found):
        return
    raise refused(call.token)


def refused(token: Token) -> Refusal:
    """403 as it is worded for the kind of credential; a classic token is told that nothing is there."""
    if token.kind == "classic":
        return Refusal(404, "Not Found")
    who = "integration" if token.kind == "installation" else "personal access token"
    return Refusal(403, f"Resource not accessible by {who}")


def _fail_after(fault: Fault | None, call: Call, made: Made, answer: Answer) -> Answer:
    """What is answered in place of `answer`, after what was asked took place."""
    if fault in {Fault.BROKEN_AFTER, Fault.TIMEOUT_AFTER}:
        raise Broken(timed_out=fault is Fault.TIMEOUT_AFTER)
    if fault is Fault.ERROR_AFTER:
        return Answer(502, {"message": "Server Error"})
    if fault is Fault.ALREADY_EXISTS and answer.status == HTTPStatus.CREATED:
        return rest.already_exists(call, made.name)
    return answer


def _about(token: Token | None, route: Route | None) -> dict[str, str]:
    """What GitHub says of the credential with every answer."""
    if token is None or token.kind == "app":
        return {}
    if token.scopes is not None:
        return {"x-oauth-scopes": ", ".join(token.scopes), "x-accepted-oauth-scopes": "repo"}
    if route is None or not route.needs:
        return {}
    return {"x-accepted-github-permissions": route.needs.replace(":", "=")}
