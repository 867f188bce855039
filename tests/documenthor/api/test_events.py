"""Following a job: every change once and in order, also after a break, and at little cost."""

from __future__ import annotations

import json
import threading
import time
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import anyio
import httpx
import pytest
from documenthor import jobs
from documenthor.api.broadcast import Broadcast
from documenthor.outcomes import Kind, Outcome

from tests.documenthor.api.client import Client, problem
from tests.documenthor.api.conftest import fresh_token
from tests.documenthor.api.server import serving
from tests.documenthor.support import NOW, spec

if TYPE_CHECKING:
    from collections.abc import Iterator

    from documenthor.db import Database
    from fastapi import FastAPI

    from tests.documenthor.support import Clock


_NAMES = ("a", "b", "c")


@dataclass(frozen=True)
class Event:
    """One event as a client reads it."""

    name: str
    data: Any
    number: int | None


def _events(text: str) -> list[Event]:
    found = []
    for block in text.split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.splitlines() if not line.startswith(":"))
        if "data" in fields:
            number = int(fields["id"]) if "id" in fields else None
            found.append(Event(fields["event"], json.loads(fields["data"]), number))
    return found


@pytest.fixture
def app(app: FastAPI, database: Database) -> FastAPI:
    """The API, asking the database more often than it usually does."""
    broadcast = Broadcast(database, seconds=0.05, heartbeat_seconds=0.1, per_tenant=210)
    app.state.services = replace(app.state.services, broadcast=broadcast)
    return app


@pytest.fixture
def job(database: Database) -> str:
    """A job of `acme` with three repositories."""
    found = jobs.record(database, tenant="acme", request=jobs.JobRequest(), requested_by="me", now=NOW)
    jobs.resolve(database, found.id, [jobs.Planned(name, spec(name, found.id)) for name in _NAMES], NOW)
    jobs.claim(database, found.id, "run")
    return found.id


def _work(database: Database, job: str, pause: float = 0.0) -> None:
    for name in _NAMES:
        jobs.start(database, job, name, NOW)
        time.sleep(pause)
        message = "two\nlines and a \u2028 separator"
        jobs.finish(database, job, name, Outcome(Kind.UNCHANGED, message=message), NOW)
    jobs.close_run(database, job, "run", NOW)


@pytest.fixture
def working(database: Database, job: str) -> Iterator[threading.Thread]:
    """Somebody who works on the job, once started."""
    thread = threading.Thread(target=_work, args=(database, job, 0.08))
    yield thread
    if thread.is_alive():
        thread.join(20)


def test_stream_tells_every_change_and_ends_with_the_job(
    client: Client, job: str, working: threading.Thread
) -> None:
    working.start()
    response = client.get(f"/api/job/{job}/events")
    assert response.headers["content-type"].startswith("text/event-stream")
    assert response.headers["cache-control"] == "no-store"
    assert response.text.startswith("retry: 3000\n\n")
    events = _events(response.text)
    assert (events[0].name, events[0].data["total"]) == ("job", 3)
    done = [event.data["name"] for event in events if event.data.get("outcome")]
    assert done == list(_NAMES)
    assert (events[-1].name, events[-1].data["state"]) == ("job", "succeeded")
    numbers = [event.number for event in events if event.number is not None]
    assert numbers == sorted(set(numbers))
    assert all(sum(event.data["counts"].values()) == 3 for event in events if event.name == "job")
    assert "separator" in next(event.data["message"] for event in events if event.data.get("message"))


def test_who_comes_back_gets_what_was_missed_and_no_more(
    client: Client, database: Database, job: str
) -> None:
    jobs.start(database, job, "a", NOW)
    seen = jobs.revision(database, tenant="acme", job_id=job)
    _work(database, job)
    path = f"/api/job/{job}/events"
    missed = _events(client.get(path, headers={"Last-Event-ID": str(seen)}).text)
    assert [event.data.get("name") for event in missed] == [*_NAMES, None]
    last = str(missed[-1].number)
    again = client.get(path, headers={"Last-Event-ID": last})
    assert (again.status_code, again.content) == (204, b"")
    everything = _events(client.get(path, headers={"Last-Event-ID": "0"}).text)
    assert [event.data for event in everything] == [event.data for event in missed]


@pytest.mark.parametrize("number", ["x", "-1", "1.5", "9999999999", "1 2"])
def test_id_that_is_none_of_ours_is_refused(client: Client, job: str, number: str) -> None:
    content = problem(client.get(f"/api/job/{job}/events", headers={"Last-Event-ID": number}), 422)
    assert content["errors"][0]["parameter"] == "last-event-id"


def test_stream_ends_with_the_token_and_beats_until_then(client: Client, job: str, clock: Clock) -> None:
    clock.advance(timedelta(minutes=4, seconds=59.5))
    started = time.monotonic()
    response = client.get(f"/api/job/{job}/events")
    assert 0.2 < time.monotonic() - started < 10
    assert response.text.count(": ping") >= 2
    assert [event.name for event in _events(response.text)] == ["job"]


def test_stream_ends_when_the_server_is_told_to_stop(app: FastAPI, job: str) -> None:
    headers = {"Authorization": f"Bearer {fresh_token('acme')}"}
    path = f"/api/job/{job}/events"
    with serving(app) as url, httpx.Client(base_url=url, headers=headers, timeout=20) as client:
        with client.stream("GET", path) as response:
            parts = response.iter_text()
            assert next(parts).startswith("retry")
            app.state.services.broadcast.close()
            assert not [part for part in parts if not part.startswith(":")]
        # The service comes back; whoever joins before it is gone gets how the job stands, and is let go.
        assert [event.name for event in _events(client.get(path).text)] == ["job"]


def test_two_hundred_listeners_on_one_worker(app: FastAPI, job: str, working: threading.Thread) -> None:
    """While they listen other requests are met, few threads exist, and all see the end."""
    token = fresh_token("acme")
    headers = {"Authorization": f"Bearer {token}"}
    ends: list[str] = []

    async def listen(client: httpx.AsyncClient, ready: anyio.Event, count: list[int]) -> None:
        async with client.stream("GET", f"/api/job/{job}/events", headers=headers) as response:
            assert response.status_code == 200
            text = ""
            async for part in response.aiter_text():
                if not text:
                    count.append(1)
                    if len(count) == 200:
                        ready.set()
                text += part
        ends.append(_events(text)[-1].data["state"])

    async def run(url: str) -> tuple[int, float]:
        limits = httpx.Limits(max_connections=210)
        async with (
            httpx.AsyncClient(base_url=url, timeout=60, limits=limits) as client,
            anyio.create_task_group() as group,
        ):
            ready, count = anyio.Event(), list[int]()
            for _ in range(200):
                group.start_soon(listen, client, ready, count)
            await ready.wait()
            threads = threading.active_count()
            started = time.monotonic()
            assert (await client.get("/api/jobs", headers=headers)).status_code == 200
            took = time.monotonic() - started
            working.start()
        return threads, took

    with serving(app) as url:
        threads, took = anyio.run(run, url)
    assert ends == ["succeeded"] * 200
    assert threads < 60
    assert took < 5


def test_listeners_of_a_tenant_are_bounded_and_leave_with_their_connection(
    app: FastAPI, stranger: Client, job: str
) -> None:
    app.state.services.broadcast.per_tenant = 3
    headers = {"Authorization": f"Bearer {fresh_token('acme')}"}
    path = f"/api/job/{job}/events"
    with serving(app) as url, httpx.Client(base_url=url, headers=headers, timeout=20) as client:
        with ExitStack() as stack:
            # An iterator that is dropped closes its connection.
            streams = [stack.enter_context(client.stream("GET", path)).iter_text() for _ in range(3)]
            assert all(next(stream).startswith("retry") for stream in streams)
            refused = client.get(path)
            assert problem(refused, 429)["type"] == "urn:documenthor:problem:listeners"
            assert int(refused.headers["retry-after"]) > 0
            problem(stranger.get(path), 404)
        deadline = time.monotonic() + 10
        while app.state.services.broadcast._tenants["acme"] and time.monotonic() < deadline:
            time.sleep(0.02)
    assert app.state.services.broadcast._tenants["acme"] == 0
    assert app.state.services.broadcast._channels == {}
