"""What Airflow adds: a batch of small repositories through it, against a plain pool of the same generator.

    python -m tests.benchmarks.batch_vs_pool [--repositories 50]

Both run as many generators at a time. The pool generates only; the batch also plans, checks and publishes.
Control-plane CPU is what Airflow's processes and tasks used, less what the pool needed for generating.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import psutil
from docgen.contract import JobSpec
from documenthor.runtimes import ProcessRuntime
from documenthor.tenants import Processes

from embedded.state import State
from tests.running.system import System, add_repository, git


class Cost(NamedTuple):
    """Seconds on the clock, and CPU seconds by what used them."""

    wall: float
    cpu: dict[str, float]

    @property
    def total(self) -> float:
        """CPU seconds of all of them."""
        return sum(self.cpu.values())


def main() -> None:
    """Run both and print the comparison."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--repositories", type=int, default=50)
    count: int = max(1, parser.parse_args().repositories)
    with tempfile.TemporaryDirectory() as folder:
        state = State(Path(folder))
        state.prepare()
        names = [f"r{number:03}" for number in range(count)]
        for name in names:
            add_repository(state.forge, name)
        system = System.start(state)
        try:
            workers = int(system.airflow.environment["AIRFLOW__CORE__PARALLELISM"])
            batch, idle = _batch(system, names), _idle(system)
        finally:
            system.stop()
        pool = _pool(state, names, workers)
    _print(count, workers, batch, idle, pool)


def _batch(system: System, names: list[str]) -> Cost:
    before, started = cpu(system), time.monotonic()
    status = system.finish(system.caller.submit(names))
    if status["counts"] != {"pull_request": len(names)}:
        raise SystemExit(f"the batch did not end well: {status['counts']}")
    return Cost(time.monotonic() - started, _since(before, system))


def _idle(system: System, seconds: float = 20) -> Cost:
    before = cpu(system)
    time.sleep(seconds)
    return Cost(seconds, _since(before, system))


def _since(before: dict[str, float], system: System) -> dict[str, float]:
    return {name: used - before[name] for name, used in cpu(system).items()}


def cpu(system: System) -> dict[str, float]:
    """CPU seconds of each component, and of what it has started, since its start."""
    used: dict[str, float] = defaultdict(float)
    for name, pid in system.airflow.pids().items():
        parent = psutil.Process(pid)
        used[name] += _own(parent)
        for process in [parent, *parent.children(recursive=True)]:
            times = process.cpu_times()
            used[f"{name}: children"] += times.children_user + times.children_system
            if process != parent:
                used[f"{name}: children"] += _own(process)
    return used


def _own(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


def _pool(state: State, names: list[str], workers: int) -> Cost:
    specs = [
        JobSpec(
            tenant="local", job="benchmark", repository=name, url=str(state.forge / name),
            commit=git(state.forge / name, "rev-parse", "main"),
        )
        for name in names
    ]  # fmt: skip
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(lambda spec: ProcessRuntime(Processes(), state.root / "scratch").generate(spec), specs))
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(time.monotonic() - started, {"generators": used})


def _print(count: int, workers: int, batch: Cost, idle: Cost, pool: Cost) -> None:
    print(f"{count} repositories, {workers} at a time")
    print(f"  {'':<26}{'batch':>10}{'pool':>10}{'ratio':>8}")
    print(f"  {'wall s':<26}{batch.wall:>10.1f}{pool.wall:>10.1f}{batch.wall / pool.wall:>7.1f}x")
    print(f"  {'CPU s':<26}{batch.total:>10.1f}{pool.total:>10.1f}{batch.total / pool.total:>7.1f}x")
    print(f"  control-plane CPU s per repository: {(batch.total - pool.total) / count:.2f}")
    print("  where the batch's CPU went (and what it would have used idle, in the same time):")
    for name, used in sorted(batch.cpu.items(), key=lambda item: -item[1]):
        print(f"    {name:<26}{used:>8.1f} s  {idle.cpu[name] * batch.wall / idle.wall:>8.1f} s idle")


if __name__ == "__main__":
    main()
