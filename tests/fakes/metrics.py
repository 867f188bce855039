"""What is sent to StatsD, kept instead: a backend of `Metrics`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import timedelta


class Sent(NamedTuple):
    """One value, and the labels that it was sent with."""

    name: str
    value: float
    labels: dict[str, str]


class Recorder:
    """Satisfies `Backend`; `error` is raised instead, where there is one."""

    def __init__(self, error: Exception | None = None) -> None:
        self.sent: list[Sent] = []
        self.error = error

    def incr(self, stat: str, count: float = 1, *, tags: dict[str, str]) -> None:
        """A counter."""
        self._keep(stat, count, tags)

    def gauge(self, stat: str, value: float, *, tags: dict[str, str]) -> None:
        """A gauge."""
        self._keep(stat, value, tags)

    def timing(self, stat: str, dt: timedelta, *, tags: dict[str, str]) -> None:
        """One observation."""
        self._keep(stat, dt.total_seconds(), tags)

    def of(self, name: str) -> list[tuple[float, dict[str, str]]]:
        """What was sent of one metric."""
        return [(value, labels) for sent, value, labels in self.sent if sent == f"documenthor.{name}"]

    def _keep(self, name: str, value: float, labels: dict[str, str]) -> None:
        if self.error is not None:
            raise self.error
        self.sent.append(Sent(name, value, labels))
