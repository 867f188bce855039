"""Requests made up from the API's own description: none makes it fail, or answer what it does not describe.

A few in every run of the tests, 10,000 with `make test-api`.
"""

from __future__ import annotations

import uuid
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
import schemathesis
from documenthor import jobs
from documenthor.api.openapi import document
from documenthor.outcomes import Kind, Outcome, failed
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.documenthor.api.client import Client
from tests.documenthor.api.conftest import fresh_token
from tests.documenthor.support import NOW, spec

if TYPE_CHECKING:
    from documenthor.db import Database
    from fastapi import FastAPI

    from tests.documenthor.support import Clock

_JOB = "fuzzed"
_REQUESTS = 10_000
# Operations that take anything at all; the others can be asked in one way only.
_VARIED = 6
# Of the answer: what the description says of statuses, media types, headers and bodies holds.
_CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
)


def _fill(database: Database) -> None:
    """A job that the made-up requests may find."""
    jobs.record(database, tenant="acme", request=jobs.JobRequest(), requested_by="me", now=NOW, job_id=_JOB)
    jobs.resolve(database, _JOB, [jobs.Planned(name, spec(name, _JOB)) for name in ("a", "b")], NOW)
    for name, outcome in (("a", Outcome(Kind.COMMITTED)), ("b", failed("fetch", "no"))):
        jobs.start(database, _JOB, name, NOW)
        jobs.finish(database, _JOB, name, outcome, NOW)
    jobs.close_run(database, _JOB, "run", NOW)


def _fuzz(app: FastAPI, database: Database, clock: Clock, examples: int) -> Counter[int]:
    """Send `examples` requests to each operation, good and bad ones; returns the answers' statuses."""
    _fill(database)
    # Every token ends now, and with it every stream of events; the leeway still lets it in.
    clock.advance(timedelta(minutes=5))
    services = app.state.services
    quotas = {"tenant_requests_per_minute": 10**8, "key_requests_per_minute": 10**8}
    app.state.services = replace(services, settings=replace(services.settings, **quotas))
    schema = schemathesis.openapi.from_dict(document(app))
    schema.config.generation.update(modes=list(GenerationMode))
    statuses: Counter[int] = Counter()
    for result in schema.get_all_operations():
        operation: Any = result.ok()  # type: ignore[union-attr]
        if "verify" in operation.path:
            continue
        _send_all(app, operation, examples, statuses)
    return statuses


def _send_all(app: FastAPI, operation: Any, examples: int, statuses: Counter[int]) -> None:  # noqa: ANN401
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def send(case: Any) -> None:  # noqa: ANN401 - schemathesis' case
        if "job_id" in case.path_parameters and statuses.total() % 2:
            case.path_parameters["job_id"] = _JOB
        statuses[_send(app, case)] += 1

    send()


def _send(app: FastAPI, case: Any) -> int:  # noqa: ANN401 - schemathesis' case
    request = case.as_transport_kwargs(base_url="http://test")
    headers = {name: str(value).encode() for name, value in request["headers"].items()}
    headers["Authorization"] = f"Bearer {fresh_token('acme', uuid.uuid4().hex)}".encode()
    body = {key: request[key] for key in ("json", "data") if request.get(key) is not None}
    if isinstance(body.get("data"), str | bytes):
        body["content"] = body.pop("data")
    response = Client(app).request(
        request["method"], request["url"], params=request.get("params"), headers=headers, **body
    )
    case.validate_response(response, checks=list(_CHECKS))
    return response.status_code


def test_every_answer_to_made_up_requests_is_one_that_is_described(
    app: FastAPI, database: Database, clock: Clock
) -> None:
    statuses = _fuzz(app, database, clock, examples=12)
    assert statuses.total() >= 60
    assert {200, 202, 422} <= statuses.keys()


@pytest.mark.api
@pytest.mark.timeout(3600)
def test_ten_thousand_made_up_requests(app: FastAPI, database: Database, clock: Clock) -> None:
    statuses = _fuzz(app, database, clock, examples=_REQUESTS // _VARIED + 1)
    print(f"{statuses.total()} requests, by status: {dict(sorted(statuses.items()))}")
    assert statuses.total() >= _REQUESTS
