"""A tenant reads its own month, as JSON or as a table, and nobody else's."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from documenthor.api import examples
from documenthor.usage import Ending, Statement, as_csv

from tests.documenthor.api.client import problem
from tests.documenthor.usage.support import measured, opened, record

if TYPE_CHECKING:
    from pathlib import Path

    from documenthor.db import Database

    from tests.documenthor.api.client import Client


@pytest.fixture
def used(database: Database) -> None:
    """An attempt that is charged, one that is not, and another tenant's."""
    job = opened(database, "web", "api")
    record(database, job, "web", measured("pod:1"))
    record(database, job, "api", measured("pod:2", ending=Ending.PREEMPTED))
    record(database, opened(database, "secret", tenant="other"), "secret", measured("pod:3", seconds=7))


@pytest.mark.usefixtures("used")
def test_this_month_comes_as_json(client: Client) -> None:
    answer = client.get("/api/statement")
    found = answer.json()
    assert (answer.status_code, found["tenant"], found["month"]) == (200, "acme", "2026-05")
    assert (found["gpu_seconds"], found["cost"]) == ("200.000", {"EUR": "0.120000"})
    lines = [(line["repository"], line["pays"], line["reason"]) for line in found["lines"]]
    assert lines == [("api", "nobody", "preempted"), ("web", "tenant", "")]
    assert "secret" not in answer.text
    assert answer.headers["cache-control"] == "private, no-cache"


@pytest.mark.usefixtures("used")
def test_a_month_comes_as_a_table(client: Client) -> None:
    answer = client.get("/api/statement?month=2026-05&format=csv")
    assert answer.headers["content-type"].startswith("text/csv")
    assert answer.headers["content-disposition"] == 'attachment; filename="statement-acme-2026-05.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert sum(Decimal(row["gpu_seconds"]) for row in rows) == 200
    assert {row["tenant"] for row in rows} == {"acme"}


@pytest.mark.usefixtures("used")
def test_another_month_and_another_tenant_have_their_own(client: Client, stranger: Client) -> None:
    assert client.get("/api/statement?month=2026-04").json()["lines"] == []
    lines = stranger.get("/api/statement").json()["lines"]
    assert [(line["repository"], line["gpu_seconds"]) for line in lines] == [("secret", "7.000")]


@pytest.mark.parametrize(
    "query", ["month=2026-13", "month=", "month=2026-5", "format=xls", "month=2026-05%00"]
)
def test_what_is_no_month_and_no_form_is_refused(client: Client, query: str) -> None:
    (place,) = problem(client.get(f"/api/statement?{query}"), 422)["errors"]
    assert place["parameter"] == query.partition("=")[0]


def test_nobody_sees_a_statement_without_a_token(nobody: Client) -> None:
    problem(nobody.get("/api/statement"), 401)


def test_a_broken_tenant_file_is_the_operators(client: Client, tenants: Path) -> None:
    (tenants / "acme.yaml").write_text("organisation: acme\nforge: {kind: local}\ncost: {gpu_hour: dear}\n")
    answer = problem(client.get("/api/statement"), 503)
    assert "dear" not in str(answer)


def test_the_examples_add_up() -> None:
    found = Statement.model_validate(examples.STATEMENT)
    assert as_csv(found) == examples.STATEMENT_CSV
    assert found.attempts == sum(line.attempts for line in found.lines)
    assert found.gpu_seconds == sum(line.gpu_seconds for line in found.lines)
    assert found.cpu_seconds == sum(line.cpu_seconds for line in found.lines)
    assert found.cost == {"EUR": sum(line.cost for line in found.lines)}
    paid = found.lines[1]
    exact = (paid.gpu_seconds * paid.gpu_hour + paid.cpu_seconds * paid.cpu_hour) / 3600
    assert paid.cost == exact
