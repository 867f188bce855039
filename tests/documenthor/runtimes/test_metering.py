"""What children took is what the operating system says, those that were killed included."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest
from docgen.contract import ExitCode, JobSpec
from documenthor.errors import GeneratorError
from documenthor.runtimes import ProcessRuntime
from documenthor.runtimes.metering import Meter
from documenthor.tenants import Processes
from documenthor.usage import Ending

if TYPE_CHECKING:
    from documenthor.usage import Measured

# A second of work by a program's own account, however slow the machine is.
_WORK = "import time\nwhile time.process_time() < 1: pass\n"
_SPEC = JobSpec(tenant="acme", job="j", repository="r", url="/nowhere", commit="0" * 40)


class Scripted(ProcessRuntime):
    """Runs Python instead of the generator, by stage."""

    scripts: dict[str, str]

    def _execute(
        self, command: list[str], folder: Path, deadline: float, passed: tuple[str, ...], pipe: int | None
    ) -> tuple[int, str]:
        script = self.scripts[command[command.index("docgen") + 1]]
        return super()._execute([sys.executable, "-I", "-c", script], folder, deadline, passed, pipe)


def _ran(folder: Path, fetch: str, generate: str = "", seconds: float = 60) -> Measured:
    limits = Processes.model_validate({"deadline": seconds})
    runtime = Scripted(limits, folder)
    runtime.scripts = {"fetch": fetch, "generate": generate}
    with pytest.raises(GeneratorError):
        runtime.generate(_SPEC)
    found = runtime.meter.measured()
    assert found is not None
    return found


def test_both_steps_and_what_they_start_are_counted(tmp_path: Path) -> None:
    child = f"import subprocess, sys\nsubprocess.run([sys.executable, '-c', {_WORK!r}])\n"
    found = _ran(tmp_path, _WORK, child + _WORK + "sys.exit(1)")
    assert 3000 <= found.cpu_ms < 5000
    assert (found.gpu_ms, found.ending) == (0, Ending.FAILED)
    assert found.unit.startswith("process:")
    assert found.started_at < found.finished_at


def test_what_is_killed_is_counted_with_its_children(tmp_path: Path) -> None:
    """Two descendants have worked and wait; nobody waits for them when their parent is killed."""
    ready = [str(tmp_path / name) for name in ("one", "two")]
    waits = _WORK + "import sys\nopen(sys.argv[1], 'w').close()\ntime.sleep(600)\n"
    starts = [f"subprocess.Popen([sys.executable, '-c', {waits!r}, {path!r}])" for path in ready]
    runtime = Scripted(Processes(), tmp_path)
    runtime.scripts = {"fetch": "\n".join(["import subprocess, sys, time", *starts, "time.sleep(600)"])}

    def stop() -> None:
        while not all(Path(path).exists() for path in ready):
            time.sleep(0.01)
        runtime.stop()

    watcher = threading.Thread(target=stop)
    watcher.start()
    with pytest.raises(GeneratorError, match="signal_9"):
        runtime.generate(_SPEC)
    watcher.join()
    found = runtime.meter.measured()
    assert found is not None
    assert 2000 <= found.cpu_ms < 3500
    assert found.ending is Ending.STOPPED


def test_a_deadline_that_passes_is_the_end(tmp_path: Path) -> None:
    assert _ran(tmp_path, "import time\ntime.sleep(600)", seconds=0.2).ending is Ending.OUT_OF_TIME


def test_exit_codes_say_how_it_ended(tmp_path: Path) -> None:
    cases = {ExitCode.UNREACHABLE: Ending.FORGE_UNREACHABLE, ExitCode.INTERNAL: Ending.FAILED}
    for code, ending in cases.items():
        assert _ran(tmp_path, f"raise SystemExit({code.value})").ending is ending
    # The same word from the step that has read the repository excuses nothing.
    assert _ran(tmp_path, "", f"raise SystemExit({ExitCode.UNREACHABLE.value})").ending is Ending.FAILED


def test_nothing_ran_nothing_is_measured() -> None:
    assert Meter().measured() is None


def test_what_is_stopped_says_so() -> None:
    meter = Meter()
    with meter.running():
        subprocess.run([sys.executable, "-c", "pass"], check=True)
    meter.is_stopped = True
    found = meter.measured()
    assert found is not None
    assert found.ending is Ending.STOPPED


def test_a_process_that_is_gone_counts_nothing() -> None:
    child = subprocess.Popen([sys.executable, "-c", "pass"])
    known = psutil.Process(child.pid)
    child.wait()
    meter = Meter()
    with meter.running():
        meter.count_killed([known])
    found = meter.measured()
    assert found is not None
    assert found.cpu_ms == 0


def test_two_attempts_are_two_units() -> None:
    meters = [Meter(), Meter()]
    for meter in meters:
        with meter.running():
            pass
    assert len({found.unit for meter in meters if (found := meter.measured())}) == len(meters)
