"""The proxy that checks requests and answers against GitHub's description: `prism proxy --errors`."""

from __future__ import annotations

import json
import socket
import subprocess
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_START_SECONDS = 60
_ERRORS = "https://stoplight.io/prism/errors#"


class PrismError(Exception):
    """The proxy did not start."""


@contextmanager
def proxy(packages: Path, description: dict[str, Any], upstream: str, folder: Path) -> Iterator[str]:
    """Run the proxy in front of `upstream`, and give its address."""
    spec = folder / "openapi.json"
    spec.write_text(json.dumps(description), "utf-8")
    port = _free_port()
    program = packages / "node_modules/.bin/prism"
    command = [str(program), "proxy", str(spec), upstream, "--errors", "-p", str(port)]
    with (folder / "prism.log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)
        try:
            _wait(process, port, folder / "prism.log")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait()


def violations(body: Any) -> list[str]:  # noqa: ANN401 - any JSON
    """What the proxy found wrong with a request or an answer; empty if the body is the fake's own."""
    if not isinstance(body, dict) or not str(body.get("type", "")).startswith(_ERRORS):
        return []
    found = [f"{'.'.join(map(str, one['location']))}: {one['message']}" for one in body.get("validation", [])]
    return found or [f"{body['type'].removeprefix(_ERRORS)}: {body.get('detail', '')}"]


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise PrismError(f"prism did not start: {log.read_text('utf-8', 'replace')[-2000:]}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
