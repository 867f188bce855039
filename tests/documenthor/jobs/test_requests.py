"""A job is recorded once, whoever asks how often."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from documenthor.errors import JobConflictError, JobNotFoundError
from documenthor.jobs import JobRequest, JobView, find, record

from tests.documenthor.support import NOW

if TYPE_CHECKING:
    from documenthor.db import Database

_WEB = JobRequest(repositories=("web",))


def _record(
    database: Database,
    tenant: str = "acme",
    request: JobRequest = _WEB,
    *,
    token_id: str | None = None,
    job_id: str | None = None,
) -> JobView:
    return record(
        database,
        tenant=tenant,
        request=request,
        requested_by="me",
        now=NOW,
        token_id=token_id,
        job_id=job_id,
    )


def test_recorded_job_is_found_as_it_was_asked_for(database: Database) -> None:
    job = _record(database)
    assert find(database, tenant="acme", job_id=job.id) == job
    assert job.request == _WEB
    assert job.created_at == NOW


def test_jobs_without_token_and_id_are_all_different(database: Database) -> None:
    assert _record(database).id != _record(database).id


@pytest.mark.parametrize(("token_id", "job_id"), [("t", None), (None, "j"), ("t", "j")])
def test_same_token_or_id_finds_the_same_job(
    database: Database, token_id: str | None, job_id: str | None
) -> None:
    for _ in range(2):
        _record(database)  # jobs without a token must not get in the way
    first = _record(database, token_id=token_id, job_id=job_id)
    assert _record(database, token_id=token_id, job_id=job_id) == first


@pytest.mark.parametrize(("token_id", "job_id"), [("t", None), (None, "j")])
def test_same_token_or_id_for_another_request_is_a_conflict(
    database: Database, token_id: str | None, job_id: str | None
) -> None:
    _record(database, token_id=token_id, job_id=job_id)
    with pytest.raises(JobConflictError):
        _record(database, request=JobRequest(force=True), token_id=token_id, job_id=job_id)


def test_id_of_another_tenants_job_is_a_conflict(database: Database) -> None:
    _record(database, job_id="j")
    with pytest.raises(JobConflictError):
        _record(database, tenant="other", job_id="j")


def test_two_tenants_may_use_the_same_token_id(database: Database) -> None:
    assert _record(database, token_id="t").id != _record(database, "other", token_id="t").id


def test_concurrent_posts_make_one_job(database: Database) -> None:
    with ThreadPoolExecutor(8) as pool:
        jobs = list(pool.map(lambda _: _record(database, token_id="t").id, range(20)))
    assert len(set(jobs)) == 1


@pytest.mark.parametrize("tenant", ["other", "ACME", ""])
def test_another_tenants_job_is_not_found(database: Database, tenant: str) -> None:
    job = _record(database)
    with pytest.raises(JobNotFoundError):
        find(database, tenant=tenant, job_id=job.id)


def test_unknown_job_is_not_found(database: Database) -> None:
    with pytest.raises(JobNotFoundError):
        find(database, tenant="acme", job_id="nowhere")
