"""From the bytes of a request to a `JobRequest`, or to a problem that says all that has to change."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError
from pydantic_core import from_json
from starlette.requests import ClientDisconnect

from documenthor.api.problems import Problem, invalid
from documenthor.jobs import JobRequest
from documenthor.jobs.wanted import NAMED_TWICE, duplicates
from documenthor.names import MAX_REPOSITORIES

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from pydantic_core import ErrorDetails
    from starlette.requests import Request

MAX_BYTES = 1024 * 1024

_SENTENCES: dict[str, Callable[[ErrorDetails], str]] = {
    "extra_forbidden": lambda _: "unknown key; remove it or correct its name",
    "too_long": lambda _: f"a job takes at most {MAX_REPOSITORIES} repositories; split it into several jobs",
    "value_error": lambda error: str(error["ctx"]["error"]),
}
_OF_KEYS = {
    ("name", "string_pattern_mismatch"): (
        "no repository name: give the name alone, of letters, digits, '.', '_' and '-'"
    ),
    ("ref", "string_pattern_mismatch"): "no branch, tag or commit can be called so",
    ("repositories", "model_type"): "give a repository's name as a string, or an object with name and ref",
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


def parse(content: bytes, locked: Collection[str]) -> JobRequest:
    """The request that `content` holds; raises a `Problem` naming everything that is wrong.

    `locked` are the options that the tenant lets nobody change.
    """
    try:
        said = from_json(content)
    except ValueError as error:
        raise Problem(HTTPStatus.BAD_REQUEST, "the body is not JSON") from error
    errors = [*_repeated(said), *_filtered(said), *_locked(said, locked)]
    try:
        request = JobRequest.model_validate_json(content, strict=True)
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=False)
        errors += [_describe(detail, said) for detail in details if detail["type"] != NAMED_TWICE]
    if errors:
        raise invalid(sorted(errors, key=lambda error: error["pointer"]))
    return request


def _repeated(said: Any) -> Iterator[dict[str, str]]:  # noqa: ANN401 - whatever the body held
    """Names that come twice, however wrong the rest of the body is."""
    named = said.get("repositories") if isinstance(said, dict) else None
    if isinstance(named, list):
        names = (each.get("name") if isinstance(each, dict) else each for each in named)
        for position, sentence in duplicates(names):
            yield {"pointer": f"/repositories/{position}", "detail": sentence}


def _filtered(said: Any) -> Iterator[dict[str, str]]:  # noqa: ANN401 - whatever the body held
    """Filters are for a whole organisation; a name that was given and then left out would help nobody."""
    if isinstance(said, dict) and said.get("filters") is not None and said.get("repositories") is not None:
        detail = "filters choose from the whole organisation; leave them out, or the repositories"
        yield {"pointer": "/filters", "detail": detail}


def _locked(said: Any, locked: Collection[str]) -> Iterator[dict[str, str]]:  # noqa: ANN401
    options = said.get("options") if isinstance(said, dict) else None
    if isinstance(options, dict):
        for key in sorted(options.keys() & set(locked)):
            yield {"pointer": f"/options/{key}", "detail": "your organisation has locked this; leave it out"}


def _describe(detail: ErrorDetails, said: Any) -> dict[str, str]:  # noqa: ANN401 - whatever the body held
    keys = [part for part in detail["loc"] if isinstance(part, str)]
    text = _OF_KEYS.get((keys[-1] if keys else "", detail["type"]))
    sentence = _SENTENCES.get(detail["type"])
    return {
        "pointer": _pointer(detail["loc"], said),
        "detail": text or (sentence(detail) if sentence else detail["msg"]),
    }


def _pointer(location: tuple[int | str, ...], said: Any) -> str:  # noqa: ANN401 - whatever the body held
    """RFC 6901; empty for the whole body. It ends where the body does: a bare name has no key `name`."""
    pointer = ""
    for part in location:
        if not isinstance(said, dict | list):
            break
        pointer += "/" + str(part).replace("~", "~0").replace("/", "~1")
        said = _inside(said, part)
    return pointer


def _inside(said: Any, part: int | str) -> Any:  # noqa: ANN401 - whatever the body held
    try:
        return said[part]
    except (KeyError, IndexError, TypeError):
        return None
