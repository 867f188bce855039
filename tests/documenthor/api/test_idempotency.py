"""One batch for one Idempotency-Key, however often, at once, and with whichever token it is posted."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from documenthor.db import JobRow, UsedTokenRow
from documenthor.jobs.requests import LEASE
from sqlalchemy import func, select

from tests.documenthor.api.client import Client, problem
from tests.documenthor.api.conftest import fresh_token

if TYPE_CHECKING:
    from documenthor.db import Database
    from fastapi import FastAPI

    from tests.documenthor.api.conftest import Runs
    from tests.documenthor.support import Clock

_PATH = "/api/process-batch"
_WEB = {"repositories": ["web"]}


def _keyed(key: str) -> dict[str, str]:
    return {"Idempotency-Key": key}


def _count(database: Database) -> int:
    with database.session() as session:
        return session.scalar(select(func.count()).select_from(JobRow)) or 0


def test_same_key_and_body_find_the_job_with_any_token(app: FastAPI, runs: Runs) -> None:
    answers = [
        Client(app, fresh_token("acme")).post(_PATH, json=_WEB, headers=_keyed(key))
        for key in ("nightly", "nightly", '"nightly"')
    ]
    assert {(answer.status_code, answer.content) for answer in answers} == {(202, answers[0].content)}
    assert runs.calls == [answers[0].json()["job"]]


def test_same_key_for_another_body_is_refused(app: FastAPI, database: Database) -> None:
    Client(app, fresh_token("acme")).post(_PATH, json=_WEB, headers=_keyed("k"))
    answer = Client(app, fresh_token("acme")).post(_PATH, json={"force": True}, headers=_keyed("k"))
    assert problem(answer, 422)["type"] == "urn:documenthor:problem:idempotency-key-reused"
    assert _count(database) == 1


def test_same_token_with_another_key_is_refused(client: Client, database: Database) -> None:
    client.post(_PATH, json=_WEB, headers=_keyed("k"))
    for headers in (_keyed("other"), {}):
        answer = client.post(_PATH, json=_WEB, headers=headers)
        assert problem(answer, 409)["type"] == "urn:documenthor:problem:token-reused"
    assert client.post(_PATH, json=_WEB, headers=_keyed("k")).status_code == 202
    assert _count(database) == 1


def test_two_tenants_have_their_own_keys(client: Client, stranger: Client) -> None:
    posted = [each.post(_PATH, json=_WEB, headers=_keyed("k")).json()["job"] for each in (client, stranger)]
    assert posted[0] != posted[1]


@pytest.mark.parametrize("key", ["", " ", "a b", 'a"b', "ä", "x" * 256, '"', '""'])
def test_key_of_another_form_is_refused(client: Client, database: Database, key: str) -> None:
    answer = client.post(_PATH, json=_WEB, headers={"Idempotency-Key": key.encode("latin-1")})
    assert problem(answer, 400)["type"] == "urn:documenthor:problem:idempotency-key"
    assert _count(database) == 0


def test_hundred_posts_at_once_make_one_batch(app: FastAPI, database: Database, runs: Runs) -> None:
    """Half of them with one token, half with one of their own."""
    shared = fresh_token("acme")
    tokens = [shared if number % 2 else fresh_token("acme") for number in range(100)]

    def post(token: str) -> tuple[int, str]:
        answer = Client(app, token).post(_PATH, json=_WEB, headers=_keyed("burst"))
        return answer.status_code, answer.json().get("job", answer.json().get("type"))

    with ThreadPoolExecutor(20) as pool:
        answers = Counter(pool.map(post, tokens))
    assert len([job for status, job in answers if status == 202]) == 1
    assert {job for status, job in answers if status != 202} <= {"urn:documenthor:problem:in-flight"}
    assert (_count(database), len(runs.started)) == (1, 1)


def test_request_in_flight_is_told_so_until_its_lease_is_over(app: FastAPI, runs: Runs, clock: Clock) -> None:
    """A server that dies between recording and starting leaves the job to the next one who asks."""
    runs.error = KeyboardInterrupt()
    with pytest.raises(KeyboardInterrupt):
        Client(app, fresh_token("acme")).post(_PATH, json=_WEB, headers=_keyed("k"))
    runs.error = None
    with app.state.services.database.session() as session:
        job = session.scalars(select(JobRow)).one()
        job.starting_until = clock() + LEASE
    answer = Client(app, fresh_token("acme")).post(_PATH, json=_WEB, headers=_keyed("k"))
    assert problem(answer, 409)["type"] == "urn:documenthor:problem:in-flight"
    assert answer.headers["retry-after"] == "1"
    clock.advance(LEASE + timedelta(seconds=1))
    answer = Client(app, fresh_token("acme")).post(_PATH, json=_WEB, headers=_keyed("k"))
    assert (answer.status_code, runs.started) == (202, {job.id})


def test_failed_start_can_be_repeated_at_once(app: FastAPI, runs: Runs) -> None:
    runs.go_down()
    first = Client(app, fresh_token("acme")).post(_PATH, json=_WEB, headers=_keyed("k"))
    runs.error = None
    second = Client(app, fresh_token("acme")).post(_PATH, json=_WEB, headers=_keyed("k"))
    assert problem(first, 503)["job"] == second.json()["job"]


def test_a_job_uses_its_token_up(client: Client, database: Database) -> None:
    job = client.post(_PATH, json=_WEB).json()["job"]
    with database.session() as session:
        assert session.scalar(select(func.count()).select_from(UsedTokenRow)) == 1
    answer = client.post(f"/api/job/{job}/cancel")
    assert problem(answer, 409)["type"] == "urn:documenthor:problem:token-reused"


def test_token_that_cancelled_something_makes_no_job(
    app: FastAPI, client: Client, database: Database
) -> None:
    job = Client(app, fresh_token("acme")).post(_PATH, json=_WEB).json()["job"]
    assert client.post(f"/api/job/{job}/cancel").status_code == 202
    answer = client.post(_PATH, json={"repositories": ["api"]})
    assert problem(answer, 409)["type"] == "urn:documenthor:problem:token-reused"
    assert _count(database) == 1
