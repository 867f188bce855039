"""A receiver of webhooks: real HTTP, checks signatures with the official library, answers as told."""

from __future__ import annotations

import sys
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, Self

from standardwebhooks import Webhook, WebhookVerificationError

if TYPE_CHECKING:
    import ssl


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of a sender that gives up while TLS is agreed upon; it may be right to."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


@dataclass
class Receiver:
    """Runs while it is entered. `statuses` are used up one a request, then it is 204.

    `received` are the messages whose signature held under one of `secrets`, `refused` counts the others.
    With `tls` it speaks https alone.
    """

    secrets: list[str] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    drip: float = 0.0
    tls: ssl.SSLContext | None = None
    received: list[dict[str, Any]] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    refused: int = 0
    requests: int = 0

    def __enter__(self) -> Self:
        """Start on a free port of the loopback interface."""
        self._server = _Server(("127.0.0.1", 0), self._handler())
        if self.tls:
            self._server.socket = self.tls.wrap_socket(
                self._server.socket, server_side=True, do_handshake_on_connect=False
            )
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop, and free the port."""
        self._server.shutdown()
        self._server.server_close()

    @property
    def url(self) -> str:
        """Where messages go."""
        return f"{'https' if self.tls else 'http'}://127.0.0.1:{self.port}/hook"

    @property
    def port(self) -> int:
        """The port on 127.0.0.1."""
        port: int = self._server.server_address[1]
        return port

    def take(self, headers: dict[str, str], body: bytes) -> int:
        """Look at one message; the status to answer with."""
        self.requests += 1
        for secret in self.secrets:
            try:
                message = Webhook(secret).verify(body, headers)
            except WebhookVerificationError:
                continue
            self.received.append(message)
            self.ids.append(headers["webhook-id"])
            break
        else:
            self.refused += 1
        return self.statuses.pop(0) if self.statuses else 204

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        owner = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                headers = {name.lower(): value for name, value in self.headers.items()}
                self.send_response(owner.take(headers, body))
                for name, value in owner.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                try:
                    self._write()
                except (BrokenPipeError, ConnectionResetError):
                    return  # who sent it has given up, as it should

            def _write(self) -> None:
                for byte in owner.body if owner.drip else ():
                    self.wfile.write(bytes([byte]))
                    self.wfile.flush()
                    time.sleep(owner.drip)
                if not owner.drip:
                    self.wfile.write(owner.body)

            def log_message(self, *_: object) -> None:
                return

        return Handler
