"""The OpenAPI document: what FastAPI cannot see because our endpoints read and write bytes themselves."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from pydantic.json_schema import models_json_schema

from documenthor.api import examples
from documenthor.api.models import Accepted, Alive, HealthReport, JobList, JobPage, ProblemDetails
from documenthor.jobs import JobRequest
from documenthor.usage import Statement

if TYPE_CHECKING:
    from fastapi import FastAPI

Answers = dict[int | str, dict[str, Any]]
_REFERENCE = "#/components/schemas/{model}"
_FASTAPIS = "HTTPValidationError"
_PUBLIC = {"/api/health", "/api/health/live", "/.well-known/jwks.json"}
_DESCRIPTION = """
Documents a GitHub organisation's repositories and publishes only what it could check against the code.

Every request but the health checks and the public keys needs a token: `Authorization: Bearer TOKEN`.
`docs/api.md` says how to get one, what may be repeated, and what the limits are.
"""


def answers(*statuses: int) -> Answers:
    """The problems that an endpoint may answer with."""
    return {status: _problem(status) for status in statuses}


def accepted() -> Answers:
    """202 with the job."""
    content = _content("Accepted", examples.ACCEPTED)
    return {202: {"description": "Accepted", "content": content, "headers": _headers("Location")}}


def job_list() -> Answers:
    """200 with a page of jobs."""
    return _answer(JobList, examples.JOBS, "Link")


def job_page() -> Answers:
    """200 with a job and a page of its repositories, or 304."""
    return {
        **_answer(JobPage, examples.JOB, "ETag", "Link"),
        304: {"description": "Nothing has changed", "headers": _headers("ETag")},
    }


def monthly_statement() -> Answers:
    """200 with a statement, as JSON or as CSV."""
    found = _answer(Statement, examples.STATEMENT)
    table = {"schema": {"type": "string"}, "example": examples.STATEMENT_CSV}
    found[200]["content"]["text/csv"] = table
    return found


def stream() -> Answers:
    """200 with events, or 204 when there will be none."""
    # What a stream of events is made of, OpenAPI 3.1 cannot say.
    content = {"text/event-stream": {"example": examples.EVENTS}}
    return {
        200: {"description": "Events, until the job has ended", "content": content},
        204: {"description": "The job has ended, and you have seen its end"},
    }


def health_report() -> Answers:
    """200 or 503 with what held."""
    return {
        **_answer(HealthReport, examples.HEALTHY),
        503: {
            "description": "No request can be met",
            "content": _content("HealthReport", examples.UNHEALTHY),
        },
    }


def published_keys() -> Answers:
    """200 with a JSON Web Key Set, or 304."""
    content = {"application/json": {"schema": {"type": "object"}, "example": examples.KEYS}}
    return {
        200: {
            "description": "A JSON Web Key Set (RFC 7517)",
            "content": content,
            "headers": _headers("ETag"),
        },
        304: {"description": "Nothing has changed", "headers": _headers("ETag")},
    }


def verified() -> Answers:
    """200 with who calls, in headers alone."""
    names = ("X-Documenthor-Tenant", "X-Documenthor-Repository")
    return {200: {"description": "The token is good", "headers": _headers(*names)}, **answers(401, 403)}


def alive() -> Answers:
    """200."""
    return _answer(Alive, {"status": "ok"})


def batch_request() -> dict[str, Any]:
    """The body and the header of a batch."""
    schema = {"$ref": _REFERENCE.format(model="JobRequest")}
    body = {
        "required": True,
        "content": {"application/json": {"schema": schema, "examples": examples.REQUESTS}},
    }
    key = {
        "name": "Idempotency-Key",
        "in": "header",
        "description": "Names this request: repeated with the same body, it finds the same job.",
        "schema": {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!#-~]+$"},
        "example": "nightly-2026-05-04",
    }
    return {"openapi_extra": {"requestBody": body, "parameters": [key]}}


def document(app: FastAPI) -> dict[str, Any]:
    """The whole document."""
    made: dict[str, Any] = app.openapi()
    made["info"]["description"] = _DESCRIPTION.strip()
    schemas = made.setdefault("components", {}).setdefault("schemas", {})
    schemas.update(_schemas())
    for unused in (_FASTAPIS, "ValidationError"):
        schemas.pop(unused, None)
    made["components"]["securitySchemes"] = {
        "token": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}
    }
    for path, operations in made["paths"].items():
        for operation in operations.values():
            operation["security"] = [] if path in _PUBLIC else [{"token": []}]
            # FastAPI adds its own form of 422 wherever there is a parameter; ours is another.
            if _FASTAPIS in str(operation["responses"].get("422", "")):
                del operation["responses"]["422"]
    return made


_ANSWERED = (Accepted, Alive, HealthReport, JobList, JobPage, ProblemDetails, Statement)


def _schemas() -> dict[str, Any]:
    asked, answered = "validation", "serialization"
    models = [(JobRequest, asked), *((model, answered) for model in _ANSWERED)]
    _, made = models_json_schema(
        models,  # type: ignore[arg-type] # the modes are literals
        ref_template=_REFERENCE,
    )
    found: dict[str, Any] = made["$defs"]
    return found


def _answer(model: type[Any], example: object, *headers: str) -> Answers:
    content = _content(model.__name__, example)
    return {200: {"description": "As described", "content": content, "headers": _headers(*headers)}}


def _content(model: str, example: object) -> dict[str, Any]:
    return {"application/json": {"schema": {"$ref": _REFERENCE.format(model=model)}, "example": example}}


def _problem(status: int) -> dict[str, Any]:
    found = {name: {"value": value} for name, value in examples.PROBLEMS[status].items()}
    schema = {"$ref": _REFERENCE.format(model="ProblemDetails")}
    content = {"application/problem+json": {"schema": schema, "examples": found}}
    return {
        "description": HTTPStatus(status).phrase,
        "content": content,
        "headers": _headers(*_OF_PROBLEMS.get(status, ())),
    }


_OF_PROBLEMS = {
    401: ("WWW-Authenticate",),
    429: ("Retry-After", "RateLimit", "RateLimit-Policy"),
    503: ("Retry-After",),
}
_HEADERS = {
    "ETag": "Names this state of the answer; send it back as If-None-Match.",
    "Link": 'The next page, as rel="next".',
    "Location": "Where to see how the job stands.",
    "RateLimit": "What is left of each quota, and for how many seconds.",
    "RateLimit-Policy": "The quotas and their windows in seconds.",
    "Retry-After": "Seconds to wait.",
    "WWW-Authenticate": "Bearer",
    "X-Documenthor-Repository": "The calling repository; empty where the organisation itself calls.",
    "X-Documenthor-Tenant": "The organisation that the token speaks for.",
}


def _headers(*names: str) -> dict[str, Any]:
    return {name: {"description": _HEADERS[name], "schema": {"type": "string"}} for name in names}
