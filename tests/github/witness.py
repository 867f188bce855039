"""A pytest plugin: whatever a test asks of the fake is checked against GitHub's own descriptions as well.

`make test-github` loads it for the tests of our client, so that neither their requests nor the answers they
rest on are invented. A call is checked once for each shape that it has; its request goes to the proxy, and
what the proxy finds behind it is the answer that the fake gave.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

import pytest
import requests
from graphql import build_schema

from tests.fakes.github import Answer, FakeGitHub, Request
from tests.github.conftest import OPENAPI, PACKAGES, SCHEMA, described
from tests.github.graphql import problems_of_answer, problems_of_document
from tests.github.prism import proxy, violations

if TYPE_CHECKING:
    from collections.abc import Iterator

# GitHub may answer these to any call, and describes them for few. They have a body of one form.
_ANYWHERE = frozenset({401, 403, 429, 500, 502})
_JSON = {"content-type": "application/json; charset=utf-8"}


class Witness(FakeGitHub):
    """Stands behind the proxy and repeats the answer that is to be checked."""

    repeated = Answer(200)

    def handle(self, request: Request) -> Answer:
        """The answer that is to be checked."""
        del request
        return self.repeated


class Checker:
    """Remembers what was found wrong, and which shapes of calls were seen already."""

    def __init__(self, witness: Witness, url: str) -> None:
        self._witness, self._url = witness, url
        self._schema = build_schema(SCHEMA.read_text("utf-8"), assume_valid=True)
        self._seen: set[str] = set()
        self.documents: set[str] = set()
        self.problems: list[str] = []

    def check(self, request: Request, answer: Answer) -> None:
        """Check a call unless one of its shape was."""
        body = json.loads(request.body) if request.body.startswith(b"{") else None
        shape = json.dumps([request.method, _template(request.path), sorted(request.query), answer.status])
        shape += json.dumps([_shape(body), _shape(answer.body)])
        if shape in self._seen:
            return
        self._seen.add(shape)
        found = self._found(request, body, answer)
        self.problems += [f"{request.method} {request.path} -> {answer.status}: {one}" for one in found]

    def _found(self, request: Request, body: Any, answer: Answer) -> list[str]:  # noqa: ANN401 - any JSON
        if answer.status in _ANYWHERE:
            return [] if isinstance(answer.body["message"], str) else ["it says no message"]
        if request.path == "/graphql":
            return self._found_in_graphql(body, answer)
        self._witness.repeated = Answer(answer.status, answer.body, _JSON | answer.headers)
        query = f"?{urlencode(request.query)}" if request.query else ""
        sent = requests.request(
            request.method, self._url + quote(request.path) + query, json=body, timeout=30
        )
        return violations(sent.json()) if sent.content else []

    def _found_in_graphql(self, body: Any, answer: Answer) -> list[str]:  # noqa: ANN401 - any JSON
        document, data = body["query"], answer.body.get("data")
        self.documents.add(document)
        found = problems_of_document(self._schema, document)
        if found or data is None:
            return found
        return problems_of_answer(self._schema, document, body.get("variables") or {}, data)


@pytest.fixture(scope="session")
def checker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Checker]:
    """The one checker of all tests."""
    folder = tmp_path_factory.mktemp("witness")
    witness = Witness(folder / "fake")
    description = described(OPENAPI)[0]
    with witness.serve() as served, proxy(PACKAGES, description, served.url, folder) as url:
        yield Checker(witness, url)


@pytest.fixture(autouse=True)
def _checked(checker: Checker, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    handle = FakeGitHub.handle

    def watched(fake: FakeGitHub, request: Request) -> Answer:
        answer = handle(fake, request)
        checker.check(request, answer)
        return answer

    monkeypatch.setattr(FakeGitHub, "handle", watched)
    yield
    problems, checker.problems = checker.problems, []
    assert not problems, "\n".join(problems)


def _template(path: str) -> str:
    return "/".join("*" if part.isdigit() or len(part) == 40 else part for part in path.split("/")[4:])


def _shape(value: Any) -> Any:  # noqa: ANN401 - any JSON
    """Its keys and types; of a list, those of its first entry."""
    if isinstance(value, dict):
        return {key: _shape(inner) for key, inner in sorted(value.items())}
    if isinstance(value, list):
        return [_shape(value[0])] if value else []
    return type(value).__name__
