"""Requests and answers as they pass between a transport and the fake, and GitHub's refusals."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

DOCS = "https://docs.github.com/rest"


@dataclass(frozen=True)
class Request:
    """One request: `path` is decoded and without query, header names are lower case."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes = b""

    def json(self) -> dict[str, Any]:
        """The body as an object; raises `Refusal` 400 as GitHub does for anything else."""
        if not self.body:
            return {}
        try:
            value = json.loads(self.body)
        except ValueError as error:
            raise Refusal(400, "Problems parsing JSON") from error
        if not isinstance(value, dict):
            raise Refusal(400, "Body should be a JSON object")
        return value


@dataclass
class Answer:
    """One answer: `body` is JSON, or None for an empty one."""

    status: int
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)

    def content(self) -> bytes:
        """The bytes of the body."""
        return b"" if self.body is None else json.dumps(self.body).encode()


class Refusal(Exception):  # noqa: N818 - what GitHub says, and no error of the fake
    """An answer of 400 or above, raised from wherever it is found out."""

    def __init__(
        self,
        status: int,
        message: str,
        errors: list[Any] | None = None,
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.status, self.message, self.errors, self.headers = status, message, errors, headers or {}

    def answer(self) -> Answer:
        """As GitHub words it over REST."""
        body: dict[str, Any] = {"message": self.message}
        if self.errors is not None:
            body["errors"] = self.errors
        body |= {"documentation_url": DOCS, "status": str(self.status)}
        return Answer(self.status, body, dict(self.headers))


class Broken(Exception):  # noqa: N818 - an injected fault, and no error of the fake
    """The connection ends without an answer; `timed_out` if it first hangs."""

    def __init__(self, *, timed_out: bool) -> None:
        super().__init__("timed out" if timed_out else "connection broken")
        self.timed_out = timed_out


def not_found() -> Refusal:
    """What is not there, or what the credential may not know about."""
    return Refusal(404, "Not Found")


def invalid(resource: str, code: str, field_name: str = "", message: str = "") -> Refusal:
    """422 Validation Failed with one error."""
    error = {"resource": resource, "code": code}
    if field_name:
        error["field"] = field_name
    if message:
        error["message"] = message
    return Refusal(422, "Validation Failed", [error])
