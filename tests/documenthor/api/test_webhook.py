"""A request may name an address that is told of its job: one that the organisation has registered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from documenthor import jobs, webhooks
from documenthor.outcomes import Kind, Outcome

from tests.documenthor.api.client import Client, problem
from tests.documenthor.api.conftest import fresh_token
from tests.documenthor.support import NOW, spec
from tests.documenthor.webhooks.conftest import Outbox, outbox, receiver

if TYPE_CHECKING:
    from documenthor.db import Database
    from fastapi import FastAPI

    from tests.fakes.webhook_receiver import Receiver

__all__ = ["outbox", "receiver"]
_PATH = "/api/process-batch"


def _finish(database: Database, job: str) -> None:
    jobs.resolve(database, job, [jobs.Planned("web", spec("web", job))], NOW)
    jobs.claim(database, job, "run")
    jobs.start(database, job, "web", NOW)
    jobs.finish(database, job, "web", Outcome(Kind.COMMITTED), NOW)
    jobs.close_run(database, job, "run", NOW)


def test_named_address_is_told_of_its_job_alone(app: FastAPI, outbox: Outbox, receiver: Receiver) -> None:
    outbox.register(receiver, on_request=True)
    bodies = [{"repositories": ["web"], **more} for more in ({}, {"webhook": receiver.url})]
    answers = [Client(app, fresh_token("acme")).post(_PATH, json=body) for body in bodies]
    assert [answer.status_code for answer in answers] == [202, 202]
    ids = [answer.json()["job"] for answer in answers]
    for job in ids:
        _finish(outbox.database, job)
    assert outbox.deliver() == 1
    (message,) = receiver.received
    assert (message["data"]["job"], message["data"]["counts"]) == (ids[1], {"committed": 1})


@pytest.mark.parametrize(
    "address",
    ["https://unknown.example/", "http://169.254.169.254/latest", "", "127.0.0.1", "https://x.example/\n"],
)
def test_address_that_nobody_registered_is_refused_where_it_stands(
    client: Client, outbox: Outbox, receiver: Receiver, address: str
) -> None:
    outbox.register(receiver)
    content = problem(client.post(_PATH, json={"repositories": ["web"], "webhook": address}), 422)
    assert [error["pointer"] for error in content["errors"]] == ["/webhook"]
    assert "documenthor webhooks add" in content["errors"][0]["detail"]


@pytest.mark.parametrize("value", [5, ["https://x.example/"], {"url": "https://x.example/"}, "x" * 1001])
def test_what_is_no_address_is_refused_where_it_stands(client: Client, value: object) -> None:
    content = problem(client.post(_PATH, json={"webhook": value}), 422)
    assert [error["pointer"] for error in content["errors"]] == ["/webhook"]


def test_another_tenants_address_is_as_unknown_as_any(
    client: Client, stranger: Client, outbox: Outbox, receiver: Receiver
) -> None:
    outbox.register(receiver, "other")
    named = {"webhook": receiver.url}
    refused = problem(client.post(_PATH, json=named), 422)
    assert refused == problem(client.post(_PATH, json={"webhook": "https://unknown.example/"}), 422)
    assert stranger.post(_PATH, json=named).status_code == 202


def test_removed_address_is_no_address_any_more(client: Client, outbox: Outbox, receiver: Receiver) -> None:
    endpoint = outbox.register(receiver)
    webhooks.remove(outbox.database, tenant="acme", endpoint_id=endpoint)
    problem(client.post(_PATH, json={"webhook": receiver.url}), 422)
