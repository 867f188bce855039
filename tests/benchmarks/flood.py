"""How much of a tenant's flood another tenant feels: its latency in quiet and beside the flood.

One API worker in a process of its own, which lets each key ask `LIMIT` times a minute; the flood comes from
another process over `CONNECTIONS` connections, each asking anew as soon as it is refused. The same flood at
a bare server beside it, which answers at once without looking, tells what such a flood takes of the machine
even where it costs the API nothing. Run `python -m tests.benchmarks.flood [SECONDS] [CONNECTIONS]`.
"""

from __future__ import annotations

import multiprocessing
import statistics
import sys
import tempfile
import threading
import time
from collections import Counter
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
from documenthor import tokens
from documenthor.api import build_app
from documenthor.db import Database
from documenthor.settings import Settings

from tests.documenthor.api.server import serving
from tests.documenthor.support import AUDIENCE, ISSUER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from multiprocessing.connection import Connection
    from multiprocessing.synchronize import Event

    from documenthor.tokens import PrivateKey
    from starlette.types import Receive, Scope, Send

LIMIT = 300
_TENANTS = ("flooding", "quiet")
_SPAWN = multiprocessing.get_context("spawn")


def main(seconds: float, connections: int) -> None:
    """Measure and print."""
    keys = {tenant: tokens.generate() for tenant in _TENANTS}
    public = {tenant: key.public_pem for tenant, key in keys.items()}
    with (
        tempfile.TemporaryDirectory() as folder,
        _running(_serve, Path(folder), public) as url,
        _running(_serve_bare) as bare,
    ):
        for what, at in (("a bare server", bare), ("ours", url)):
            quiet = _latencies(url, keys["quiet"], seconds)
            _show("GET /api/jobs in quiet", quiet)
            refused, over = _SPAWN.Event(), _SPAWN.Event()
            flood = _SPAWN.Process(target=_flood, args=(at, keys["flooding"], connections, refused, over))
            # A new window would let the flood in once more.
            time.sleep(max(0.0, 60 - time.time() % 60) if time.time() % 60 > 50 - seconds else 0)
            flood.start()
            # What its quota lets through is nothing to complain about.
            refused.wait()
            beside = _latencies(url, keys["quiet"], seconds)
            over.set()
            flood.join()
            _show(f"GET /api/jobs beside a flood of {what} over {connections} connections", beside)
            print(f"ratio of the medians: {statistics.median(beside) / statistics.median(quiet):.2f}")


@contextmanager
def _running(serve: Callable[..., None], *arguments: object) -> Iterator[str]:
    """The address of a server in a process of its own."""
    ours, theirs = _SPAWN.Pipe()
    server = _SPAWN.Process(target=serve, args=(*arguments, theirs))
    server.start()
    yield ours.recv()
    ours.send("stop")
    server.join()


def _serve_bare(pipe: Connection) -> None:
    async def refuse(_scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        await send({"type": "http.response.start", "status": 429, "headers": [(b"content-length", b"0")]})
        await send({"type": "http.response.body", "body": b""})

    with serving(refuse) as url:
        pipe.send(url)
        pipe.recv()


def _serve(folder: Path, keys: dict[str, str], pipe: Connection) -> None:
    database = Database(f"sqlite:///{folder}/documenthor.db")
    database.migrate()
    for tenant, public_pem in keys.items():
        (folder / f"{tenant}.yaml").write_text(f"organisation: {tenant}\nforge: {{kind: local}}\n")
        tokens.register(database, tenant, public_pem, datetime.now(UTC))
    environment = {
        "HOME": str(folder),
        "TENANTS": str(folder),
        "ISSUER": ISSUER,
        "AUDIENCE": AUDIENCE,
        "KEY_REQUESTS_PER_MINUTE": str(LIMIT),
    }
    settings = Settings.from_environment({f"DOCUMENTHOR_{name}": text for name, text in environment.items()})
    app = build_app(
        settings=settings,
        database=database,
        trigger=lambda _: None,
        clock=lambda: datetime.now(UTC),
        checks={},
    )
    with serving(app) as url:
        pipe.send(url)
        pipe.recv()
    database.close()


@contextmanager
def _caller(url: str, key: PrivateKey, tenant: str) -> Iterator[httpx.Client]:
    now = datetime.now(UTC)
    token = tokens.mint(key.pem, issuer=ISSUER, audience=AUDIENCE, org=tenant, now=now)
    with httpx.Client(base_url=url, headers={"Authorization": f"Bearer {token}"}, timeout=60) as client:
        yield client


def _latencies(url: str, key: PrivateKey, seconds: float) -> list[float]:
    """Of a caller that asks five times a second."""
    took, end = [], time.monotonic() + seconds
    with _caller(url, key, "quiet") as client:
        while time.monotonic() < end:
            begin = time.perf_counter()
            client.get("/api/jobs").raise_for_status()
            took.append(time.perf_counter() - begin)
            time.sleep(0.2)
    return took


def _flood(url: str, key: PrivateKey, connections: int, refused: Event, over: Event) -> None:
    statuses: Counter[int] = Counter()

    def ask() -> None:
        with _caller(url, key, "flooding") as client:
            while not over.is_set():
                status = client.get("/api/jobs").status_code
                if status != httpx.codes.OK and not refused.is_set():
                    began.append(time.monotonic())
                    refused.set()
                statuses[status] += 1

    began = list[float]()

    threads = [threading.Thread(target=ask) for _ in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    refusals = statuses.total() - statuses[httpx.codes.OK]
    print(
        f"the flood: {refusals / (time.monotonic() - began[0]):.0f} refusals/s, after {statuses[200]} answers"
    )


def _show(what: str, seconds: list[float]) -> None:
    ordered = sorted(seconds)
    p99 = ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))] * 1000
    print(f"{what}: p50 {statistics.median(seconds) * 1000:.1f} ms, p99 {p99:.1f} ms (of {len(seconds)})")


if __name__ == "__main__":
    given = [float(argument) for argument in sys.argv[1:]]
    main(given[0] if given else 12.0, int(given[1]) if len(given) > 1 else 8)
