"""What child processes take, by the operating system's account of them."""

from __future__ import annotations

import resource
import uuid
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import psutil

from documenthor.runtimes.measured import Ending, Measured

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Meter:
    """Adds up the children of one attempt that run while it is `running`, one after the other.

    The system charges a process that ended, and all that it waited for, to the process that waits for it.
    Descendants that nobody waits for are counted when they are killed; one that hides from its parent and
    ends by itself is not. `ending` is for whoever reads their exit codes to say.
    """

    def __init__(self) -> None:
        self._unit = f"process:{uuid.uuid4()}"
        self._cpu_seconds = 0.0
        self._span: tuple[datetime, datetime] | None = None
        self.ending = Ending.UNKNOWN
        self.is_stopped = False

    @contextmanager
    def running(self) -> Iterator[None]:
        """Count the children that are started and waited for meanwhile."""
        self.ending = Ending.UNKNOWN
        before, start = _of_children(), datetime.now(UTC)
        try:
            yield
        finally:
            self._cpu_seconds += _of_children() - before
            began = self._span[0] if self._span else start
            # The clock may have been set back meanwhile.
            self._span = began, max(began, datetime.now(UTC))

    def count_killed(self, processes: Iterable[psutil.Process]) -> None:
        """Count processes that are about to be killed, and that nobody will wait for."""
        self._cpu_seconds += sum(_of(process) for process in processes)

    def measured(self) -> Measured | None:
        """What it came to; None if nothing has run. No process holds a GPU of its own."""
        if self._span is None:
            return None
        ending = Ending.STOPPED if self.is_stopped else self.ending
        return Measured(
            self._unit, *self._span, gpu_ms=0, cpu_ms=round(self._cpu_seconds * 1000), ending=ending
        )


def _of_children() -> float:
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return ended.ru_utime + ended.ru_stime


def _of(process: psutil.Process) -> float:
    """CPU seconds of a process and of what it has waited for."""
    try:
        times = process.cpu_times()
    except psutil.Error:
        return 0.0
    return float(times.user + times.system + times.children_user + times.children_system)
