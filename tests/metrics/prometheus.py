"""A real Prometheus that scrapes what a test gives it, and the programs it comes with."""

from __future__ import annotations

import json
import shutil
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING, Any

from embedded.port import Port
from tests.fakes.serving import Served

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_SECONDS = 120


def program(name: str) -> str:
    """Where a program of Prometheus is."""
    found = shutil.which(name)
    assert found, f"{name} is needed; install it with: apt-get install prometheus"
    return found


class Exposed(Served):
    """Answers every request with what `text` says then."""

    def __init__(self, text: Callable[[], str]) -> None:
        self._text = text

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        text = self._text

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200)
                self.send_header("Content-Type", "text/plain; version=0.0.4")
                self.end_headers()
                self.wfile.write(text().encode())

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        return Handler


class Prometheus:
    """One that runs at `url`."""

    def __init__(self, url: str) -> None:
        self._url = url

    def ask(self, query: str) -> list[dict[str, Any]]:
        """The result of a query; raises `AssertionError` with what Prometheus says of a wrong one."""
        address = f"{self._url}/api/v1/query?{urllib.parse.urlencode({'query': query})}"
        try:
            with urllib.request.urlopen(address, timeout=30) as answer:  # noqa: S310 - our own, on loopback
                result: list[dict[str, Any]] = json.load(answer)["data"]["result"]
        except urllib.error.HTTPError as error:
            raise AssertionError(error.read().decode()) from error
        return result

    def wait_until(self, query: str) -> None:
        """Wait until a query has a result."""
        end = time.monotonic() + _SECONDS
        while time.monotonic() < end:
            try:
                if self.ask(query):
                    return
            except OSError:
                pass
            time.sleep(0.5)
        raise AssertionError(f"nothing came of {query!r} in {_SECONDS} s")


@contextmanager
def scraping(folder: Path, targets: dict[str, str]) -> Iterator[Prometheus]:
    """Run one over jobs and their addresses."""
    jobs = [
        {
            "job_name": name,
            "honor_labels": True,
            "static_configs": [{"targets": [address.removeprefix("http://")]}],
        }
        for name, address in targets.items()
    ]
    config = {"global": {"scrape_interval": "1s"}, "scrape_configs": jobs}
    (folder / "prometheus.yml").write_text(json.dumps(config), "utf-8")
    port = Port(preferred=0)
    number = port.number
    port.close()
    command = [
        program("prometheus"), f"--config.file={folder}/prometheus.yml", f"--storage.tsdb.path={folder}/data",
        f"--web.listen-address=127.0.0.1:{number}",
    ]  # fmt: skip
    with (folder / "log").open("wb") as log, subprocess.Popen(command, stdout=log, stderr=log) as process:
        try:
            yield Prometheus(f"http://127.0.0.1:{number}")
        finally:
            process.terminate()
