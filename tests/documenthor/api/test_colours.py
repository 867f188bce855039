"""Requests that meet one colour first and the other one later, as while traffic is switched."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from documenthor import jobs

from tests.documenthor.api.client import Client
from tests.documenthor.api.conftest import Runs, fresh_token
from tests.documenthor.support import NOW

if TYPE_CHECKING:
    from collections.abc import Callable

    from documenthor.db import Database
    from fastapi import FastAPI

_PATH, _BODY = "/api/process-batch", {"repositories": ["web"]}


@pytest.fixture
def colour(app: FastAPI) -> Callable[[str], Runs]:
    """Makes the app one of this colour; what it starts from then on is what is returned."""

    def change(name: str) -> Runs:
        services, runs = app.state.services, Runs()
        settings = replace(services.settings, colour=name)
        app.state.services = replace(services, settings=settings, trigger=runs.trigger)
        return runs

    return change


def _colour(database: Database, job: str) -> str:
    return jobs.find(database, tenant="acme", job_id=job).colour


def test_a_job_is_the_colour_s_that_took_the_request(
    client: Client, database: Database, colour: Callable[[str], Runs]
) -> None:
    blue = colour("blue")
    job = client.post(_PATH, json=_BODY).json()["job"]
    assert blue.started == {job}
    # Told the same again, the other colour starts nothing.
    green = colour("green")
    assert client.post(_PATH, json=_BODY).json()["job"] == job
    assert green.calls == []
    assert _colour(database, job) == "blue"


def test_what_one_colour_could_not_start_the_other_does(
    client: Client, database: Database, colour: Callable[[str], Runs]
) -> None:
    colour("blue").go_down()
    answer = client.post(_PATH, json=_BODY)
    assert answer.status_code == 503
    green = colour("green")
    job = client.post(_PATH, json=_BODY).json()["job"]
    assert green.started == {job}
    assert _colour(database, job) == "green"


def test_a_retry_is_the_work_of_the_colour_that_takes_it(
    app: FastAPI, client: Client, database: Database, colour: Callable[[str], Runs]
) -> None:
    colour("blue")
    job = client.post(_PATH, json=_BODY).json()["job"]
    # Its run ends without having resolved anything.
    jobs.close_run(database, job, "run", NOW)
    green = colour("green")
    answer = Client(app, fresh_token("acme")).post(f"/api/job/{job}/retry")
    assert answer.status_code == 202, answer.text
    assert green.started == {job}
    assert _colour(database, job) == "green"
