"""What a batch of real repositories takes with each runtime, and where a pod's seconds go.

    python -m tests.benchmarks.runtimes process kubernetes [--repositories 11]

The embedded Airflow documents published sources of eight languages from the fake GitHub, once with child
processes and once with pods (`KUBECONFIG` and the rest as for `make test-cluster`; the image has to be in the
cluster), four at a time in both. Printed are outcomes, seconds a repository, and of pods the seconds of every
step by the cluster's own clock, which is good to a second. How much of the quota is held and used is drawn
to build/benchmarks/quota.svg. While that runs, samples are taken of what waits: tasks that are deferred
hold no slot of a worker, but their triggers cost the triggerer's processor.
"""

from __future__ import annotations

import argparse
import shutil
import sqlite3
import statistics
import threading
import time
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import psutil

from embedded.airflow import Airflow
from embedded.caller import Caller
from embedded.cluster import Cluster
from embedded.github import ORGANISATION, hosted
from embedded.ground import Ground
from embedded.port import Port
from embedded.repositories import fill_with_own
from embedded.state import State
from tests.benchmarks.pod_steps import draw, steps, summary
from tests.benchmarks.sources import TEN, WORK, repository
from tests.cluster.recorder import recorded

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_SAMPLE_SECONDS = 2.0
_QUOTA = 4
_STATES = "select state, count(*) from task_instance where task_id = 'repository.generate' group by 1"


@dataclass
class Samples:
    """How many tasks `generate` were in each state at each look, and the triggerer's processor seconds."""

    database: Path
    triggerer: int
    seen: list[dict[str, int]] = field(default_factory=list)
    stopped: threading.Event = field(default_factory=threading.Event)

    def take(self) -> None:
        """Look until stopped."""
        address = f"file:{self.database}?mode=ro"
        while not self.stopped.wait(_SAMPLE_SECONDS):
            with closing(sqlite3.connect(address, uri=True, timeout=30)) as connection:
                self.seen.append(dict(connection.execute(_STATES).fetchall()))

    def busy(self) -> float:
        """Processor seconds of the triggerer and what it started."""
        process = psutil.Process(self.triggerer)
        times = [each.cpu_times() for each in (process, *process.children(recursive=True))]
        return sum(each.user + each.system for each in times)


def main() -> None:
    """Run each runtime that is named."""
    form = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=form)
    parser.add_argument("runtimes", nargs="+", choices=("process", "kubernetes"))
    parser.add_argument("--repositories", type=int, default=len(TEN))
    options = parser.parse_args()
    sources = [str(repository(source)) for source in TEN[: options.repositories]]
    medians = {runtime: _batch(runtime, sources) for runtime in options.runtimes}
    if len(medians) > 1:
        print(f"a pod's path takes {medians['kubernetes'] / medians['process']:.2f} times the other's median")


def _batch(runtime: str, sources: Sequence[str]) -> float:
    """Print one batch; returns the median of seconds a repository."""
    folder = WORK / f"runtime-{runtime}"
    shutil.rmtree(folder, ignore_errors=True)
    state = State(folder)
    state.prepare()
    names = fill_with_own(state.forge, list(sources))
    with ExitStack() as stack:
        ground = None
        if runtime == "kubernetes":
            ground = Ground(Cluster.find(), "documenthor-benchmark", folder, gpus=1)
            stack.callback(ground.clear)
        place = stack.enter_context(hosted(state, names, ground))
        port = stack.enter_context(Port(preferred=0))
        airflow = Airflow(state, port.number)
        airflow.environment.update(place.environment)
        airflow.components.update(place.components)
        stack.callback(airflow.stop)
        recorder = None
        if ground is not None:
            recorder = stack.enter_context(recorded(ground.cluster, ground.name, folder / "pods.json"))
        airflow.start()
        samples, seconds, status = _run(state, airflow, names)
        _print_rows(runtime, status, seconds)
        if recorder is not None:
            _print_waiting(samples, seconds)
            found = steps(recorder, _rows(state))
            print(summary(found))
            print(draw(found, _QUOTA, WORK / "quota.svg"))
    return float(statistics.median(row["seconds"] for row in status["repositories"]))


def _run(state: State, airflow: Airflow, names: list[str]) -> tuple[Samples, float, dict[str, Any]]:
    samples = Samples(state.airflow / "airflow.db", airflow.pids()["triggerer"])
    before, started = samples.busy(), time.monotonic()
    sampling = threading.Thread(target=samples.take)
    sampling.start()
    try:
        with closing(Caller(state, airflow.url, ORGANISATION)) as caller:
            status = list(caller.follow(caller.submit(names), airflow.check))[-1]
    finally:
        samples.stopped.set()
        sampling.join()
    took = time.monotonic() - started
    print(f"triggerer: {samples.busy() - before:.1f} processor seconds in {took:.0f} s")
    return samples, took, status


def _print_rows(runtime: str, status: dict[str, Any], seconds: float) -> None:
    rows = status["repositories"]
    each = sorted(row["seconds"] for row in rows)
    p95 = each[min(len(each) - 1, round(0.95 * len(each)))]
    print(f"{runtime}: {len(rows)} repositories in {seconds:.0f} s, {status['counts']}")
    print(f"seconds a repository: p50 {statistics.median(each):.1f}, p95 {p95:.1f}")


def _print_waiting(samples: Samples, seconds: float) -> None:
    busy = [each.get("running", 0) + each.get("queued", 0) for each in samples.seen]
    away = [each.get("deferred", 0) for each in samples.seen]
    print(
        f"worker slots that generate holds: {statistics.mean(busy):.2f} on average of {seconds:.0f} s, "
        f"while {statistics.mean(away):.2f} wait in the triggerer"
    )


def _rows(state: State) -> dict[str, tuple[str, str]]:
    """When work on each repository began and ended, by our own database (UTC)."""
    with closing(sqlite3.connect(f"file:{state.home}/documenthor.db?mode=ro", uri=True)) as connection:
        found = connection.execute("select name, started_at, finished_at from repositories").fetchall()
    return {name: (started, finished) for name, started, finished in found}


if __name__ == "__main__":
    main()
