"""`Metrics`: where measurements are sent. It is handed in; what fails in it fails nothing else."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Protocol

from documenthor.metrics.table import Kind

if TYPE_CHECKING:
    from collections.abc import Callable

    from documenthor.metrics.table import Metric

_log = logging.getLogger(__name__)


class Backend(Protocol):
    """What sends; Airflow's `stats` modules are such."""

    # Airflow says that `count` is a whole number, and sends whatever it gets.
    @property
    def incr(self) -> Callable[..., None]:
        """Add to a counter."""

    @property
    def gauge(self) -> Callable[..., None]:
        """Set a gauge."""

    @property
    def timing(self) -> Callable[..., None]:
        """Send a time."""


def _observe(backend: Backend, name: str, value: float, tags: dict[str, str]) -> None:
    # StatsD knows times alone, in milliseconds, which the exporter turns into seconds again: so whatever the
    # unit is, it comes out as it was given.
    backend.timing(name, timedelta(seconds=value), tags=tags)


_SEND: dict[Kind, Callable[[Backend, str, float, dict[str, str]], None]] = {
    Kind.COUNTER: lambda backend, name, value, tags: backend.incr(name, value, tags=tags),
    Kind.GAUGE: lambda backend, name, value, tags: backend.gauge(name, value, tags=tags),
    Kind.HISTOGRAM: _observe,
}


class Metrics:
    """Sends measurements; without a backend it sends none."""

    def __init__(self, backend: Backend | None = None) -> None:
        self._backend = backend
        self._has_failed = False

    def record(self, metric: Metric, value: float = 1, **labels: str) -> None:
        """Send one value of a metric with its labels, whatever they hold."""
        if self._backend is None:
            return
        try:
            _SEND[metric.kind](self._backend, metric.statsd, value, metric.tags(labels))
        except Exception as error:  # noqa: BLE001 - no measurement is worth the work that it measures
            self._complain(metric, error)

    def _complain(self, metric: Metric, error: Any) -> None:  # noqa: ANN401 - whatever was raised
        if not self._has_failed:
            self._has_failed = True
            _log.warning("%s was not measured (%s); no more is said of this here", metric.name, error)


SILENT = Metrics()
