"""Every metric that we send, as data: what is not here cannot be sent."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from documenthor.metrics import labels

if TYPE_CHECKING:
    from documenthor.metrics.labels import Label

_SECONDS = (0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1800, 3600)
_LATENCY = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


class Kind(StrEnum):
    """What becomes of many values: they are added up, the last counts, or they are sorted into buckets."""

    COUNTER = "counter"
    GAUGE = "gauge"
    HISTOGRAM = "histogram"


@dataclass(frozen=True, slots=True)
class Metric:
    """One metric. `name` ends in its unit, where it has one; `buckets` are upper bounds in that unit."""

    name: str
    kind: Kind
    help: str
    labels: tuple[Label, ...] = (labels.TENANT,)
    buckets: tuple[float, ...] = ()

    @property
    def statsd(self) -> str:
        """What Airflow's StatsD client is given, which puts its own prefix before it."""
        return f"documenthor.{self.name}"

    @property
    def prometheus(self) -> str:
        """Its name after the exporter's mapping."""
        return f"documenthor_{self.name}{'_total' if self.kind is Kind.COUNTER else ''}"

    def tags(self, given: dict[str, str]) -> dict[str, str]:
        """The labels to send; raises `ValueError` unless exactly this metric's are given."""
        if given.keys() != {label.name for label in self.labels}:
            raise ValueError(f"{self.name} takes the labels {[label.name for label in self.labels]}")
        return {label.name: label.bounded(given[label.name]) for label in self.labels}


_T = labels.TENANT
BATCH = Metric(
    "batch_repositories", Kind.HISTOGRAM, "Repositories that a job was resolved to.",
    buckets=(1, 10, 50, 100, 250, 500, 1000),
)  # fmt: skip
JOB_SECONDS = Metric(
    "job_seconds", Kind.HISTOGRAM, "From a job's request to its end.", (_T, labels.JOB),
    buckets=(60, 300, 900, 1800, 3600, 7200, 14_400, 28_800),
)  # fmt: skip
OUTCOMES = Metric(
    "outcomes", Kind.COUNTER, "Outcomes of repositories; one that is retried has another.",
    (_T, labels.OUTCOME, labels.REASON),
)  # fmt: skip
STAGE_SECONDS = Metric(
    "stage_seconds", Kind.HISTOGRAM, "What an attempt at a stage took, waiting for the forge left out.",
    (_T, labels.STAGE), buckets=_SECONDS,
)  # fmt: skip
QUEUE_SECONDS = Metric(
    "queue_seconds", Kind.HISTOGRAM, "From a job's request to a repository's first generation.",
    buckets=_SECONDS,
)  # fmt: skip
GATE_FAILURES = Metric(
    "gate_failures", Kind.COUNTER, "Bundles of which nothing was published, by the gate that did not hold.",
    (_T, labels.GATE),
)  # fmt: skip
SCORE = Metric(
    "score", Kind.HISTOGRAM, "Scores of generated pages, 0 to 100, as the generator gives them.",
    buckets=(10, 20, 30, 40, 50, 60, 70, 80, 90, 95, 100),
)  # fmt: skip
TOKENS = Metric(
    "tokens", Kind.COUNTER, "A model's tokens, read and written, as the generator counts them.",
    (_T, labels.DIRECTION),
)  # fmt: skip
GPU_SECONDS = Metric("gpu_seconds", Kind.COUNTER, "GPUs held by generators, times how long.")
CPU_SECONDS = Metric("cpu_seconds", Kind.COUNTER, "CPU time of generators.")
API_REQUESTS = Metric(
    "api_requests", Kind.COUNTER, "Answers of the API.", (labels.METHOD, labels.ROUTE, labels.STATUS)
)
API_SECONDS = Metric(
    "api_seconds", Kind.HISTOGRAM, "From a request of the API to its answer, unless that is 429.",
    (labels.ROUTE,), buckets=_LATENCY,
)  # fmt: skip
RATE_LIMIT_WAIT = Metric(
    "rate_limit_wait_seconds", Kind.HISTOGRAM, "How long tasks were put off, as the forge wants no calls.",
    buckets=(10, 60, 300, 900, 1800, 3600, 7200),
)  # fmt: skip
WEBHOOKS = Metric("webhook_attempts", Kind.COUNTER, "Attempts to deliver a webhook.", (_T, labels.RESULT))
MESSAGES = Metric(
    "webhook_messages", Kind.GAUGE, "Webhooks that wait, and those that were given up.", (_T, labels.MESSAGES)
)
PULL_REQUESTS = Metric(
    "pull_requests", Kind.GAUGE,
    "Our pull requests by what became of them, as last seen when their repository was worked on.",
    (_T, labels.FATE),
)  # fmt: skip
OPEN = Metric("open_repositories", Kind.GAUGE, "Repositories of unfinished jobs without an outcome.")
STANDSTILL = Metric(
    "job_standstill_seconds", Kind.GAUGE, "How long ago anything last changed in the unfinished job that has "
    "stood still the longest.",
)  # fmt: skip
KEY_EXPIRY = Metric(
    "key_expiry_timestamp_seconds", Kind.GAUGE, "When the last of a tenant's own keys ends (Unix time); not "
    "sent while one has no end.",
)  # fmt: skip

TABLE = (
    BATCH, JOB_SECONDS, OUTCOMES, STAGE_SECONDS, QUEUE_SECONDS, GATE_FAILURES, SCORE, TOKENS, GPU_SECONDS,
    CPU_SECONDS, API_REQUESTS, API_SECONDS, RATE_LIMIT_WAIT, WEBHOOKS, MESSAGES, PULL_REQUESTS, OPEN,
    STANDSTILL, KEY_EXPIRY,
)  # fmt: skip
