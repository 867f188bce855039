"""Starting a job's run once it is recorded, and remembering whether that worked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from documenthor import colours, jobs

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from documenthor.db import Database
    from documenthor.jobs import JobView


def start_run(
    database: Database, job: JobView, trigger: Callable[[JobView], None], colour: str, now: datetime
) -> None:
    """Start the job's run unless that was done; whatever `trigger` raises, the next one may try again."""
    if job.is_triggered:
        return
    if not job.belongs_to(colour):
        # Recorded by a deployment that did not come to start it, or ended in one that is on its way out.
        colours.take(database, job.id, colour)
    try:
        trigger(job)
    except BaseException:
        jobs.not_triggered(database, job.id)
        raise
    jobs.triggered(database, job.id, now)
