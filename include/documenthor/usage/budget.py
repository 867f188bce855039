"""The GPU hours of a night: once they are spent, no generation begins."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from documenthor.outcomes import Outcome, skipped
from documenthor.usage.totals import totals

if TYPE_CHECKING:
    from datetime import datetime

    from documenthor.db import Database
    from documenthor.tenants import Tenant

SPENT = "gpu_budget"
_MS_PER_HOUR = 3_600_000
_MESSAGE = (
    "the {hours:f} GPU hours of the night that began at {since:%Y-%m-%d %H:%M %Z} are spent ({used:.2f} h); "
    "the next job that names this repository takes it, as every nightly run does"
)


def refuse(database: Database, tenant: Tenant, now: datetime) -> Outcome | None:
    """Why no generation may begin now; None if one may.

    What is at work meanwhile is not counted, so a night takes more than its hours by that at most. All GPU
    time counts, whoever pays for it.
    """
    hours = tenant.cost.gpu_hours_per_night
    if hours is None:
        return None
    since = tenant.cost.night_of(now)
    used = totals(database, tenant.organisation, since).gpu_ms
    if used < hours * _MS_PER_HOUR:
        return None
    return skipped(SPENT, _MESSAGE.format(hours=hours, since=since, used=Decimal(used) / _MS_PER_HOUR))
