"""Whether everything that we need is there, asked again after some seconds at the earliest."""

from __future__ import annotations

import logging
import time
from concurrent.futures import Future, wait
from dataclasses import dataclass, field
from threading import Lock, Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_log = logging.getLogger(__name__)
_KEPT_SECONDS = 5.0
_PATIENCE_SECONDS = 4.0


@dataclass(frozen=True, slots=True)
class Report:
    """What held, by name. Without something `essential` no request can be met; the rest delays jobs."""

    essential: Mapping[str, bool]
    outside: Mapping[str, bool]

    @property
    def status(self) -> str:
        """`ok`, `degraded` (something outside is away) or `unavailable`."""
        if not all(self.essential.values()):
            return "unavailable"
        return "ok" if all(self.outside.values()) else "degraded"


@dataclass(slots=True)
class Health:
    """Runs checks side by side and keeps what they said; many callers at once cost one round."""

    essential: Mapping[str, Callable[[], bool]]
    outside: Mapping[str, Callable[[], bool]]
    kept_seconds: float = _KEPT_SECONDS
    patience_seconds: float = _PATIENCE_SECONDS
    clock: Callable[[], float] = time.monotonic
    _lock: Lock = field(default_factory=Lock)
    _last: tuple[float, Report] | None = None
    _running: dict[str, Future[bool]] = field(default_factory=dict)

    def report(self) -> Report:
        """How things stand, or stood a few seconds ago."""
        with self._lock:
            if self._last is None or self.clock() - self._last[0] >= self.kept_seconds:
                report = self._run()
                self._last = self.clock(), report
            return self._last[1]

    def _run(self) -> Report:
        for name, check in {**self.essential, **self.outside}.items():
            # One that hangs from last time is not started once more.
            if name not in self._running or self._running[name].done():
                self._running[name] = _started(name, check)
        wait(self._running.values(), timeout=self.patience_seconds)
        held = {name: _holds(name, future) for name, future in self._running.items()}
        return Report(
            {name: held[name] for name in self.essential}, {name: held[name] for name in self.outside}
        )


def _started(name: str, check: Callable[[], bool]) -> Future[bool]:
    """The check in a thread that keeps no process from ending."""
    future: Future[bool] = Future()

    def settle() -> None:
        try:
            future.set_result(bool(check()))
        except Exception as error:  # noqa: BLE001 - a check that breaks has failed, whatever it raised
            future.set_exception(error)

    Thread(target=settle, name=f"health-{name}", daemon=True).start()
    return future


def _holds(name: str, future: Future[bool]) -> bool:
    if not future.done():
        _log.error("health check %s takes too long", name)
        return False
    if (error := future.exception()) is not None:
        _log.error("health check %s failed", name, exc_info=error)
        return False
    return future.result()
