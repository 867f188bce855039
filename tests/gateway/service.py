"""The real application behind a real server, with an eye on what reaches it."""

from __future__ import annotations

import socket
import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Self

import uvicorn
from documenthor.api import build_app
from documenthor.settings import Settings
from starlette.responses import PlainTextResponse

from tests.documenthor.support import AUDIENCE, ISSUER

if TYPE_CHECKING:
    from pathlib import Path

    from documenthor.db import Database
    from starlette.types import Receive, Scope, Send


@dataclass
class Service:
    """Runs while it is entered. `reached` has method and path of every request, questions included.

    `tenants_named` has what requests said in X-Documenthor-Tenant; `hides_keys` is an outage of the key set.
    """

    database: Database
    folder: Path
    reached: list[tuple[str, str]] = field(default_factory=list)
    tenants_named: list[str] = field(default_factory=list)
    hides_keys: bool = False

    def __enter__(self) -> Self:
        """Start on a free port of the loopback interface."""
        environment = {
            "DOCUMENTHOR_HOME": str(self.folder.parent),
            "DOCUMENTHOR_TENANTS": str(self.folder),
            "DOCUMENTHOR_ISSUER": ISSUER,
            "DOCUMENTHOR_AUDIENCE": AUDIENCE,
        }
        self._app = build_app(
            settings=Settings.from_environment(environment),
            database=self.database,
            trigger=lambda _job: None,
            clock=lambda: datetime.now(UTC),
            checks={"database": self.database.is_ready},
        )
        self.port = free_port()
        config = uvicorn.Config(
            self._watched, port=self.port, log_level="warning", lifespan="off", interface="asgi3"
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self._thread.start()
        wait_for(self.port)
        return self

    def __exit__(self, *_: object) -> None:
        """Stop, and free the port."""
        self._server.should_exit = True
        self._thread.join(10)

    def passed(self) -> list[tuple[str, str]]:
        """What was let through by a gateway: everything but its own questions."""
        own = ("/api/verify", "/.well-known/jwks.json")
        return [each for each in self.reached if not each[1].startswith(own)]

    async def _watched(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.reached.append((scope["method"], scope["path"]))
        headers: dict[bytes, bytes] = dict(scope["headers"])
        if b"x-documenthor-tenant" in headers:
            self.tenants_named.append(headers[b"x-documenthor-tenant"].decode())
        app: Any = self._app
        if self.hides_keys and scope["path"] == "/.well-known/jwks.json":
            app = PlainTextResponse("", 503)
        await app(scope, receive, send)


def free_port() -> int:
    """A port that nobody uses at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(port: int, seconds: float = 30) -> None:
    """Return once somebody listens."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError(f"nobody listens at port {port} after {seconds} s")
