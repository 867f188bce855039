"""Asking the fake from a test, as any client would but in one line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tests.fakes.github.connection import request

if TYPE_CHECKING:
    from tests.fakes.github.fake import FakeGitHub
    from tests.fakes.github.messages import Answer


def ask(fake: FakeGitHub, token: str, method: str, path: str, body: Any = None) -> Answer:  # noqa: ANN401 - JSON
    """Call REST with a credential (empty: none)."""
    headers = {"authorization": f"Bearer {token}"} if token else {}
    return fake.handle(request(method, path, headers, b"" if body is None else json.dumps(body).encode()))


def query(fake: FakeGitHub, token: str, document: str, variables: dict[str, Any] | None = None) -> Any:  # noqa: ANN401
    """Run a GraphQL document: the whole body of the answer."""
    return ask(fake, token, "POST", "/graphql", {"query": document, "variables": variables or {}}).body
