"""`make run RUNTIME=kubernetes` says and publishes what it does with child processes."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from embedded.ground import Ground
from tests.running.system import add_repository, git

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from embedded.cluster import Cluster

pytestmark = [pytest.mark.cluster, pytest.mark.timeout(1800)]

_NAMES = ("crane", "winch")
_RUNTIMES = ("process", "kubernetes")
_NAMESPACE = "documenthor-run"
# What differs from run to run, and a progress line, as nobody says which states are seen.
_DIFFERS = (
    (r"(?m)^  \[\d+/\d+\] .*\n", ""),
    (r"password [^)]+", "password P"),
    (r"\b[0-9a-f]{8}-[0-9a-f-]{27}\b", "JOB"),
    (r"https?://[0-9.]+:\d+", "URL"),
    (r"\d+", "N"),
    (r"[ ─━]+", " "),
)


@pytest.fixture(scope="module")
def folders(ground: Ground, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Path]]:
    """The state of a run with each runtime, both at once; `output` in it is what the run printed."""
    own = tmp_path_factory.mktemp("own")
    paths = [str(add_repository(own, name)) for name in _NAMES]
    states = {runtime: tmp_path_factory.mktemp(runtime) for runtime in _RUNTIMES}
    was_there = _is_there(ground.cluster)
    runs = {runtime: _started(runtime, state, paths) for runtime, state in states.items()}
    try:
        ended = [run.wait() for run in runs.values()]
        assert ended == [0, 0], _told(states)
        yield states
    finally:
        for run in runs.values():
            run.terminate()
            run.wait()
        if not was_there:
            Ground(ground.cluster, _NAMESPACE, states["kubernetes"]).clear()


def _is_there(cluster: Cluster) -> bool:
    return cluster.run("get", "namespace", _NAMESPACE).returncode == 0


def _started(runtime: str, state: Path, repositories: list[str]) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "embedded", "--forge", "github-fake", "--runtime", runtime]
    with (state / "output").open("wb") as output:
        return subprocess.Popen(
            [*command, "--state", str(state / "run"), *repositories],
            stdout=output,
            stderr=subprocess.STDOUT,
            # Tables are as wide as a terminal.
            env={**os.environ, "COLUMNS": "200"},
        )


def _told(states: dict[str, Path]) -> str:
    return "\n".join((state / "output").read_text("utf-8") for state in states.values())


def _shape(state: Path) -> list[str]:
    text = (state / "output").read_text("utf-8").replace(str(state), "STATE")
    for pattern, instead in _DIFFERS:
        text = re.sub(pattern, instead, text)
    return [line.strip() for line in text.splitlines()]


def _report(state: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((state / "run" / "report.json").read_text("utf-8"))
    return found


def _pages(state: Path, name: str) -> str:
    """The published tree's id, so that two are the same to the byte."""
    (store,) = (state / "run" / "github" / "repositories").rglob(f"{name}.git")
    return git(store, "rev-parse", "documenthor/docs^{tree}")


def test_the_output_has_the_same_lines(folders: dict[str, Path]) -> None:
    process, kubernetes = (_shape(folders[runtime]) for runtime in _RUNTIMES)
    assert kubernetes == process
    assert sum("pull_request" in line for line in kubernetes) == len(_NAMES)


def test_the_report_is_the_same(folders: dict[str, Path]) -> None:
    process, kubernetes = (_report(folders[runtime]) for runtime in _RUNTIMES)
    assert kubernetes["state"] == process["state"] == "succeeded"
    for one, other in zip(process["repositories"], kubernetes["repositories"], strict=True):
        assert one.keys() == other.keys()
        same = ("name", "commit", "outcome", "reason", "message", "pages")
        assert {key: one[key] for key in same} == {key: other[key] for key in same}


@pytest.mark.parametrize("name", _NAMES)
def test_the_documentation_is_the_same_to_the_byte(folders: dict[str, Path], name: str) -> None:
    process, kubernetes = (_pages(folders[runtime], name) for runtime in _RUNTIMES)
    assert kubernetes == process
