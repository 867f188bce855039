"""What Airflow costs: jobs of growing size through it, the generators' own CPU time taken off.

    python -m tests.benchmarks.control_plane [--postgres] [SIZE ...]

For each size: seconds on the clock, CPU seconds of all of Airflow's processes and tasks but the generators
(as their usage records have them), both for one repository, what used it, and how long tasks waited between
being ready and starting. The last line fits CPU seconds = a * repositories^b.
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
from typing import NamedTuple

from documenthor import usage
from documenthor.db import Database
from sqlalchemy import create_engine, text

from embedded.state import State
from tests import postgres
from tests.benchmarks.batch_vs_pool import cpu
from tests.running.system import System, add_repository


class Cost(NamedTuple):
    """What a job of so many repositories took."""

    size: int
    wall: float
    cpu: dict[str, float]
    waits: list[float]

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
    parser.add_argument("sizes", nargs="*", type=int, default=[30, 100, 300])
    arguments = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        databases = {}
        if arguments.postgres:
            server = stack.enter_context(postgres.server())
            databases = {
                "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": server.create(),
                "DOCUMENTHOR_DATABASE_URL": server.create(),
            }
        costs = _measure(folder, arguments.sizes, databases)
    if len(costs) > 1:
        found = statistics.linear_regression(
            [math.log(cost.size) for cost in costs], [math.log(cost.total) for cost in costs]
        )
        print(f"CPU seconds grow with repositories^{found.slope:.2f}")


def _measure(folder: Path, sizes: list[int], databases: dict[str, str]) -> list[Cost]:
    state = State(folder)
    state.prepare()
    for size in sizes:
        for number in range(size):
            add_repository(state.forge, f"s{size}-r{number:03}")
    system = System.start(state, **databases)
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
    used["scheduler: children"] -= float(usage.totals(database, "local").cpu_seconds - generated)
    database.close()
    return Cost(len(names), wall, used, _waits(system, status["id"]))


def _waits(system: System, job: str) -> list[float]:
    """Seconds from a task's being ready to its start, of all tasks of the job."""
    default = f"sqlite:///{system.state.airflow}/airflow.db"
    engine = create_engine(system.airflow.environment.get("AIRFLOW__DATABASE__SQL_ALCHEMY_CONN", default))
    query = text(
        "select scheduled_dttm, start_date from task_instance "
        "where run_id like :run and start_date is not null"
    )
    with engine.connect() as connection:
        rows = connection.execute(query, {"run": f"job_{job}%"}).all()
    engine.dispose()
    return [(_moment(start) - _moment(ready)).total_seconds() for ready, start in rows if ready]


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
    if cost.waits:
        worst = max(cost.waits)
        print(
            f"  ready tasks waited {statistics.median(cost.waits):.1f} s (median), {worst:.1f} s (longest)",
            flush=True,
        )


if __name__ == "__main__":
    main()
