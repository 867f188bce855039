"""Starting a job's run, once it is recorded."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from documenthor import colours, jobs
from documenthor.api.problems import unavailable
from documenthor.errors import TriggerError

if TYPE_CHECKING:
    from fastapi import Request

    from documenthor.api.services import Services
    from documenthor.jobs import JobView

_log = logging.getLogger(__name__)


def start(services: Services, job: JobView) -> None:
    """Start the job's run unless that was done; raises a `Problem` when it cannot be started now."""
    if job.is_triggered:
        return
    if not job.belongs_to(services.settings.colour):
        # Recorded by a deployment that did not come to start it, or ended in one that is on its way out.
        colours.take(services.database, job.id, services.settings.colour)
    try:
        services.trigger(job)
    except BaseException as error:
        jobs.not_triggered(services.database, job.id)
        if not isinstance(error, TriggerError):
            raise
        _log.exception("job %s of %s could not be started", job.id, job.tenant)
        detail = "the job is recorded but could not be started; send the same request again"
        raise unavailable("trigger", detail, {"job": job.id}) from error
    jobs.triggered(services.database, job.id, services.clock())


def outside_root(request: Request) -> str:
    """Where the whole server is; mounted below another app, our own root holds its prefix too."""
    root: str = request.scope.get("app_root_path", request.scope.get("root_path", ""))
    return root
