"""A server that is told to stop ends open answers at once, and then itself."""

from __future__ import annotations

import signal
import subprocess
import sys
import time

import httpx
import pytest


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_open_answer_ends_with_the_server(number: signal.Signals) -> None:
    command = [sys.executable, "-m", "tests.documenthor_airflow.streaming"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        assert server.stdout is not None
        url = f"http://127.0.0.1:{server.stdout.readline().strip()}"
        with httpx.stream("GET", url, timeout=30) as answer:
            lines = answer.iter_lines()
            assert next(lines) == "open"
            began = time.monotonic()
            server.send_signal(number)
            assert list(lines) == ["closed"]
        server.wait(30)
        # The server itself would wait for a minute.
        assert time.monotonic() - began < 20
    finally:
        server.kill()
        server.communicate()
