"""The API without PyGithub in between, for tests and benchmarks that make very many calls."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from documenthor.errors import UnavailableError
from documenthor.forge.github import answers

from tests.fakes.github.connection import request
from tests.fakes.github.messages import Broken

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tests.fakes.github.fake import FakeGitHub


class Direct:
    """Satisfies `Api`: hands each call to the fake and reads the answer as the real client does.

    `token` yields the credential for each call; one that is not accepted is asked for once more, because
    the call was then not carried out.
    """

    def __init__(self, fake: FakeGitHub, token: Callable[[], str]) -> None:
        self._fake, self._token, self._held = fake, token, token()

    def rest(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:  # noqa: ANN401 - JSON
        """Call `path`."""
        return answers.value(self._send(method, path, body), f"{method} {path.partition('?')[0]}")

    def graphql(
        self, document: str, variables: Mapping[str, Any], *, partial: bool = False
    ) -> dict[str, Any]:
        """Run a GraphQL document."""
        body = {"query": document, "variables": dict(variables)}
        return answers.data(self._send("POST", "/graphql", body), partial=partial)

    def _send(self, method: str, path: str, body: Mapping[str, Any] | None) -> answers.Reply:
        reply = self._try(method, path, body)
        if reply.status != 401:
            return reply
        self._held = self._token()
        return self._try(method, path, body)

    def _try(self, method: str, path: str, body: Mapping[str, Any] | None) -> answers.Reply:
        headers = {"authorization": f"Bearer {self._held}"}
        raw = b"" if body is None else json.dumps(body).encode()
        try:
            answer = self._fake.handle(request(method, path, headers, raw))
        except Broken as broken:
            raise UnavailableError(f"the call to GitHub broke off ({broken})") from None
        known = {name.lower(): value for name, value in answer.headers.items()}
        return answers.Reply(answer.status, known, answer.content().decode(), self._fake.clock())
