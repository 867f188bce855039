"""Slack's Web API, as far as posting a message goes."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any

from tests.fakes.serving import Served


@dataclass
class FakeSlack(Served):
    """Takes `chat.postMessage` with the one token; the calls that `refused` counts fail, from 1 on."""

    token: str = "xoxb-made-up"
    refused: frozenset[int] = frozenset()
    calls: int = 0
    messages: list[dict[str, Any]] = field(default_factory=list)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        fake = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                answer = json.dumps(fake.answer(self.path, self.headers["Authorization"], body)).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json; charset=utf-8")
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        return Handler

    def answer(self, path: str, authorization: str | None, body: bytes) -> dict[str, Any]:
        """Slack says what is wrong in the body, with status 200."""
        if authorization != f"Bearer {self.token}":
            return {"ok": False, "error": "invalid_auth"}
        if path != "/api/chat.postMessage":
            return {"ok": False, "error": "unknown_method"}
        self.calls += 1
        if self.calls in self.refused:
            return {"ok": False, "error": "internal_error"}
        message = json.loads(body)
        self.messages.append(message)
        return {"ok": True, "channel": message["channel"], "ts": f"1.{len(self.messages)}"}
