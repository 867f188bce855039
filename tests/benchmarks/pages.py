"""How long the pages take with 1,000 repositories and 30 nights, on a running embedded Airflow.

    make test-browser                              # once: installs Playwright into build/browser
    .venv/bin/python -m tests.benchmarks.pages

Server: from the request to the last byte, by one client after the other. Browser: from the navigation to
the end of its `load` event, everything that the page loads included. Medians, in milliseconds.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
from documenthor.db import Database, JobRow, ReportRow, RepositoryRow
from documenthor.outcomes import Kind

from embedded.state import State
from tests.browser.chromium import Desk, chromium, token
from tests.browser.conftest import passwords, write_tenants
from tests.running.system import System

if TYPE_CHECKING:
    from collections.abc import Iterator

REPOSITORIES, NIGHTS, TIMES = 1000, 30, 15
_ENDS = (Kind.PULL_REQUEST, Kind.UNCHANGED, Kind.UNCHANGED, Kind.REJECTED, Kind.FAILED)
_PAGES = {
    "a job, 100 of 1,000 rows": "/jobs/night-1",
    "a job, the worst scores first": "/jobs/night-1?sort=score",
    "a job, searched": "/jobs/night-1?q=42&kind=failed",
    "the organisation": "",
    "its repositories, the worst first": "/repositories",
    "one repository, 30 nights": "/repositories/repository-0042",
}


def main() -> None:
    """Fill a database, start Airflow, measure."""
    with tempfile.TemporaryDirectory() as folder:
        state = State(Path(folder))
        state.prepare()
        write_tenants(state.root / "tenants")
        system = System.start(state, DOCUMENTHOR_TENANTS=str(state.root / "tenants"))
        try:
            with closing(Database(f"sqlite:///{state.home}/documenthor.db")) as database:
                for night in range(NIGHTS, 0, -1):
                    with database.session() as session:
                        session.add_all(_rows(night))
            _measure(system)
        finally:
            system.stop()


def _rows(night: int) -> Iterator[object]:
    job, at = f"night-{night}", datetime.now(UTC) - timedelta(days=night)
    times = {"created_at": at, "triggered_at": at, "resolved_at": at, "finished_at": at}
    yield JobRow(id=job, tenant="local", requested_by="airflow:scheduled", request={}, **times)
    for i in range(REPOSITORIES):
        name, kind = f"repository-{i:04}", _ENDS[(i * 7 + night) % len(_ENDS)]
        row = RepositoryRow(job_id=job, position=i, name=name, outcome=kind.value, attempt=1)
        row.message, row.started_at, row.finished_at = "something was found out " * 4, at, at
        row.busy_seconds, row.spec = 12.5, "{}" * 2000
        yield row
        if kind in {Kind.PULL_REQUEST, Kind.REJECTED}:
            said = [{"sort": "refuted", "rule": "takes", "place": "a.py:1", "text": "f takes x"}] * 20
            score = 60 + (i * 13 + night) % 40
            yield ReportRow(
                job_id=job, name=name, tenant="local", at=at, score=score, held=9, refuted=20, remarks=said
            )


def _measure(system: System) -> None:
    url, password = system.airflow.url, passwords(system.state)["admin"]
    cookies = {"_token": token(url, "admin", password)}
    print(f"{REPOSITORIES} repositories, {NIGHTS} nights, {TIMES} times each: median ms (longest)")
    print(f"{'page':36} {'server':>14} {'browser':>14} {'KiB':>6}")
    client = httpx.Client(base_url=url, cookies=cookies, timeout=60)
    with client, chromium() as browser, Desk(browser, url).page("admin", password) as page:
        for name, path in _PAGES.items():
            address = f"/documentation/tenants/local{path}"
            size = len(client.get(address).raise_for_status().content) / 1024
            server = [_served(client, address) for _ in range(TIMES)]
            shown = [_loaded(page, address) for _ in range(TIMES)]
            print(f"{name:36} {_told(server):>14} {_told(shown):>14} {size:6.0f}")


def _served(client: httpx.Client, address: str) -> float:
    begun = time.perf_counter()
    client.get(address).raise_for_status()
    return (time.perf_counter() - begun) * 1000


def _loaded(page: Any, address: str) -> float:  # noqa: ANN401 - Playwright is not there when types are checked
    page.goto(address, wait_until="load")
    taken: float = page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd")
    return taken or _loaded(page, address)


def _told(times: list[float]) -> str:
    return f"{statistics.median(times):.0f} ({max(times):.0f})"


if __name__ == "__main__":
    main()
