"""The `process` runtime: `docgen fetch`, then `docgen generate`, each a child process.

It shares the worker's user, so it is for one's own repositories: the generator gets an environment
without secrets, a folder of its own and limits, but no wall that a hostile program could not climb.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
from docgen.contract import Envelope, ExitCode
from pydantic import ValidationError

from documenthor.errors import GeneratorError
from documenthor.runtimes.exits import outcome_of_exit
from documenthor.runtimes.measured import ending_of
from documenthor.runtimes.metering import Meter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docgen.contract import JobSpec

    from documenthor.outcomes import Outcome
    from documenthor.tenants import Processes

# `ulimit` in a shell instead of a hook between fork and exec, which is unsafe beside threads.
_LIMITED = 'ulimit -c 0 && ulimit -v "$1" && shift && exec "$@"'
_MESSAGE_BYTES = 4096
# What `fetch` needs to reach a forge behind a proxy or with a private certificate authority.
_NETWORK = ("HTTPS_PROXY", "https_proxy", "NO_PROXY", "no_proxy", "SSL_CERT_FILE", "GIT_SSL_CAINFO")
# For repositories that anybody may read.
NO_TOKEN: AbstractContextManager[str] = nullcontext("")


class ProcessRuntime:
    """Runs the generator of one attempt; `stop()` may be called from a signal handler meanwhile.

    `meter` tells afterwards what it took, however it ended.
    """

    def __init__(self, limits: Processes, scratch: Path) -> None:
        self._limits = limits
        self._scratch = scratch
        self._child: subprocess.Popen[bytes] | None = None
        self.meter = Meter()

    def generate(self, spec: JobSpec, token: AbstractContextManager[str] = NO_TOKEN) -> Envelope | Outcome:
        """The repository's bundle, or the outcome if the repository itself is the reason there is none.

        `token` yields what `fetch` reads the repository with; it is left again before `generate` starts.
        Raises `GeneratorError` for everything that is no fault of the repository.
        """
        deadline = time.monotonic() + self._limits.deadline.total_seconds()
        self._scratch.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=self._scratch, prefix="docgen-") as name:
            folder = Path(name)
            (folder / "spec.json").write_text(spec.model_dump_json(), "utf-8")
            tree, bundle = folder / "tree", folder / "bundle.json"
            with token as secret:
                ended = self._run("fetch", ["--tree", str(tree)], folder, deadline, secret)
            if ended is None:
                arguments = ["--tree", str(tree), "--out", str(bundle)]
                ended = self._run("generate", arguments, folder, deadline)
            return _read(bundle) if ended is None else ended

    def stop(self) -> None:
        """Kill the child and everything it started, because somebody wants it stopped."""
        self.meter.is_stopped = True
        self._kill()

    def _kill(self) -> None:
        if self._child is not None and self._child.poll() is None:
            _kill_tree(self._child.pid, self.meter)

    def _run(
        self, stage: str, arguments: list[str], folder: Path, deadline: float, secret: str = ""
    ) -> Outcome | None:
        command = [
            sys.executable,
            "-I",
            "-m",
            "docgen",
            stage,
            "--spec",
            str(folder / "spec.json"),
            *arguments,
        ]
        with _pipe(secret) as pipe:
            if pipe is not None:
                command += ["--token-file", f"/dev/fd/{pipe}"]
            passed = _NETWORK if stage == "fetch" else ()
            code, message = self._execute(command, folder, deadline, passed, pipe)
        ended = outcome_of_exit(stage, code, message)
        self.meter.ending = ending_of(ended)
        if isinstance(ended, GeneratorError):
            raise ended
        return ended

    def _execute(
        self, command: list[str], folder: Path, deadline: float, passed: tuple[str, ...], pipe: int | None
    ) -> tuple[int, str]:
        memory_kib = str(self._limits.memory_mib * 1024)
        with (folder / "stderr").open("w+b") as errors, self.meter.running():
            self._child = subprocess.Popen(
                ["/bin/sh", "-c", _LIMITED, "docgen", memory_kib, *command],
                cwd=folder,
                env=_environment(folder, passed),
                pass_fds=() if pipe is None else (pipe,),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=errors,
            )
            try:
                code = self._child.wait(max(deadline - time.monotonic(), 0))
            except subprocess.TimeoutExpired:
                code = ExitCode.TIMED_OUT
            finally:
                self._kill()
                self._child.wait()
            return code, _last_line(errors.fileno())


@contextmanager
def _pipe(secret: str) -> Iterator[int | None]:
    """A descriptor from which `secret` can be read once: it is in no file, no argument, no environment."""
    if not secret:
        yield None
        return
    read, write = os.pipe()
    try:
        # Far less than a pipe holds, so that this waits for nobody.
        os.write(write, secret.encode())
        os.close(write)
        yield read
    finally:
        os.close(read)


def _environment(folder: Path, passed: tuple[str, ...]) -> dict[str, str]:
    """All that a generator's environment holds; the worker's own, with its secrets, stays out."""
    home = folder / "home"
    home.mkdir(exist_ok=True)
    path = os.environ.get("PATH", os.defpath)
    known = {name: os.environ[name] for name in passed if name in os.environ}
    return {**known, "PATH": path, "LANG": "C.UTF-8", "HOME": str(home), "TMPDIR": str(folder)}


def _last_line(descriptor: int) -> str:
    """The end of what the child said on standard error: its one line, or a traceback's last."""
    size = os.fstat(descriptor).st_size
    tail = os.pread(descriptor, _MESSAGE_BYTES, max(size - _MESSAGE_BYTES, 0))
    lines = tail.decode("utf-8", "replace").strip().splitlines()
    return lines[-1][:500] if lines else ""


def _read(bundle: Path) -> Envelope:
    try:
        return Envelope.model_validate_json(bundle.read_bytes())
    except (OSError, ValidationError) as error:
        raise GeneratorError("generate", "no_bundle", "it ended well but left no readable bundle") from error


def _kill_tree(pid: int, meter: Meter) -> None:
    try:
        parent = psutil.Process(pid)
        others = parent.children(recursive=True)
    except psutil.NoSuchProcess:
        return
    meter.count_killed(others)
    # The parent first: it must not wait for any of them, which would count them twice.
    for process in (parent, *others):
        try:
            process.kill()
        except psutil.NoSuchProcess:
            continue
