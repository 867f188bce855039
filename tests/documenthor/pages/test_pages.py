"""What the pages show, of jobs in every state."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from documenthor import jobs
from documenthor.outcomes import failed

from tests.documenthor.pages import support
from tests.documenthor.pages.browser import Browser
from tests.documenthor.support import NOW, Clock, spec

if TYPE_CHECKING:
    from pathlib import Path

    from documenthor.db import Database
    from fastapi import FastAPI

JOB = "/tenants/acme/jobs/job"


def test_nothing_yet_is_said_in_words(operator: Browser) -> None:
    assert "No job yet" in operator.get("/tenants/acme").text
    assert "No job has ended" in operator.get("/tenants/acme/repositories").text


def test_every_outcome_is_shown_with_its_reason(database: Database, operator: Browser) -> None:
    support.ended(database)
    shown = operator.get(JOB)
    for name, outcome in support.ENDS.items():
        assert name in shown.text
        assert outcome.message in shown.text
    for said in (
        "pull request",
        "rejected score",
        "failed generate",
        "skipped empty",
        "unchanged",
        "97.5",
        "61.0",
    ):
        assert said in shown.text, said
    assert "5 of 5 done" in shown.text
    assert "https://github.example/acme/alpha/pull/1" in shown.links


def test_organisation_has_its_jobs_its_trend_and_the_worst_first(
    database: Database, operator: Browser
) -> None:
    support.ended(database)
    shown = operator.get("/tenants/acme")
    order = [
        link.rpartition("/")[2] for link in shown.links if link.startswith("/tenants/acme/repositories/")
    ]
    assert order == ["gamma", "beta", "alpha", "delta", "epsilon"]
    assert [svg["aria-label"] for svg in shown.tags("svg")] == [
        "Mean and lowest score of the last 1 jobs; the table below has the numbers"
    ]
    assert "79.2 61.0" in shown.text
    assert "Time at work, 30 days 50 s" in shown.text


def test_newest_outcome_and_newest_score_make_a_repositorys_standing(
    database: Database, operator: Browser
) -> None:
    support.ended(database)
    later = NOW + timedelta(hours=1)
    support.record(database, ["alpha"], "later", at=later)
    support.end(database, "later", "alpha", failed("fetch", "no answer"), later)
    text = operator.get("/tenants/acme/repositories?q=ALP").text
    assert "97.5 failed fetch no answer" in text
    assert "gamma" not in text


def test_repository_shows_its_history_and_what_did_not_hold(database: Database, operator: Browser) -> None:
    support.ended(database)
    shown = operator.get("/tenants/acme/repositories/beta")
    for said in (
        "Claims refuted 1",
        "takes app.py:7 app.run takes times",
        "links README.md overview a link leads outside",
        "the pages score 61",
        "10.0",
    ):
        assert said in shown.text, said
    assert "/tenants/acme/jobs/job" in shown.links
    assert "no generator has written" in operator.get("/tenants/acme/repositories/gamma").text


def test_a_retry_takes_the_place_of_a_report(database: Database, operator: Browser) -> None:
    support.ended(database)
    support.report(database, "job", "beta", score=99.0)
    text = operator.get("/tenants/acme/repositories/beta").text
    assert "Score 99.0 of 100" in text
    assert "Everything that was checked held" in text


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("q=a&sort=name", ["alpha", "beta", "delta", "gamma"]),
        ("q=PH", ["alpha"]),
        ("q=%25", []),
        ("q=%00alp", ["alpha"]),
        ("kind=failed", ["gamma"]),
        ("kind=failed&kind=skipped", ["gamma", "delta"]),
        ("kind=", list(support.ENDS)),
        ("kind=nothing", list(support.ENDS)),
        ("sort=score", ["beta", "alpha", "gamma", "delta", "epsilon"]),
        ("start=3", ["delta", "epsilon"]),
    ],
)
def test_filters_search_and_order(
    database: Database, operator: Browser, query: str, names: list[str]
) -> None:
    support.ended(database)
    shown = operator.get(f"{JOB}?{query}")
    assert [link.rpartition("/")[2] for link in shown.links if "/repositories/" in link] == names


def test_long_jobs_come_in_pages(database: Database, operator: Browser) -> None:
    support.record(database, [f"r{i:03}" for i in range(250)])
    first, last = operator.get(f"{JOB}?sort=name"), operator.get(f"{JOB}?sort=name&start=200")
    assert ("1 to 100 of 250" in first.text, "201 to 250 of 250" in last.text) == (True, True)
    assert f"{JOB}?sort=name&start=100" in first.links
    assert "r100" not in first.text


def test_states_follow_the_work(database: Database, operator: Browser) -> None:
    """Each step as the page tells it; while it goes on, the page asks again by itself."""
    jobs.record(database, tenant="acme", request=jobs.JobRequest(), requested_by="me", now=NOW, job_id="new")
    queued = operator.get("/tenants/acme/jobs/new")
    assert "queued" in queued.text
    assert any("data-poll" in section for section in queued.tags("section"))
    support.record(database, ["alpha", "beta"])
    jobs.start(database, "job", "alpha", NOW)
    running = operator.get(JOB)
    assert ("0 of 2 done" in running.text, "1 running" in running.text, "1 waiting" in running.text) == (
        True,
    ) * 3
    jobs.cancel(database, tenant="acme", job_id="job", now=NOW)
    assert "cancelling" in operator.get(JOB).text
    jobs.finish(database, "job", "alpha", support.ENDS["alpha"], NOW)
    jobs.close_run(database, "job", "run of job", NOW)
    over = operator.get(JOB)
    assert "cancelled" in over.text
    assert not any("data-poll" in section for section in over.tags("section"))


def test_who_asks_again_gets_the_page_when_it_has_changed(database: Database, operator: Browser) -> None:
    support.record(database, ["alpha"])
    etag = operator.get(JOB).answer.headers["etag"]
    again = operator.get(JOB, **{"if-none-match": etag})
    assert (again.status, again.answer.content) == (304, b"")
    assert operator.get(f"{JOB}?q=x", **{"if-none-match": etag}).status == 200
    jobs.start(database, "job", "alpha", NOW)
    assert operator.get(JOB, **{"if-none-match": etag}).status == 200


def test_jobs_are_listed_by_state_and_page(database: Database, operator: Browser) -> None:
    support.ended(database)
    for i in range(26):
        support.record(database, ["alpha"], f"j{i}", at=NOW - timedelta(days=1, minutes=i))
    first = operator.get("/tenants/acme?state=running")
    older = next(link for link in first.links if "after=" in link)
    assert "/tenants/acme/jobs/job" not in first.links
    assert [link for link in operator.get(older).links if "/jobs/" in link] == ["/tenants/acme/jobs/j25"]
    assert operator.get("/tenants/acme?after=nonsense&state=").status == 200


def test_start_leads_to_ones_own_organisations(database: Database, pages: FastAPI, operator: Browser) -> None:
    support.ended(database)
    only = operator.get("/")
    assert (only.status, only.answer.headers["location"]) == (303, "/tenants/acme")
    both = Browser(pages, "root").get("/")
    assert {"/tenants/acme", "/tenants/other"} <= set(both.links)
    assert "no organisation that you may see" in Browser(pages, "nemo").get("/").text


def test_costs_are_shown_by_month_and_repository(database: Database, operator: Browser) -> None:
    support.ended(database)
    support.measure(database, "job", "alpha", gpu_hours=2)
    support.measure(database, "job", "beta", gpu_hours=1, finished_at=NOW + timedelta(days=31))
    shown = operator.get("/tenants/acme/costs")
    assert "Costs of acme in 2026-05" in shown.text
    assert "Cost 5.00 EUR GPU seconds 7200.0" in shown.text
    assert "alpha tenant 1 7200.0 0.0 5.0000 EUR" in shown.text
    assert "beta" not in shown.text
    assert "beta tenant 1 3600.0" in operator.get("/tenants/acme/costs?month=2026-06").text
    assert "No attempt ended" in operator.get("/tenants/acme/costs?month=2026-12").text
    assert "Cost 7.50 EUR" in operator.get(JOB).text
    assert "GPU time, 30 days 3 h 0 min" in operator.get("/tenants/acme").text
    table = operator.get("/tenants/acme/costs?month=2026-05&format=csv").answer
    assert (table.headers["content-type"], "acme,2026-05,alpha" in table.text) == (
        "text/csv; charset=utf-8",
        True,
    )
    for wrong in ("2026-13", "x", "0000-01"):
        assert operator.get(f"/tenants/acme/costs?month={wrong}").status == 422


def test_costs_need_a_valid_tenant_file(database: Database, operator: Browser, tmp_path: Path) -> None:
    support.ended(database)
    (tmp_path / "tenants" / "acme.yaml").write_text("organisation: [")
    assert operator.get("/tenants/acme/costs").status == 409
    assert operator.get(JOB).status == 200


@pytest.mark.parametrize(("hours", "is_late"), [(3, False), (1.5, True)])
def test_a_job_at_work_says_when_it_will_be_done(
    database: Database, operator: Browser, clock: Clock, hours: float, *, is_late: bool
) -> None:
    ends_at = NOW + timedelta(hours=hours)
    names = [f"r{number}" for number in range(10)]
    request = jobs.JobRequest()
    jobs.record(
        database, tenant="acme", request=request, requested_by="me", now=NOW, job_id="job", ends_at=ends_at
    )
    jobs.resolve(database, "job", [jobs.Planned(name, spec(name, "job")) for name in names], NOW)
    for name in names[:5]:
        support.end(database, "job", name, support.ENDS["alpha"])
    clock.advance(timedelta(hours=1))
    text = operator.get(JOB).text
    assert "Done at this pace (UTC) about 2026-05-04 14:00" in text
    assert ("but the night ends at 2026-05-04 13:30" in text) == is_late
