"""A message is composed of what we know ourselves, and is one sender's at a time until it is sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from documenthor import jobs
from documenthor.jobs import Forecast, JobRequest, Planned
from documenthor.notices import Key, claim, compose, release, settle
from documenthor.outcomes import Kind, Outcome, failed
from documenthor.tenants import News

from tests.documenthor.support import NOW

if TYPE_CHECKING:
    from documenthor.db import Database

_KEY = Key("job", "finished/1", "slack:slack_api_default:#docs")
_PAGE = "https://airflow.example/documentation/tenants/acme/jobs/1"


def test_what_was_sent_is_nobodys_to_send(database: Database) -> None:
    assert claim(database, _KEY, NOW)
    settle(database, _KEY, NOW)
    assert not claim(database, _KEY, NOW + timedelta(days=1))


def test_who_is_at_it_keeps_others_away_for_a_while(database: Database) -> None:
    assert claim(database, _KEY, NOW)
    assert not claim(database, _KEY, NOW + timedelta(minutes=4))
    assert claim(database, _KEY, NOW + timedelta(minutes=6))


def test_what_could_not_be_sent_may_be_tried_at_once(database: Database) -> None:
    assert claim(database, _KEY, NOW)
    release(database, _KEY)
    assert claim(database, _KEY, NOW)


@pytest.mark.parametrize("other", [{"job_id": "b"}, {"topic": "late"}, {"channel": "email:smtp:a@b.example"}])
def test_other_messages_are_other_messages(database: Database, other: dict[str, str]) -> None:
    assert claim(database, _KEY, NOW)
    assert claim(database, replace(_KEY, **other), NOW)


def test_nothing_of_a_repository_is_told(database: Database) -> None:
    """Its messages and its name are whatever somebody wrote."""
    job = jobs.record(database, tenant="acme", request=JobRequest(), requested_by="me", now=NOW)
    rows = [
        Planned("odd-name", outcome=failed("plan", "<!channel> look")),
        Planned("b", outcome=failed("x", "")),
    ]
    jobs.resolve(database, job.id, rows, NOW)
    summary = jobs.summary(database, tenant="acme", job_id=job.id)
    notice = compose(News.FAILED, "acme", summary, _PAGE)
    assert notice.subject == "Documentation of acme: 2 repositories failed"
    assert notice.lines == ("2 failed", _PAGE)


def test_a_job_that_nobody_began_is_late_too() -> None:
    notice = compose(News.LATE, "acme", None, _PAGE)
    assert (notice.subject, notice.lines[0]) == (
        "Documentation of acme is late",
        "No repository has been planned.",
    )


def test_a_job_that_will_be_late_or_was(database: Database) -> None:
    job = jobs.record(database, tenant="acme", request=JobRequest(), requested_by="me", now=NOW)
    jobs.resolve(database, job.id, [Planned("a", outcome=Outcome(Kind.COMMITTED))], NOW)
    summary = jobs.summary(database, tenant="acme", job_id=job.id)
    foreseen = Forecast(datetime(2026, 3, 1, 9, 10, tzinfo=UTC), datetime(2026, 3, 1, 8, tzinfo=UTC))
    notice = compose(News.LATE, "acme", summary, _PAGE, forecast=foreseen)
    pace = "At its pace until now it will be done at about 2026-03-01 09:10 UTC"
    assert notice.lines == ("1 committed", f"{pace}; its window is until 2026-03-01 08:00 UTC.", _PAGE)
    put_off = "1 repository put off when the window closed; next night begins with them."
    assert compose(News.LATE, "acme", summary, _PAGE, put_off=1).lines == ("1 committed", put_off, _PAGE)
