"""The embedded system's executor with `sleeper.py` as its generator. All else is real, `fetch` included."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from docgen.contract import Envelope, JobSpec
from documenthor import runtimes
from documenthor.tenants import Processes
from documenthor_airflow import warm

from tests.running.system import add_repository, git

_SETTING = "BENCHMARK_SLEEPER"


class Sleeping(runtimes.ProcessRuntime):
    """Runs the sleeper where a generator would run."""

    def _execute(self, command: list[str], *others: Any) -> tuple[int, str]:  # noqa: ANN401 - the base's
        if "generate" in command:
            program = str(Path(__file__).with_name("sleeper.py"))
            # Without `site`, which takes longer than all that it does.
            command = [sys.executable, "-I", "-S", program, *os.environ[_SETTING].split(), *command[5:]]
        return super()._execute(command, *others)


class LocalExecutor(warm.LocalExecutor):
    """Its workers, and the tasks that they fork, know no other generator."""

    def start(self) -> None:
        """Exchange the generator, then start the workers."""
        runtimes.ProcessRuntime = Sleeping  # type: ignore[misc]
        super().start()


def prepare(folder: Path, seconds: float) -> dict[str, str]:
    """Write the bundle that is handed in, the real generator's; returns what Airflow's environment needs."""
    name, sample = "the-sample", folder / "bundle.json"
    repository = add_repository(folder, name)
    commit = git(repository, "rev-parse", "main")
    spec = JobSpec(tenant="local", job="benchmark", repository=name, url=str(repository), commit=commit)
    made = runtimes.ProcessRuntime(Processes(), folder / "scratch").generate(spec)
    if not isinstance(made, Envelope):
        raise SystemExit(f"there is no bundle to hand in: {made}")
    sample.write_text(made.open().model_dump_json(), "utf-8")
    return {
        "AIRFLOW__CORE__EXECUTOR": f"{__name__}.LocalExecutor",
        "PYTHONPATH": str(Path(__file__).parents[2]),
        _SETTING: f"{seconds} {sample} {name} {commit}",
    }
