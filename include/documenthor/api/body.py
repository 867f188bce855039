"""From the bytes of a request to a `JobRequest`, or to a problem that says what to change."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from pydantic import ValidationError
from starlette.requests import ClientDisconnect

from documenthor.api.problems import Problem
from documenthor.jobs import JobRequest
from documenthor.names import MAX_REPOSITORIES

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic_core import ErrorDetails
    from starlette.requests import Request

MAX_BYTES = 1024 * 1024
# A longer list would help nobody, and a hostile body could make it as long as itself.
_MAX_ERRORS = 20

_SENTENCES: dict[str, Callable[[ErrorDetails], str]] = {
    "extra_forbidden": lambda _: "unknown key; remove it or correct its name",
    "string_pattern_mismatch": lambda _: (
        "no repository name: give the name alone, of letters, digits, '.', '_' and '-'"
    ),
    "too_long": lambda _: f"a job takes at most {MAX_REPOSITORIES} repositories; split it into several jobs",
    "value_error": lambda error: str(error["ctx"]["error"]),
}


async def read(request: Request) -> bytes:
    """The body; raises a `Problem` if it is too large or not declared to be JSON."""
    content = bytearray()
    try:
        async for chunk in request.stream():
            content += chunk
            if len(content) > MAX_BYTES:
                raise Problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"send at most {MAX_BYTES} bytes")
    except ClientDisconnect as error:
        raise Problem(HTTPStatus.BAD_REQUEST, "the request ended before its body did") from error
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise Problem(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "send JSON, with Content-Type: application/json")
    return bytes(content)


def parse(content: bytes) -> JobRequest:
    """The request that `content` holds; raises a `Problem` naming each key that is wrong."""
    try:
        return JobRequest.model_validate_json(content, strict=True)
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=False)
    if details[0]["type"] == "json_invalid":
        raise Problem(HTTPStatus.BAD_REQUEST, "the body is not JSON")
    errors = [_describe(detail) for detail in details[:_MAX_ERRORS]]
    summary = f"the request has {len(details)} errors" if len(details) > 1 else errors[0]["detail"]
    raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, summary, kind="request", more={"errors": errors})


def _describe(detail: ErrorDetails) -> dict[str, str]:
    sentence = _SENTENCES.get(detail["type"])
    text = sentence(detail) if sentence else detail["msg"]
    return {"pointer": _pointer(detail["loc"]), "detail": text}


def _pointer(location: tuple[int | str, ...]) -> str:
    """RFC 6901; empty for the whole body."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in location)
