"""One wall-clock budget for all that a command does; the clock is passed in."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from docgen.errors import TimedOutError

if TYPE_CHECKING:
    from collections.abc import Callable


class Deadline:
    """`seconds` from the moment it is made."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds, self._clock, self._start = seconds, clock, clock()

    @property
    def spent(self) -> float:
        """Seconds since the start."""
        return self._clock() - self._start

    @property
    def left(self) -> float:
        """Seconds that remain, never below zero."""
        return max(0.0, self._seconds - self.spent)

    def check(self) -> None:
        """Raise `TimedOutError` once nothing is left."""
        if self.left <= 0:
            raise TimedOutError(
                f"it took longer than limits.seconds ({self._seconds:g}); "
                "exclude folders with options.exclude or raise the limit"
            )
