"""Starting a job's run, once it is recorded."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from documenthor.api.problems import unavailable
from documenthor.errors import TriggerError
from documenthor.starting import start_run

if TYPE_CHECKING:
    from fastapi import Request

    from documenthor.api.services import Services
    from documenthor.jobs import JobView

_log = logging.getLogger(__name__)


def start(services: Services, job: JobView) -> None:
    """Start the job's run unless that was done; raises a `Problem` when it cannot be started now."""
    try:
        colour = services.settings.colour
        start_run(services.database, job, services.trigger, colour, services.clock())
    except TriggerError as error:
        _log.exception("job %s of %s could not be started", job.id, job.tenant)
        detail = "the job is recorded but could not be started; send the same request again"
        raise unavailable("trigger", detail, {"job": job.id}) from error


def outside_root(request: Request) -> str:
    """Where the whole server is; mounted below another app, our own root holds its prefix too."""
    root: str = request.scope.get("app_root_path", request.scope.get("root_path", ""))
    return root
