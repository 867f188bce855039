"""Every endpoint, met by two tenants: neither learns that the other has anything at all."""

from __future__ import annotations

import re
import uuid
from typing import TYPE_CHECKING

import pytest
from documenthor import jobs
from documenthor.outcomes import Kind, Outcome
from fastapi.routing import APIRoute

from tests.documenthor.api.client import Client
from tests.documenthor.api.conftest import fresh_token
from tests.documenthor.support import NOW, spec

if TYPE_CHECKING:
    from documenthor.db import Database
    from fastapi import FastAPI

_CANARY = "canary"
# Differs from answer to answer, whoever asks.
_OWN_TO_EACH = re.compile(rb'"(request_id|error_id)": ?"[^"]*"')
_HEADERS = {"x-request-id", "ratelimit", "x-documenthor-tenant"}


@pytest.fixture
def job(database: Database) -> str:
    """A job of `acme` with one finished repository whose every name is a canary."""
    job = jobs.record(
        database,
        tenant="acme",
        request=jobs.JobRequest(),
        requested_by=_CANARY,
        now=NOW,
        job_id=str(uuid.uuid4()),
    )
    jobs.resolve(database, job.id, [jobs.Planned(_CANARY, spec(_CANARY, job.id))], NOW)
    jobs.start(database, job.id, _CANARY, NOW)
    outcome = Outcome(Kind.FAILED, _CANARY, _CANARY, commit=_CANARY, reference=_CANARY)
    jobs.finish(database, job.id, _CANARY, outcome, NOW)
    return job.id


def _calls(app: FastAPI) -> list[tuple[str, str]]:
    """Method and path template of everything that the app answers."""
    routes = [route for route in app.routes if isinstance(route, APIRoute)]
    return sorted((method, route.path) for route in routes for method in route.methods)


def _answer(app: FastAPI, method: str, path: str, tenant: str) -> tuple[int, object, bytes]:
    json: dict[str, str] | None = {} if method in ("POST", "PUT", "PATCH") else None
    answer = Client(app, fresh_token(tenant)).request(method, path, json=json)
    headers = sorted((name, value) for name, value in answer.headers.items() if name not in _HEADERS)
    return answer.status_code, headers, _OWN_TO_EACH.sub(b"", answer.content)


def test_all_endpoints_are_met(app: FastAPI) -> None:
    assert {("GET", "/api/job/{job_id}/status"), ("POST", "/api/process-batch")} <= set(_calls(app))


def test_another_tenants_thing_is_like_one_that_never_was(app: FastAPI, job: str) -> None:
    named = [(method, path) for method, path in _calls(app) if "{job_id}" in path]
    for method, path in named:
        theirs = _answer(app, method, path.replace("{job_id}", job), "other")
        unknown = _answer(app, method, path.replace("{job_id}", str(uuid.uuid4())), "other")
        assert theirs == unknown, (method, path)
        assert theirs[0] == 404, (method, path)


def test_nothing_of_another_tenant_is_in_any_answer(app: FastAPI, job: str) -> None:
    leaks = []
    for method, template in _calls(app):
        path = re.sub(r"\{[^}]*\}", job, template)
        status, headers, content = _answer(app, method, path, "other")
        text = f"{headers}{content.decode()}"
        if job in text.replace(path, "") or _CANARY in text or "acme" in text:
            leaks.append((method, template, status))
    assert leaks == []


def test_the_canary_is_there_for_its_owner(app: FastAPI, job: str) -> None:
    assert _CANARY in Client(app, fresh_token("acme")).get(f"/api/job/{job}/status").text
