"""Who sees what, who may press what, and what other sites can make a browser press."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from documenthor import audit, jobs
from documenthor.outcomes import failed

from tests.documenthor.pages import support
from tests.documenthor.pages.browser import HOST, Browser
from tests.documenthor.support import NOW

if TYPE_CHECKING:
    from documenthor.db import Database
    from fastapi import FastAPI

    from tests.documenthor.api.conftest import Runs
    from tests.fakes.metrics import Recorder

JOB = "/tenants/acme/jobs/job"
PAGES = ("/tenants/acme", JOB, "/tenants/acme/repositories", "/tenants/acme/repositories/alpha")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("user", ["otto", "nemo", "oddo"])
def test_another_organisations_pages_are_not_there(
    database: Database, pages: FastAPI, page: str, user: str
) -> None:
    support.ended(database)
    refused = Browser(pages, user).get(page)
    missing = Browser(pages, user).get(page.replace("acme", "nothing"))
    assert (refused.status, refused.answer.text) == (404, missing.answer.text)


@pytest.mark.parametrize("page", ["/", *PAGES])
def test_nobody_sees_nothing(database: Database, pages: FastAPI, page: str) -> None:
    support.ended(database)
    shown = Browser(pages, "").get(page)
    assert shown.status == 401
    assert "alpha" not in shown.text


def test_job_of_another_organisation_is_not_found_under_ones_own(
    database: Database, stranger: Browser
) -> None:
    support.ended(database)
    token = _own_token(database, stranger)
    assert stranger.get("/tenants/other/jobs/job").status == 404
    assert stranger.get("/tenants/other/repositories/alpha").status == 404
    assert stranger.press("/tenants/other/jobs/job/retry", token).status == 404
    assert jobs.summary(database, tenant="acme", job_id="job").state == "partially_failed"


def test_viewers_see_no_buttons_and_cannot_press_them(
    database: Database, operator: Browser, viewer: Browser, runs: Runs
) -> None:
    support.ended(database)
    seen = viewer.get(JOB)
    assert (seen.status, seen.buttons, seen.token) == (200, [], "")
    for token in ("", operator.get(JOB).token):
        for action in ("retry", "cancel"):
            assert viewer.press(f"{JOB}/{action}", token).status == 403
    assert runs.calls == []
    assert jobs.summary(database, tenant="acme", job_id="job").state == "partially_failed"


def test_retry_starts_one_run_and_is_recorded(database: Database, operator: Browser, runs: Runs) -> None:
    support.ended(database)
    seen = operator.get(JOB)
    # One for all that failed, and one for the only repository that did.
    assert seen.buttons == [f"{JOB}/retry"] * 2
    pressed = operator.press(seen.buttons[0], seen.token)
    assert (pressed.status, pressed.answer.headers["location"]) == (303, f"{JOB}?done=retried")
    assert runs.parts == [1001]
    assert jobs.summary(database, tenant="acme", job_id="job").counts["waiting"] == 1
    assert "worked on once more" in operator.get(f"{JOB}?done=retried").text
    again = operator.press(seen.buttons[0], seen.token)
    assert (again.status, "still at work" in again.text) == (409, True)
    entries = [
        (entry.event.actor, entry.event.operation, str(entry.event.result))
        for entry in audit.entries(database, "acme")
    ]
    assert entries == [("airflow:olga", "job.retry", "success"), ("airflow:olga", "job.retry", "failure")]


def test_one_repository_is_retried_alone(database: Database, operator: Browser, runs: Runs) -> None:
    ends = dict.fromkeys(("alpha", "beta"), failed("generate", "it ran out of memory"))
    support.record(database, list(ends))
    for name, outcome in ends.items():
        support.end(database, "job", name, outcome)
    jobs.close_run(database, "job", "run of job", NOW)
    seen = operator.get(JOB)
    named = [field["value"] for field in seen.tags("input") if field.get("name") == "repository"]
    assert (named, len(seen.buttons)) == (["alpha", "beta"], 3)
    for wrong in ("", "gamma", "alpha%00", "'", "a" * 300):
        assert operator.press(f"{JOB}/retry", seen.token, f"repository={wrong}").status in {404, 409}, wrong
    assert runs.calls == []
    assert operator.press(f"{JOB}/retry", seen.token, "repository=beta").status == 303
    rows = jobs.status(database, tenant="acme", job_id="job").repositories
    assert {row.name: row.outcome for row in rows} == {"alpha": "failed", "beta": None}
    assert "olga job.retry success job beta" in operator.get("/tenants/acme/audit").text


def test_a_retry_that_could_not_be_started_can_be_repeated(
    database: Database, operator: Browser, runs: Runs
) -> None:
    support.ended(database)
    seen = operator.get(JOB)
    runs.go_down()
    refused = operator.press(f"{JOB}/retry", seen.token)
    assert (refused.status, "db-host-7" in refused.text) == (503, False)
    runs.error = None
    assert operator.press(f"{JOB}/retry", seen.token).status == 303
    assert runs.started == {"job"}


def test_cancelling_ends_what_waits(database: Database, operator: Browser, measured: Recorder) -> None:
    support.record(database, ["alpha", "beta"])
    jobs.start(database, "job", "alpha", NOW)
    seen = operator.get(JOB)
    assert seen.buttons == [f"{JOB}/cancel"]
    assert operator.press(seen.buttons[0], seen.token).status == 303
    assert jobs.summary(database, tenant="acme", job_id="job").counts == {"running": 1, "skipped": 1}
    assert operator.get(JOB).buttons == []
    told = [(value, labels["tenant"], labels["reason"]) for value, labels in measured.of("outcomes")]
    assert told == [(1, "acme", "cancelled")]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"sec-fetch-site": "none"}, 403),
        ({"sec-fetch-site": "cross-site", "origin": HOST}, 403),
        ({"sec-fetch-site": "-"}, 403),
        ({"sec-fetch-site": "-", "origin": "https://evil.example"}, 403),
        ({"sec-fetch-site": "-", "origin": "null"}, 403),
        ({"sec-fetch-site": "-", "origin": "https://airflow.example.evil.example"}, 403),
        ({"sec-fetch-site": "-", "origin": HOST}, 303),
        ({}, 303),
    ],
)
def test_only_our_own_pages_press_buttons(
    database: Database, operator: Browser, runs: Runs, headers: dict[str, str], status: int
) -> None:
    support.ended(database)
    assert operator.press(f"{JOB}/retry", operator.get(JOB).token, **headers).status == status
    assert len(runs.calls) == (status == 303)


def test_a_form_belongs_to_one_sign_in(
    database: Database, pages: FastAPI, operator: Browser, runs: Runs
) -> None:
    support.ended(database)
    mine, anothers = operator.get(JOB).token, Browser(pages, "root").get(JOB).token
    last_weeks = operator.get(JOB, **{"x-session": "last week"}).token
    assert len({mine, anothers, last_weeks, ""}) == 4
    for token in (anothers, last_weeks, "", mine[:-1], "é" * 64):
        assert operator.press(f"{JOB}/retry", token).status == 403
    assert runs.calls == []


def test_a_form_is_small(database: Database, operator: Browser) -> None:
    support.ended(database)
    assert operator.press(f"{JOB}/retry", "x" * 2000).status == 413
    many = "&".join(f"field{i}=" for i in range(20))
    assert operator.press(f"{JOB}/retry", operator.get(JOB).token, many).status == 413


def test_opening_a_buttons_address_does_nothing(database: Database, operator: Browser, runs: Runs) -> None:
    support.ended(database)
    assert operator.get(f"{JOB}/retry").status in {404, 405}
    assert runs.calls == []


def _own_token(database: Database, stranger: Browser) -> str:
    support.record(database, ["theirs"], "own", tenant="other")
    return stranger.get("/tenants/other/jobs/own").token


def test_costs_are_for_those_who_may_see_them(database: Database, operator: Browser, viewer: Browser) -> None:
    support.ended(database)
    support.measure(database, "job", "alpha", gpu_hours=2)
    assert viewer.get("/tenants/acme/costs").status == 403
    for page in PAGES:
        seen, anothers = viewer.get(page), operator.get(page)
        assert ("EUR" in seen.text, "/tenants/acme/costs" in seen.links) == (False, False)
        assert "/tenants/acme/costs" in anothers.links
    assert "GPU time" in viewer.get("/tenants/acme").text
    assert "5.00 EUR" in operator.get(JOB).text


def test_audit_log_is_for_those_who_may_see_it(
    database: Database, operator: Browser, viewer: Browser, stranger: Browser
) -> None:
    support.ended(database)
    operator.press(f"{JOB}/retry", operator.get(JOB).token)
    viewer.press(f"{JOB}/retry", "")
    text = operator.get("/tenants/acme/audit").text
    assert "airflow:olga job.retry success job" in text
    assert "airflow:vera job.retry failure job 403" in text
    assert viewer.get("/tenants/acme/audit").status == 403
    assert stranger.get("/tenants/acme/audit").status == 404
    assert "olga" not in stranger.get("/tenants/other/audit").text
