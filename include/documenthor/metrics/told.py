"""What is measured of a job while runs work on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen.contract import BundleError

from documenthor import jobs
from documenthor.jobs import measured
from documenthor.metrics.table import (
    BATCH,
    CPU_SECONDS,
    GATE_FAILURES,
    GPU_SECONDS,
    JOB_SECONDS,
    OUTCOMES,
    SCORE,
    TOKENS,
)
from documenthor.outcomes import Kind
from documenthor.usage.recording import MAX_REPORTED

if TYPE_CHECKING:
    from docgen.contract import Envelope

    from documenthor.db import Database
    from documenthor.jobs import JobView
    from documenthor.jobs.progress import RunSummary
    from documenthor.metrics import Metrics
    from documenthor.outcomes import Outcome
    from documenthor.usage import Measured


def resolved(metrics: Metrics, database: Database, job: JobView) -> None:
    """A job has its repositories now; some of them have their outcome already."""
    counts = measured.outcomes(database, job.id)
    metrics.record(BATCH, sum(counts.values()), tenant=job.tenant)
    for (outcome, reason), count in counts.items():
        if outcome:
            metrics.record(OUTCOMES, count, tenant=job.tenant, outcome=outcome, reason=reason or "none")


def ended(metrics: Metrics, tenant: str, outcome: Outcome, count: int = 1) -> None:
    """So many repositories have this outcome now."""
    reason = outcome.reason or "none"
    metrics.record(OUTCOMES, count, tenant=tenant, outcome=outcome.kind, reason=reason)
    if outcome.kind is Kind.REJECTED:
        metrics.record(GATE_FAILURES, count, tenant=tenant, gate=reason)


def used(metrics: Metrics, tenant: str, measured: Measured) -> None:
    """An attempt has ended; what was seen of it before counts for nothing."""
    if measured.is_final:
        metrics.record(GPU_SECONDS, measured.gpu_ms / 1000, tenant=tenant)
        metrics.record(CPU_SECONDS, measured.cpu_ms / 1000, tenant=tenant)


def closed(metrics: Metrics, database: Database, job: JobView, summary: RunSummary) -> None:
    """A run has ended, and perhaps its job with it."""
    if summary.lost:
        metrics.record(OUTCOMES, summary.lost, tenant=job.tenant, outcome=Kind.FAILED, reason="run")
    if summary.job_finished:
        found = jobs.summary(database, tenant=job.tenant, job_id=job.id)
        ended = found.finished_at or found.created_at
        seconds = (ended - found.created_at).total_seconds()
        metrics.record(JOB_SECONDS, seconds, tenant=job.tenant, state=found.state)


def generated(metrics: Metrics, tenant: str, envelope: Envelope) -> None:
    """A generator has ended well; what it says of itself is shown, and bounded by the bundle's own shape."""
    try:
        bundle = envelope.open()
    except BundleError:
        return
    if bundle.score is not None:
        metrics.record(SCORE, bundle.score, tenant=tenant)
    for direction, count in (("in", bundle.usage.prompt_tokens), ("out", bundle.usage.reply_tokens)):
        if 0 < count < MAX_REPORTED:
            metrics.record(TOKENS, count, tenant=tenant, direction=direction)
