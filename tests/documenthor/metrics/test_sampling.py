"""What is measured of what is stored."""

from __future__ import annotations

import logging
import threading
from datetime import timedelta
from typing import TYPE_CHECKING

from cryptography.fernet import Fernet
from documenthor import jobs, tokens, webhooks
from documenthor.db import Database
from documenthor.jobs import JobRequest, Planned
from documenthor.metrics import Metrics
from documenthor.metrics.sampling import Sampler, sample
from documenthor.outcomes import Kind, Outcome, skipped

from tests.documenthor.support import NOW, key, spec
from tests.fakes.metrics import Recorder

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    import pytest


def _sampled(database: Database, now: datetime) -> Recorder:
    recorder = Recorder()
    sample(database, Metrics(recorder), now)
    return recorder


def _job(database: Database, tenant: str, *names: str, at: datetime) -> str:
    identity = f"{tenant}-{names[0]}"
    jobs.record(database, tenant=tenant, request=JobRequest(), requested_by="x", job_id=identity, now=at)
    jobs.resolve(database, identity, [Planned(name, spec(name, identity)) for name in names], at)
    jobs.claim(database, identity, "run")
    return identity


def test_nothing_stored_is_nothing_sent(database: Database) -> None:
    assert _sampled(database, NOW).sent == []


def test_unfinished_jobs_tell_what_is_open_and_how_long_the_worst_stood_still(database: Database) -> None:
    minute = timedelta(minutes=1)
    first = _job(database, "acme", "web", "api", at=NOW)
    _job(database, "acme", "late", at=NOW + 5 * minute)
    _job(database, "other", "x", at=NOW)
    jobs.start(database, first, "web", NOW + 2 * minute)
    jobs.finish(database, first, "web", skipped("empty"), NOW + 3 * minute)
    found = _sampled(database, NOW + 10 * minute)
    assert sorted(found.of("open_repositories"), key=str) == [
        (1, {"tenant": "other"}),
        (2, {"tenant": "acme"}),
    ]
    assert sorted(found.of("job_standstill_seconds"), key=str) == [
        (420, {"tenant": "acme"}),
        (600, {"tenant": "other"}),
    ]


def test_a_job_that_ended_stands_still_no_more(database: Database) -> None:
    job = _job(database, "acme", "web", at=NOW)
    jobs.start(database, job, "web", NOW)
    jobs.finish(database, job, "web", skipped("empty"), NOW)
    assert _sampled(database, NOW).of("open_repositories") == [(0, {"tenant": "acme"})]
    jobs.close_run(database, job, "run", NOW)
    assert _sampled(database, NOW).sent == []


def test_a_job_that_was_never_resolved_stands_still_too(database: Database) -> None:
    jobs.record(database, tenant="acme", request=JobRequest(), requested_by="x", job_id="j", now=NOW)
    found = _sampled(database, NOW + timedelta(hours=1))
    assert found.of("job_standstill_seconds") == [(3600, {"tenant": "acme"})]


def test_a_tenants_keys_tell_when_the_last_of_them_ends(database: Database) -> None:
    first = tokens.register(database, "acme", key("acme").public_pem, NOW)
    assert _sampled(database, NOW).of("key_expiry_timestamp_seconds") == []
    end = NOW + timedelta(days=3)
    tokens.retire(database, first, end)
    assert _sampled(database, NOW).of("key_expiry_timestamp_seconds") == [
        (end.timestamp(), {"tenant": "acme"})
    ]
    late = end + timedelta(days=1)
    assert _sampled(database, late).of("key_expiry_timestamp_seconds"), (
        "an end that has passed is told for a while"
    )
    assert _sampled(database, end + timedelta(days=31)).sent == []
    tokens.register(database, "acme", tokens.generate().public_pem, NOW)
    assert _sampled(database, NOW).of("key_expiry_timestamp_seconds") == []


def test_webhooks_that_wait_are_told_and_so_is_that_none_do(database: Database) -> None:
    sealer = webhooks.Sealer([Fernet.generate_key().decode()])
    url = "https://hook.example/"
    webhooks.add(database, sealer, tenant="acme", url=url, now=NOW, events=webhooks.EVENTS)
    event = webhooks.job_finished("acme", "j", ending=1, counts={}, error="")
    with database.session() as session:
        webhooks.announce(session, event, NOW)
    found = {labels["state"]: value for value, labels in _sampled(database, NOW).of("webhook_messages")}
    assert found == {"pending": 1, "dead": 0}


def test_pull_requests_are_told_by_what_became_of_them(database: Database) -> None:
    job = _job(database, "acme", "web", at=NOW)
    jobs.start(database, job, "web", NOW)
    jobs.finish(database, job, "web", Outcome(Kind.PULL_REQUEST, reference="https://forge/1"), NOW)
    found = {labels["fate"]: value for value, labels in _sampled(database, NOW).of("pull_requests")}
    assert found == {"open": 1, "edited": 0, "merged": 0, "declined": 0, "withdrawn": 0}


def test_a_database_that_is_away_ends_no_server(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    is_asked = threading.Event()

    def clock() -> datetime:
        is_asked.set()
        return NOW

    database = Database(f"sqlite:///{tmp_path}/nowhere/x.db")
    with caplog.at_level(logging.ERROR):
        sampler = Sampler(database, Metrics(Recorder()), clock)
        sampler.start()
        assert is_asked.wait(60)
        sampler.stop()
    assert "what is stored could not be measured" in caplog.text
    database.close()
