"""Reading: a job's status page by page, and the key set."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from documenthor import jobs
from documenthor.outcomes import Kind, Outcome, skipped

from tests.documenthor.api.client import Client, problem, told
from tests.documenthor.support import NOW, key, spec

if TYPE_CHECKING:
    from documenthor.db import Database


@pytest.fixture
def job(database: Database) -> str:
    """A job of `acme` with one repository done and one skipped."""
    job = jobs.record(
        database, tenant="acme", request=jobs.JobRequest(), requested_by="me", now=NOW, job_id="nightly"
    )
    rows = [jobs.Planned("web", spec("web", job.id)), jobs.Planned("old", outcome=skipped("archived"))]
    jobs.resolve(database, job.id, rows, NOW)
    jobs.start(database, job.id, "web", NOW)
    jobs.finish(database, job.id, "web", Outcome(Kind.COMMITTED, commit="c" * 40), NOW)
    return job.id


def test_status_shows_every_repository(client: Client, job: str) -> None:
    response = client.get(f"/api/job/{job}/status")
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/json"
    assert response.headers["cache-control"] == "private, no-cache"
    content = response.json()
    assert (content["state"], content["counts"]) == ("running", {"committed": 1, "skipped": 1})
    assert [row["outcome"] for row in content["repositories"]] == ["committed", "skipped"]


def test_job_of_another_tenant_does_not_exist(client: Client, stranger: Client, job: str) -> None:
    theirs, unknown = stranger.get(f"/api/job/{job}/status"), stranger.get("/api/job/nowhere/status")
    problem(unknown, 404)
    assert theirs.status_code == unknown.status_code
    assert told(theirs) == told(unknown)
    assert theirs.content == unknown.content
    assert client.get(f"/api/job/{job}/status").status_code == 200


@pytest.mark.parametrize("job_id", ["%00", "a%0Ab", "%F0%9F%A6%84", "'%20OR%201=1", "x" * 5000, "%25"])
def test_id_that_is_none_is_not_found(client: Client, job_id: str) -> None:
    problem(client.get(f"/api/job/{job_id}/status"), 404)


def test_key_set_is_published(nobody: Client) -> None:
    response = nobody.get("/.well-known/jwks.json")
    assert response.headers["content-type"] == "application/json"
    assert response.headers["cache-control"] == "public, max-age=60"
    assert {entry["kid"] for entry in response.json()["keys"]} == {key("acme").kid, key("other").kid}
    assert "acme" not in response.text


@pytest.fixture
def large(database: Database) -> str:
    """A job of `acme` with seven repositories that wait."""
    job = jobs.record(
        database, tenant="acme", request=jobs.JobRequest(), requested_by="me", now=NOW, job_id="large"
    )
    jobs.resolve(database, job.id, [jobs.Planned(f"r{i}", spec(f"r{i}", job.id)) for i in range(7)], NOW)
    return job.id


def test_pages_follow_one_another_and_hold_every_repository_once(client: Client, large: str) -> None:
    names, address, pages = [], f"/api/job/{large}/status?limit=3", 0
    while address:
        response = client.get(address)
        content = response.json()
        assert (content["total"], content["counts"]) == (7, {"waiting": 7})
        names += [row["name"] for row in content["repositories"]]
        address = response.links.get("next", {}).get("url", "")
        pages += 1
    assert (names, pages) == ([f"r{i}" for i in range(7)], 3)


def test_page_behind_the_end_is_empty(client: Client, large: str) -> None:
    response = client.get(f"/api/job/{large}/status?start=700")
    assert (response.json()["repositories"], "link" in response.headers) == ([], False)


@pytest.mark.parametrize("query", ["limit=0", "limit=1001", "limit=x", "start=-1", "start=99999999999"])
def test_wrong_parameter_is_named(client: Client, large: str, query: str) -> None:
    content = problem(client.get(f"/api/job/{large}/status?{query}"), 422)
    assert [error["parameter"] for error in content["errors"]] == [query.partition("=")[0]]


@pytest.mark.parametrize("form", ["{}", "W/{}", '"other", {}', "*"])
def test_unchanged_job_is_not_sent_again(client: Client, large: str, form: str) -> None:
    path = f"/api/job/{large}/status"
    first = client.get(path)
    again = client.get(path, headers={"If-None-Match": form.format(first.headers["etag"])})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]


def test_every_change_and_every_page_has_a_tag_of_its_own(
    client: Client, database: Database, large: str
) -> None:
    path = f"/api/job/{large}/status"
    tags = {client.get(f"{path}?{query}").headers["etag"] for query in ("limit=3", "limit=3&start=3", "")}
    jobs.start(database, large, "r1", NOW)
    tags.add(client.get(path).headers["etag"])
    jobs.finish(database, large, "r1", Outcome(Kind.UNCHANGED), NOW)
    tags.add(client.get(path).headers["etag"])
    assert len(tags) == 5


def test_links_say_what_can_be_done(client: Client, database: Database, large: str) -> None:
    base = f"/api/job/{large}"
    links = client.get(f"{base}/status").json()["links"]
    assert links == {
        "status": f"{base}/status",
        "events": f"{base}/events",
        "cancel": f"{base}/cancel",
        "retry": None,
    }
    jobs.cancel(database, tenant="acme", job_id=large, now=NOW)
    links = client.get(f"{base}/status").json()["links"]
    assert (links["cancel"], links["retry"]) == (None, None)
