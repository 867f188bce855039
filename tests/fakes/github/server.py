"""The fake over real HTTP or HTTPS: REST, GraphQL and git's own smart protocol on one port."""

from __future__ import annotations

import ssl
import sys
import threading
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from tests.fakes.github.certificates import of_address
from tests.fakes.github.connection import request
from tests.fakes.github.messages import Broken
from tests.fakes.github.transfer import GitCall, GitRefusal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.fakes.github.fake import FakeGitHub

_HANG_SECONDS = 0.5
LOOPBACK = "127.0.0.1"


class Served:
    """Where a served fake listens; `ca_file` is what a client has to trust for https."""

    def __init__(self, url: str, ca_file: Path) -> None:
        self.url, self.ca_file = url, ca_file


@contextmanager
def serve(fake: FakeGitHub, *, tls: bool = False, port: int = 0, host: str = LOOPBACK) -> Iterator[Served]:
    """Serve on a port (0: a free one) of the interface with the address `host` until the end."""
    server = _Server((host, port), type("Handler", (_Handler,), {"fake": fake}))
    # Without TLS there is no such file, and nobody asks for it.
    ca_file = fake.root / ".tls"
    if tls:
        ca_file, key_file = of_address(ca_file, host)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(ca_file, key_file)
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    url = f"{'https' if tls else 'http'}://{host}:{server.server_address[1]}"
    before = fake.api_url, fake.html_url
    fake.api_url = fake.html_url = url
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield Served(url, ca_file)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
        fake.api_url, fake.html_url = before


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 - as in the base
        # Whoever asked has hung up, as clients do when they are stopped; anything else is a fault of ours.
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    fake: FakeGitHub
    protocol_version = "HTTP/1.1"
    timeout = 60

    def _any(self) -> None:
        try:
            self._dispatch(self._body())
        except GitRefusal as refusal:
            self._send(refusal.status, refusal.headers, str(refusal).encode())
        except Broken as broken:
            if broken.timed_out:
                threading.Event().wait(_HANG_SECONDS)
            self.close_connection = True

    def _dispatch(self, body: bytes) -> None:
        parts = urlsplit(self.path)
        call = GitCall.of(self.fake, self.command, unquote(parts.path), parts.query, self.headers, body)
        if call is not None:
            self._send(*call.run())
        else:
            answer = self.fake.handle(request(self.command, self.path, dict(self.headers), body))
            self._send(answer.status, answer.headers, answer.content())

    def _body(self) -> bytes:
        if self.headers.get("Transfer-Encoding") == "chunked":
            return b"".join(self._chunks())
        return self.rfile.read(int(self.headers.get("Content-Length", 0)))

    def _chunks(self) -> Iterator[bytes]:
        while size := int(self.rfile.readline().split(b";")[0], 16):
            yield self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()

    def _send(self, status: int, headers: dict[str, str], content: bytes) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != HTTPStatus.NO_CONTENT:
            self.send_header("content-length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = do_HEAD = _any  # noqa: N815

    def log_message(self, *_: object) -> None:
        return
