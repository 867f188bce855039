"""An OpenAI-compatible server over real HTTP that answers what a test scripts."""

from __future__ import annotations

import json
import re
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING, Any

from tests.fakes.serving import Served

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


@dataclass(frozen=True)
class Answer:
    """What is sent back: `text` as the completion, or `raw` in place of the whole body."""

    text: str = ""
    status: int = 200
    raw: bytes | None = None
    delay: float = 0.0

    def body(self) -> bytes:
        """The bytes of the answer."""
        if self.raw is not None:
            return self.raw
        usage = {"prompt_tokens": 100, "completion_tokens": 10}
        message = {"role": "assistant", "content": self.text}
        return json.dumps({"choices": [{"index": 0, "message": message}], "usage": usage}).encode()


class Asked:
    """One request as a script sees it."""

    def __init__(self, body: dict[str, Any]) -> None:
        self.body = body
        self.user: str = body["messages"][1]["content"]

    def handle(self, thing: str) -> str:
        """The handle of a thing, by its line in the prompt (`class Turner`); empty where it is not told."""
        found = re.search(rf"^([A-Z]\d+): {re.escape(thing)}$", self.user, re.MULTILINE)
        return found[1] if found else ""

    def fact(self, says: str) -> str:
        """The handle of a fact by its line (`M1 defines S1`)."""
        return self.handle(says)

    def filled(self, text: str) -> str:
        """`text` with `<class Turner>` replaced by that thing's handle in braces."""
        return re.sub(r"<([^<>]+)>", lambda match: f"{{{self.handle(match[1]) or 'Z9'}}}", text)


@dataclass
class ModelServer(Served):
    """Runs while it is entered; `script` answers every request."""

    script: Callable[[Asked], Answer]
    asked: list[Asked] = field(default_factory=list)
    most_at_once: int = 0
    _now: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def url(self) -> str:
        """What `writer.base_url` has to say."""
        return f"{self.address}/v1"

    def answer(self, asked: Asked) -> Answer:
        """The scripted answer, while counting how many are in flight."""
        with self._lock:
            self.asked.append(asked)
            self._now += 1
            self.most_at_once = max(self.most_at_once, self._now)
        answer = self.script(asked)
        time.sleep(answer.delay)
        with self._lock:
            self._now -= 1
        return answer

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        owner = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                length = int(self.headers["Content-Length"])
                answer = owner.answer(Asked(json.loads(self.rfile.read(length))))
                body = answer.body()
                try:
                    self.send_response(answer.status)
                    self.send_header("Content-Length", str(len(body)))
                    self.end_headers()
                    self.wfile.write(body)
                except (BrokenPipeError, ConnectionResetError):
                    return  # who asked has gone, as it may

            def log_message(self, *_: object) -> None:
                return

        return Handler


def reply(*sentences: Mapping[str, object]) -> str:
    """A completion of the shape that is asked for."""
    return json.dumps({"sentences": list(sentences)})
