"""Tenants are told of ends, once for each."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from cryptography.fernet import Fernet
from documenthor import jobs, webhooks
from documenthor.db import DeliveryRow
from documenthor.jobs import Planned
from documenthor.outcomes import Kind, Outcome, failed
from sqlalchemy import select

from tests.documenthor.support import NOW, spec

if TYPE_CHECKING:
    from documenthor.db import Database


@pytest.fixture(autouse=True)
def endpoint(database: Database) -> None:
    """An address of `acme` that wants everything."""
    sealer = webhooks.Sealer([Fernet.generate_key().decode()])
    url = "https://hook.example/"
    webhooks.add(database, sealer, tenant="acme", url=url, now=NOW, events=webhooks.EVENTS)


def _told(database: Database, event: str) -> list[dict[str, object]]:
    with database.session() as session:
        query = select(DeliveryRow.payload).where(DeliveryRow.event == event)
        return [json.loads(payload)["data"] for payload in session.scalars(query)]


def _work(database: Database, job: str, outcome: Outcome) -> None:
    jobs.start(database, job, "web", NOW)
    jobs.finish(database, job, "web", outcome, NOW)
    jobs.finish(database, job, "web", outcome, NOW)
    for _ in range(2):
        jobs.close_run(database, job, "run", NOW)


def test_ends_are_told_once_and_again_after_a_retry(database: Database, job: str) -> None:
    jobs.resolve(database, job, [Planned("web", spec("web", job))], NOW)
    jobs.claim(database, job, "run")
    _work(database, job, failed("generate", "broke"))
    assert [told["counts"] for told in _told(database, "job.finished")] == [{"failed": 1}]
    assert [told["outcome"] for told in _told(database, "repository.finished")] == ["failed"]
    jobs.retry(database, tenant="acme", job_id=job)
    jobs.claim(database, job, "run")
    _work(database, job, Outcome(Kind.COMMITTED))
    assert sorted(str(told["counts"]) for told in _told(database, "job.finished")) == [
        "{'committed': 1}",
        "{'failed': 1}",
    ]
    assert sorted(str(told["outcome"]) for told in _told(database, "repository.finished")) == [
        "committed",
        "failed",
    ]


def test_a_cancelled_job_is_told(database: Database, job: str) -> None:
    jobs.resolve(database, job, [Planned("web", spec("web", job))], NOW)
    jobs.cancel(database, tenant="acme", job_id=job, now=NOW)
    assert [told["counts"] for told in _told(database, "job.finished")] == [{"skipped": 1}]
