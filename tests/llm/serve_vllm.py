"""The real vLLM server on the CPU, in an environment of its own, with the weights in a folder."""

from __future__ import annotations

import os
import socket
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import httpx

if TYPE_CHECKING:
    from collections.abc import Iterator

PYTHON = Path(__file__).parents[2] / "build" / "vllm" / "bin" / "python"
NAME = "smollm2"
_STARTING_SECONDS = 600
_QUIET = {"HF_HUB_OFFLINE": "1", "VLLM_NO_USAGE_STATS": "1", "DO_NOT_TRACK": "1"}


@contextmanager
def served(weights: Path, log: Path) -> Iterator[str]:
    """The address of a server that answers, until it is left; `log` has what it says."""
    port = _free_port()
    command = [
        str(PYTHON), "-m", "vllm.entrypoints.openai.api_server", "--model", str(weights),
        "--served-model-name", NAME, "--dtype", "float32", "--enforce-eager", "--max-model-len", "4096",
        "--max-num-seqs", "16", "--host", "127.0.0.1", "--port", str(port),
    ]  # fmt: skip
    # One gigabyte for keys and values; bfloat16 and more threads are slower on a small machine.
    environ = {**os.environ, **_QUIET, "OMP_NUM_THREADS": "1", "VLLM_CPU_KVCACHE_SPACE": "1"}
    with log.open("wb") as out, subprocess.Popen(command, env=environ, stdout=out, stderr=out) as server:
        try:
            _wait(server, f"http://127.0.0.1:{port}/health", log)
            yield f"http://127.0.0.1:{port}/v1"
        finally:
            server.terminate()
            server.wait(60)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait(server: subprocess.Popen[bytes], health: str, log: Path) -> None:
    end = time.monotonic() + _STARTING_SECONDS
    while time.monotonic() < end:
        if server.poll() is not None:
            break
        try:
            if httpx.get(health, timeout=5, trust_env=False).status_code == httpx.codes.OK:
                return
        except httpx.HTTPError:
            time.sleep(1)
    raise TimeoutError(f"vLLM does not answer; it said: {log.read_text(errors='replace')[-2000:]}")
