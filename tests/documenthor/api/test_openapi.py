"""The description says what the API does: its examples are real, its answers are described."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from cryptography.fernet import Fernet
from documenthor import jobs, webhooks
from documenthor.api import examples
from documenthor.api.openapi import document
from documenthor.jobs import JobRequest
from documenthor.outcomes import Kind, Outcome

from tests.documenthor.support import NOW, spec

if TYPE_CHECKING:
    from collections.abc import Iterator

    from documenthor.db import Database
    from fastapi import FastAPI

    from tests.documenthor.api.client import Client

_FILE = Path(__file__).resolve().parents[3] / "docs" / "openapi.json"
_DOCUMENT: dict[str, Any] = json.loads(_FILE.read_text("utf-8"))


def _contents() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every body that is described, with where it is."""
    for path, operations in _DOCUMENT["paths"].items():
        for method, operation in operations.items():
            bodies = {"request": operation.get("requestBody", {}), **operation["responses"]}
            for name, body in bodies.items():
                for kind, content in body.get("content", {}).items():
                    yield f"{method} {path} {name} {kind}", content


def _check(schema: dict[str, Any], value: object) -> None:
    whole = {**schema, "components": _DOCUMENT["components"]}
    jsonschema.Draft202012Validator(whole).validate(value)


def test_file_is_what_the_app_says_of_itself(app: FastAPI) -> None:
    assert document(app) == _DOCUMENT, "run `make openapi`"


@pytest.mark.parametrize("content", dict(_contents()).values(), ids=dict(_contents()).keys())
def test_every_body_has_an_example_that_fits_it(content: dict[str, Any]) -> None:
    shown = [each["value"] for each in content.get("examples", {}).values()]
    shown += [content["example"]] if "example" in content else []
    assert shown
    for example in shown:
        # A stream of events is text; it is described no further.
        _check(content.get("schema", {"type": "string"}), example)


@pytest.mark.parametrize("name", examples.REQUESTS)
def test_examples_of_requests_are_taken(client: Client, database: Database, name: str) -> None:
    value = examples.REQUESTS[name]["value"]
    if "webhook" in value:
        sealer = webhooks.Sealer([Fernet.generate_key().decode()])
        webhooks.add(database, sealer, tenant="acme", url=value["webhook"], now=NOW)
    JobRequest.model_validate_json(json.dumps(value), strict=True)
    assert client.post("/api/process-batch", json=value).status_code == 202


def test_operations_say_who_may_call_and_every_error(app: FastAPI) -> None:
    assert app
    public = {path for path, ops in _DOCUMENT["paths"].items() for op in ops.values() if not op["security"]}
    assert public == {"/api/health", "/api/health/live", "/.well-known/jwks.json"}
    for path in _DOCUMENT["paths"].keys() - public:
        for operation in _DOCUMENT["paths"][path].values():
            assert "401" in operation["responses"]


def test_real_answers_are_as_described(client: Client, database: Database) -> None:
    job = client.post("/api/process-batch", json={"repositories": ["web", "api"]}).json()["job"]
    jobs.resolve(database, job, [jobs.Planned(name, spec(name, job)) for name in ("web", "api")], NOW)
    jobs.start(database, job, "web", NOW)
    jobs.finish(database, job, "web", Outcome(Kind.PULL_REQUEST, pages=("README.md",)), NOW)
    for path, example in ((f"/api/job/{job}/status", examples.JOB), ("/api/jobs", examples.JOBS)):
        answer = client.get(path).json()
        described = _DOCUMENT["paths"][path.replace(job, "{job_id}")]["get"]["responses"]["200"]
        _check(described["content"]["application/json"]["schema"], answer)
        assert answer.keys() == example.keys()
