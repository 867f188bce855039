"""A server with an answer that stays open until the server is told to stop. Prints its port."""

from __future__ import annotations

import asyncio
import socket
from typing import TYPE_CHECKING

import uvicorn
from documenthor_airflow.stopping import before_stop

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send


async def _app(_scope: Scope, _receive: Receive, send: Send) -> None:
    stopping = asyncio.Event()
    before_stop(stopping.set)
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"open\n", "more_body": True})
    await stopping.wait()
    await send({"type": "http.response.body", "body": b"closed\n"})


if __name__ == "__main__":
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        print(listening.getsockname()[1], flush=True)
        config = uvicorn.Config(_app, lifespan="off", log_level="error", timeout_graceful_shutdown=60)
        uvicorn.Server(config).run([listening])
