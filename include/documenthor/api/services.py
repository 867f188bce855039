"""What the endpoints work with; `app.state.services` of the app that they belong to."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import Depends, Request

from documenthor import jobs, tokens
from documenthor.api.broadcast import Broadcast
from documenthor.api.checks import Health
from documenthor.api.refusals import Refusals
from documenthor.db import Database
from documenthor.limits import Limiter
from documenthor.metrics import Metrics
from documenthor.settings import Settings


@dataclass(frozen=True, slots=True)
class Services:
    """One app's services; `trigger` starts the run of a job's part, once."""

    settings: Settings
    database: Database
    trigger: Callable[[jobs.JobView], None]
    clock: Callable[[], datetime]
    health: Health
    verifier: tokens.Verifier
    limiter: Limiter
    refusals: Refusals
    broadcast: Broadcast
    metrics: Metrics


async def _services(request: Request) -> Services:
    services: Services = request.app.state.services
    return services


Given = Annotated[Services, Depends(_services)]
