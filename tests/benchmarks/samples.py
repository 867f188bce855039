"""What a running Airflow does at each look, while a batch is worked off."""

from __future__ import annotations

import sqlite3
import statistics
import threading
from contextlib import closing, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

import psutil

if TYPE_CHECKING:
    from pathlib import Path

_SECONDS = 2.0
_STATES = "select state, count(*) from task_instance where task_id = 'repository.generate' group by 1"


@dataclass
class Samples:
    """How many tasks `generate` were in each state at each look, and the triggerer's processor seconds.

    Looks while it is entered. A database that is busy for long is looked at the next time.
    """

    database: Path
    triggerer: int
    seen: list[dict[str, int]] = field(default_factory=list)
    seconds: float = 0

    def __enter__(self) -> Self:
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._take)
        self._before = self._busy()
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopped.set()
        self._thread.join()
        self.seconds = self._busy() - self._before

    def told(self, took: float) -> str:
        """All of it in two lines; `took` is how long it was looked at."""
        working = [each.get("running", 0) + each.get("queued", 0) for each in self.seen] or [0]
        away = [each.get("deferred", 0) for each in self.seen] or [0]
        return (
            f"worker slots that generate holds: {statistics.mean(working):.2f} on average, "
            f"while {statistics.mean(away):.2f} wait in the triggerer\n"
            f"triggerer: {self.seconds:.1f} processor seconds in {took:.0f} s"
        )

    def _take(self) -> None:
        address = f"file:{self.database}?mode=ro"
        while not self._stopped.wait(_SECONDS):
            with suppress(sqlite3.OperationalError):
                self.seen.append(_states(address))

    def _busy(self) -> float:
        """Of the triggerer and what it started."""
        process = psutil.Process(self.triggerer)
        return sum(_cpu(each) for each in (process, *process.children(recursive=True)))


def _states(address: str) -> dict[str, int]:
    with closing(sqlite3.connect(address, uri=True, timeout=30)) as connection:
        return dict(connection.execute(_STATES).fetchall())


def _cpu(process: psutil.Process) -> float:
    with suppress(psutil.NoSuchProcess):
        times = process.cpu_times()
        return times.user + times.system
    return 0.0
