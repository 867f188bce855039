"""How fast the API is: posting 1,000 repositories beside Airflow's own trigger, status, events.

Starts the embedded system with an empty forge and the DAG paused, so that nothing but the API is at work.
Each kind of request is made a few times before it is measured, because the first load what they need. Run
`python -m tests.benchmarks.api [REQUESTS]`.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import tempfile
import time
import uuid
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
from documenthor import jobs
from documenthor.db import Database
from documenthor.outcomes import Kind, Outcome

from embedded.state import State
from tests.documenthor.support import spec
from tests.running.system import DAG, System, wait_for

if TYPE_CHECKING:
    from collections.abc import Callable

_NAMES = [f"repository-{number:04}" for number in range(1000)]
_LISTENERS = 200
_WARM_UP = 20
TENANT = "local"


def main(requests: int) -> None:
    """Start the system, measure, print."""
    with tempfile.TemporaryDirectory() as folder:
        state = State(Path(folder))
        state.prepare()
        system = System.start(
            state,
            DOCUMENTHOR_TENANT_REQUESTS_PER_MINUTE="1000000",
            DOCUMENTHOR_KEY_REQUESTS_PER_MINUTE="1000000",
        )
        try:
            _pause(system)
            _post(system, requests)
            job = _resolved(state)
            _status(system, job, requests)
            asyncio.run(_events(system, state, job))
        finally:
            system.stop()


def _pause(system: System) -> None:
    with system.admin() as api:
        paused = {"is_paused": True}
        wait_for("the DAG", lambda: api.patch(f"/dags/{DAG}", json=paused).status_code == httpx.codes.OK)


def _post(system: System, requests: int) -> None:
    """Ours and Airflow's in turn, so that whatever else the machine does meets both."""
    tokens = [_authorization(system) for _ in range(_WARM_UP + requests)]
    ours, theirs = [], []
    with httpx.Client(base_url=system.airflow.url, timeout=60) as http, system.admin() as api:
        for token in tokens:
            body = {"repositories": _NAMES}
            ours.append(_seconds(lambda: http.post("/api/process-batch", json=body, headers=token)))  # noqa: B023
            conf = {"logical_date": None, "dag_run_id": uuid.uuid4().hex, "conf": body}
            theirs.append(_seconds(lambda: api.post(f"/dags/{DAG}/dagRuns", json=conf)))  # noqa: B023
    ours, theirs = ours[_WARM_UP:], theirs[_WARM_UP:]
    _show("POST /api/process-batch, 1,000 repositories", ours)
    _show("POST /api/v2/dags/{id}/dagRuns, the same", theirs)
    print(f"ratio of the medians: {statistics.median(ours) / statistics.median(theirs):.2f}")


def _resolved(state: State) -> str:
    with closing(Database(f"sqlite:///{state.home}/documenthor.db")) as database:
        now = datetime.now(UTC)
        job = jobs.record(
            database, tenant=TENANT, request=jobs.JobRequest(), requested_by="benchmark", now=now
        ).id
        jobs.resolve(database, job, [jobs.Planned(name, spec(name, job)) for name in _NAMES], now)
        for name in _NAMES[:10]:
            jobs.start(database, job, name, now)
            jobs.finish(database, job, name, Outcome(Kind.UNCHANGED), now)
        return job


def _status(system: System, job: str, requests: int) -> None:
    path, token = f"/api/job/{job}/status", _authorization(system)
    with httpx.Client(base_url=system.airflow.url, headers=token, timeout=60) as http:
        answer = http.get(path).raise_for_status()
        tag = {"If-None-Match": answer.headers["etag"]}
        for _ in range(_WARM_UP):
            _seconds(lambda: http.get(path))
        _show("status, 1,000 repositories", [_seconds(lambda: http.get(path)) for _ in range(requests)])
        _show("status, unchanged", [_seconds(lambda: http.get(path, headers=tag)) for _ in range(requests)])
    print(f"one status is {len(answer.content) / 1024:.0f} KiB")


async def _events(system: System, state: State, job: str) -> None:
    token = _authorization(system)
    limits = httpx.Limits(max_connections=_LISTENERS + 2)
    seen: list[float] = []
    ready: list[float] = []
    async with httpx.AsyncClient(
        base_url=system.airflow.url, headers=token, timeout=120, limits=limits
    ) as http:

        async def listen() -> None:
            async with http.stream("GET", f"/api/job/{job}/events") as response:
                response.raise_for_status()
                async for line in response.aiter_lines():
                    if not ready_all.is_set():
                        if line.startswith("event"):
                            ready.append(time.perf_counter())
                            if len(ready) == _LISTENERS:
                                ready_all.set()
                    elif line.startswith("event: job"):
                        seen.append(time.perf_counter())
                        return

        ready_all, started = asyncio.Event(), time.perf_counter()
        listening = [asyncio.create_task(listen()) for _ in range(_LISTENERS)]
        await ready_all.wait()
        print(f"{_LISTENERS} listeners joined in {max(ready) - started:.2f} s")
        took = []
        for _ in range(20):
            begin = time.perf_counter()
            (await http.get("/api/jobs?limit=1")).raise_for_status()
            took.append(time.perf_counter() - begin)
        _show(f"GET /api/jobs beside {_LISTENERS} listeners", took)
        with closing(Database(f"sqlite:///{state.home}/documenthor.db")) as database:
            jobs.start(database, job, _NAMES[-1], datetime.now(UTC))
        changed = time.perf_counter()
        await asyncio.gather(*listening)
        print(
            f"a change reached the first of them after {min(seen) - changed:.2f} s, the last after "
            f"{max(seen) - changed:.2f} s"
        )


def _authorization(system: System) -> dict[str, str]:
    return {"Authorization": f"Bearer {system.caller.client.token()}"}


def _seconds(request: Callable[[], httpx.Response]) -> float:
    started = time.perf_counter()
    answer = request()
    took = time.perf_counter() - started
    if answer.status_code != httpx.codes.NOT_MODIFIED:
        answer.raise_for_status()
    return took


def _show(what: str, seconds: list[float]) -> None:
    ordered = sorted(seconds)
    p99 = ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]
    print(
        f"{what}: {len(seconds) / sum(seconds):.1f} requests/s one after another, "
        f"p50 {statistics.median(seconds) * 1000:.1f} ms, p99 {p99 * 1000:.1f} ms (of {len(seconds)})"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 500)
