"""A fake Sentry: keeps the events of the envelopes that it is sent."""

from __future__ import annotations

import gzip
import json
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from typing import Any

from tests.fakes.serving import Served


class FakeSentry(Served):
    """Takes what is sent to its `dsn`; `raw` is all of it, unpacked, `events` the errors in it."""

    def __init__(self) -> None:
        self.raw: list[bytes] = []

    @property
    def dsn(self) -> str:
        """Where clients send to."""
        return f"{self.address.replace('http://', 'http://public@')}/7"

    @property
    def events(self) -> list[dict[str, Any]]:
        """The errors, in the order in which they came."""
        return [event for raw in self.raw for event in _events(raw)]

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        sentry = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                content = self.rfile.read(int(self.headers["Content-Length"]))
                packed = self.headers.get("Content-Encoding") == "gzip"
                is_known = self.path == "/api/7/envelope/"
                if is_known:
                    sentry.raw.append(gzip.decompress(content) if packed else content)
                self.send_response(HTTPStatus.OK if is_known else HTTPStatus.NOT_FOUND)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        return Handler


def _events(raw: bytes) -> list[dict[str, Any]]:
    """Of an envelope: a line about it, then for each item a line about it and its content."""
    _, _, rest = raw.partition(b"\n")
    found = []
    while rest.strip():
        header, _, rest = rest.partition(b"\n")
        about = json.loads(header)
        content, rest = rest[: about["length"]], rest[about["length"] + 1 :]
        if about["type"] == "event":
            found.append(json.loads(content))
    return found
