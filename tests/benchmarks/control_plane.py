"""What Airflow costs: jobs of growing size through it, with a generator that sleeps.

    python -m tests.benchmarks.control_plane [--postgres] [--seconds S | --generate] [SIZE ...]

For each size: seconds on the clock, CPU seconds of all of Airflow's processes and tasks but the generators
(as their usage records have them), both for one repository, what used it, and how long a repository's next
task waited: for the scheduler, for a slot, and for a worker. The last lines fit seconds = a * repositories^b.
Both databases are SQLite without `--postgres`; the executor is the embedded system's. The generator sleeps
for `--seconds` and hands in a bundle that was written before; with `--generate` it is the real one.
"""

from __future__ import annotations

import argparse
import math
import statistics
import tempfile
import time
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from documenthor import usage
from documenthor.db import Database
from sqlalchemy import create_engine, text

from embedded.state import State
from tests import postgres
from tests.benchmarks import sleeping
from tests.benchmarks.batch_vs_pool import cpu
from tests.running.system import System, add_repository

# The task of the same repository that each one waits for.
_BEFORE = {
    "repository.route": "repository.generate",
    "repository.commit": "repository.route",
    "repository.pull_request": "repository.route",
}


class Cost(NamedTuple):
    """What a job of so many repositories took."""

    size: int
    wall: float
    cpu: dict[str, float]
    generators: float
    waits: dict[str, list[float]]

    @property
    def total(self) -> float:
        """CPU seconds of all."""
        return sum(self.cpu.values())


def main() -> None:
    """Run each size and print what it took."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--postgres", action="store_true", help="both databases on PostgreSQL")
    parser.add_argument("--seconds", type=float, default=2, help="for how long a generator sleeps")
    parser.add_argument("--generate", action="store_true", help="use the real generator")
    parser.add_argument("sizes", nargs="*", type=int, default=[30, 100, 300])
    arguments = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        settings = {} if arguments.generate else sleeping.prepare(folder / "sample", arguments.seconds)
        if arguments.postgres:
            server = stack.enter_context(postgres.server())
            airflow = server.create()
            settings |= {
                "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": airflow,
                # Airflow would take asyncpg, which is not installed; psycopg does both.
                "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN_ASYNC": airflow,
                "DOCUMENTHOR_DATABASE_URL": server.create(),
            }
        costs = _measure(folder / "state", arguments.sizes, settings)
    if len(costs) > 1:
        print(f"CPU seconds grow with repositories^{_exponent(costs, 'total'):.2f}")
        print(f"seconds on the clock grow with repositories^{_exponent(costs, 'wall'):.2f}")


def _exponent(costs: list[Cost], of: str) -> float:
    sizes = [math.log(cost.size) for cost in costs]
    return statistics.linear_regression(sizes, [math.log(getattr(cost, of)) for cost in costs]).slope


def _measure(folder: Path, sizes: list[int], settings: dict[str, str]) -> list[Cost]:
    state = State(folder)
    state.prepare()
    for size in sizes:
        for number in range(size):
            add_repository(state.forge, f"s{size}-r{number:03}")
    system = System.start(state, **settings)
    costs = []
    try:
        for size in sizes:
            costs.append(_job(system, [f"s{size}-r{number:03}" for number in range(size)]))
            _print(costs[-1])
    finally:
        system.stop()
    return costs


def _job(system: System, names: list[str]) -> Cost:
    settings = system.airflow.environment
    ours = settings.get("DOCUMENTHOR_DATABASE_URL") or f"sqlite:///{system.state.home}/documenthor.db"
    database = Database(ours)
    before, generated, started = cpu(system), usage.totals(database, "local").cpu_seconds, time.monotonic()
    status = system.finish(system.caller.submit(names))
    wall = time.monotonic() - started
    if status["counts"] != {"pull_request": len(names)}:
        raise SystemExit(f"the job did not end well: {status['counts']}")
    used = {name: seconds - before.get(name, 0.0) for name, seconds in cpu(system).items()}
    generators = float(usage.totals(database, "local").cpu_seconds - generated)
    used["scheduler: children"] -= generators
    database.close()
    return Cost(len(names), wall, used, generators, _waits(system, status["id"]))


def _waits(system: System, job: str) -> dict[str, list[float]]:
    """Seconds that each repository's tasks after `generate` waited, by what for."""
    found: dict[str, list[float]] = {"the scheduler": [], "a slot": [], "a worker": []}
    rows = _instances(system, job)
    for (run, task, index), (ready, queued, start, _) in rows.items():
        before = rows.get((run, _BEFORE.get(task, ""), index))
        # What was skipped was never queued.
        if before is None or None in {before[-1], ready, queued, start}:
            continue
        found["the scheduler"].append(_seconds(before[-1], ready))
        found["a slot"].append(_seconds(ready, queued))
        found["a worker"].append(_seconds(queued, start))
    return found


def _instances(system: System, job: str) -> dict[tuple[str, str, int], tuple[Any, ...]]:
    """When each task instance of the job was ready, queued, started and ended."""
    default = f"sqlite:///{system.state.airflow}/airflow.db"
    engine = create_engine(system.airflow.environment.get("AIRFLOW__DATABASE__SQL_ALCHEMY_CONN", default))
    query = text(
        "select run_id, task_id, map_index, scheduled_dttm, queued_dttm, start_date, end_date "
        "from task_instance where run_id like :run"
    )
    with engine.connect() as connection:
        rows = connection.execute(query, {"run": f"job_{job}%"}).all()
    engine.dispose()
    return {(run, task, index): tuple(times) for run, task, index, *times in rows}


def _seconds(start: datetime | str, end: datetime | str) -> float:
    return (_moment(end) - _moment(start)).total_seconds()


def _moment(value: datetime | str) -> datetime:
    return value if isinstance(value, datetime) else datetime.fromisoformat(value)


def _print(cost: Cost) -> None:
    print(f"{cost.size} repositories: {cost.wall:.0f} s on the clock, {cost.total:.0f} s of CPU", flush=True)
    print(
        f"  for one: {cost.wall / cost.size:.2f} s on the clock, {cost.total / cost.size:.2f} s of CPU",
        flush=True,
    )
    for name, used in sorted(cost.cpu.items(), key=lambda item: -item[1]):
        print(f"    {name:<26}{used / cost.size:>8.3f} s")
    print(f"  a generator used {cost.generators / cost.size:.2f} s of CPU besides")
    for what, waits in cost.waits.items():
        median, late = statistics.median(waits), statistics.quantiles(waits, n=20)[-1]
        print(f"  tasks waited for {what:<14}{median:>7.2f} s (median) {late:>7.2f} s (95 %)", end="")
        print(f" {max(waits):>7.2f} s (longest)", flush=True)


if __name__ == "__main__":
    main()
