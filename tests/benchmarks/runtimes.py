"""What a batch of real repositories takes with each runtime, and where a pod's seconds go.

    python -m tests.benchmarks.runtimes process kubernetes [--repositories 100] [--minutes 60]

The embedded Airflow documents published sources of ten languages from the fake GitHub, once with child
processes and once with pods (`KUBECONFIG` and the rest as for `make test-cluster`; the image has to be in the
cluster), four at a time in both. Printed are outcomes, seconds a repository, and of pods the seconds of every
step by the cluster's own clock, which is good to a second. How much of the quota is held and used is drawn
to build/benchmarks/quota.svg. While that runs, samples are taken of what waits: tasks that are deferred
hold no slot of a worker, but their triggers cost the triggerer's processor.

When the minutes are over, or it is interrupted, what is done by then counts. Each runtime's seconds are kept
in build/benchmarks, so both may be run one after the other, and are compared on what both have done.
"""

from __future__ import annotations

import argparse
import json
import secrets
import shutil
import signal
import sys
import time
from contextlib import ExitStack, closing, suppress
from typing import TYPE_CHECKING, Any

from embedded.airflow import Airflow
from embedded.caller import Caller
from embedded.cluster import Cluster
from embedded.github import ORGANISATION, hosted
from embedded.ground import Ground
from embedded.port import Port
from embedded.repositories import fill_with_own
from embedded.state import State
from tests.benchmarks.hundred import HUNDRED
from tests.benchmarks.pod_steps import draw, rows_of, steps, summary
from tests.benchmarks.samples import Samples
from tests.benchmarks.sources import WORK, BenchmarkError, repository
from tests.benchmarks.spread import spread
from tests.cluster.recorder import recorded

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import FrameType
    from typing import NoReturn

    from documenthor.client.jobs import Status

_QUOTA = 4
RUNTIMES = ("process", "kubernetes")


def main() -> None:
    """Run each runtime that is named, then compare what there is of both."""
    form = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=form)
    parser.add_argument("runtimes", nargs="+", choices=RUNTIMES)
    parser.add_argument("--repositories", type=int, default=len(HUNDRED))
    parser.add_argument("--minutes", type=float, default=60, help="how long a batch may take (default: 60)")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, _interrupt)
    sources = _fetched(options.repositories)
    for runtime in options.runtimes:
        _batch(runtime, sources, options.minutes * 60)
    _print_comparison()


def _interrupt(_number: int, _frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


def _fetched(count: int) -> list[str]:
    """The folders of the first `count` that can be had."""
    found = []
    for source in HUNDRED[:count]:
        try:
            found.append(str(repository(source)))
        except BenchmarkError as error:
            print(f"left out: {error}", file=sys.stderr)
    print(f"{len(found)} repositories", flush=True)
    return found


def _batch(runtime: str, sources: Sequence[str], seconds: float) -> None:
    folder = WORK / f"runtime-{runtime}"
    shutil.rmtree(folder, ignore_errors=True)
    state = State(folder)
    state.prepare()
    names = fill_with_own(state.forge, list(sources))
    with ExitStack() as stack:
        ground = None
        if runtime == "kubernetes":
            name = f"documenthor-benchmark-{secrets.token_hex(3)}"
            ground = Ground(Cluster.find(), name, folder, gpus=1)
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
        with Samples(state.airflow / "airflow.db", airflow.pids()["triggerer"]) as samples:
            status, took = _followed(state, airflow, names, seconds)
        _print_rows(runtime, status, took)
        print(samples.told(took))
        if recorder is not None:
            found = steps(recorder, rows_of(state.home / "documenthor.db"))
            print(summary(found))
            print(draw(found, _QUOTA, WORK / "quota.svg"), flush=True)


def _followed(state: State, airflow: Airflow, names: list[str], seconds: float) -> tuple[Status, float]:
    """The job's last status, when it has ended or the time is over, and the seconds until then."""
    started = time.monotonic()
    with closing(Caller(state, airflow.url, ORGANISATION)) as caller:
        job = caller.submit(names)
        following = caller.follow(job, airflow.check)
        status = next(following)
        with suppress(KeyboardInterrupt):
            while time.monotonic() - started < seconds and (later := next(following, None)):
                status = later
    return status, time.monotonic() - started


def _print_rows(runtime: str, status: Status, took: float) -> None:
    rows = [row for row in status["repositories"] if row["state"] == "done"]
    each = {row["name"]: row["seconds"] for row in rows if row["seconds"]}
    (WORK / f"runtime-{runtime}.json").write_text(json.dumps(each), "utf-8")
    print(f"\n{runtime}: {len(rows)} of {len(status['repositories'])} repositories in {took:.0f} s")
    print(f"outcomes: {_outcomes(rows)}")
    print(f"seconds a repository: {spread(each.values())}")
    generator = [float(row["usage"]["cpu_seconds"]) for row in rows]
    print(f"processor seconds that are charged for the generator: {spread(generator)}")


def _outcomes(rows: Sequence[dict[str, Any]]) -> str:
    count: dict[str, int] = {}
    for row in rows:
        name = f"{row['outcome']}({row['reason']})" if row["reason"] else str(row["outcome"])
        count[name] = count.get(name, 0) + 1
    return ", ".join(f"{number} {name}" for name, number in sorted(count.items()))


def _print_comparison() -> None:
    paths = [WORK / f"runtime-{runtime}.json" for runtime in RUNTIMES]
    if not all(path.exists() for path in paths):
        return
    process, pods = (json.loads(path.read_text("utf-8")) for path in paths)
    ratios = [pods[name] / process[name] for name in process.keys() & pods.keys()]
    if ratios:
        print(f"a pod's path takes {spread(ratios)} times the other's, on {len(ratios)} repositories")


if __name__ == "__main__":
    main()
