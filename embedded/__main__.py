"""`make run`: documents real repositories end to end and says what came of it."""

from __future__ import annotations

import argparse
import signal
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

from embedded import report, repositories
from embedded.airflow import Airflow
from embedded.caller import Caller
from embedded.place import local
from embedded.port import Port
from embedded.state import RunError, State

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from types import FrameType
    from typing import NoReturn

    from embedded.ground import Ground
    from embedded.place import Place

console = Console(highlight=False, soft_wrap=True)


def main() -> int:
    """Run once; 0 if no repository failed, 130 if it was stopped."""
    arguments = _arguments()
    state = State(arguments.state.resolve())
    state.prepare()
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        with state.locked():
            return _run(state, arguments)
    except KeyboardInterrupt:
        console.print("Stopped. `make run` goes on from here.")
        return 130
    except RunError as error:
        console.print(f"make run: {error}", style="red", markup=False)
        return 1


def _run(state: State, arguments: argparse.Namespace) -> int:
    own = arguments.repositories
    console.print("Fetching repositories")
    fill = repositories.fill_with_own
    names = fill(state.forge, own) if own else repositories.fill_with_samples(state.forge)
    with Port() as port, _place(state, names, arguments) as place:
        return _work(state, names, place, port.number)


def _place(state: State, names: list[str], arguments: argparse.Namespace) -> AbstractContextManager[Place]:
    if arguments.runtime == "process" and arguments.forge == "local":
        return local(state, names)
    # A part of the tests, which only this choice needs.
    from embedded.github import hosted

    return hosted(state, names, _ground(state) if arguments.runtime == "kubernetes" else None)


def _ground(state: State) -> Ground:
    from embedded.cluster import Cluster
    from embedded.ground import Ground

    return Ground(Cluster.find(), "documenthor-run", state.root)


def _work(state: State, names: list[str], place: Place, port: int) -> int:
    airflow = Airflow(state, port)
    airflow.environment.update(place.environment)
    airflow.components.update(place.components)
    try:
        console.print(f"Starting Airflow at {airflow.url} (logs in {state.logs})")
        airflow.start()
        failed = _document(state, airflow, names, place)
        if sys.stdout.isatty() and not failed:
            _keep_up(airflow)
    finally:
        # A second Ctrl-C must not cut the stopping short.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        airflow.stop()
    return int(failed)


def _document(state: State, airflow: Airflow, names: list[str], place: Place) -> bool:
    with closing(Caller(state, airflow.url, place.tenant)) as caller:
        job = caller.submit(names)
        console.print(f"Job {job}: {len(names)} repositories")
        progress = report.Progress(console)
        for status in caller.follow(job, airflow.check):
            progress.show(status)
    console.print(report.table(status))
    path = state.root / "report.json"
    report.write_json(status, path)
    console.print(f"Report: {path}")
    for line in place.lines():
        console.print(line, markup=False)
    console.print(f"Its page: {airflow.url}/documentation/tenants/{place.tenant}/jobs/{job}")
    console.print(f"Airflow: {airflow.url} (user admin, password {airflow.password()})")
    return bool(status["state"] != "succeeded")


def _keep_up(airflow: Airflow) -> None:
    console.print("Press Ctrl-C to stop.")
    try:
        while True:
            airflow.check()
            time.sleep(1)
    except KeyboardInterrupt:
        console.print("Stopping")


def _interrupt(_number: int, _frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make run", description=__doc__)
    parser.add_argument(
        "repositories", nargs="*", help="paths or URLs of git repositories (default: samples)"
    )
    parser.add_argument(
        "--forge", choices=("local", "github-fake"), default="local", help="where the repositories live"
    )
    parser.add_argument(
        "--runtime",
        choices=("process", "kubernetes"),
        default="process",
        help="where generators run; pods reach repositories by the network alone, hence github-fake",
    )
    parser.add_argument("--state", type=Path, default=Path("build/run"), help="folder that keeps the state")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
