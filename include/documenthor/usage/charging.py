"""Who pays for an attempt: tables, and the one rule that reads them.

The tenant pays for what it asked for: once for a repository each time that it asks. What the cluster, the
forge or we broke it does not pay for. The reasons come from the cluster, from the operating system, from
`fetch` (which runs before anything of the repository is read) and from our own publisher. What `generate`
says of its failure counts for nothing here: the repository that it read could have made it say so.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from documenthor.outcomes import Kind
from documenthor.runtimes import Ending

if TYPE_CHECKING:
    from collections.abc import Iterable

    from documenthor.db import UsageRow

OURS = frozenset(
    {
        Ending.FORGE_UNREACHABLE,
        Ending.EVICTED,
        Ending.PREEMPTED,
        Ending.NODE_LOST,
        Ending.IMAGE_PULL,
        Ending.NOT_STARTED,
        Ending.STOPPED,
        Ending.UNKNOWN,
    }
)
# Stages after the generator's: where one of them fails, what was paid for never reached the tenant.
OUR_STAGES = frozenset({"route", "commit", "pull_request", "run"})
NOT_PUBLISHED = "not_published"
# Airflow tried again by itself.
REPEATED = "repeated"
_MICROS = 1_000_000
_MS_PER_HOUR = Decimal(3_600_000)


def is_undelivered(outcome: str | None, reason: str) -> bool:
    """Whether this outcome says that we, and not the generator, failed."""
    return outcome == Kind.FAILED and reason in OUR_STAGES


def settle(attempts: Iterable[UsageRow], *, undelivered: bool) -> None:
    """Say of all attempts for one request who pays; `undelivered` says that we let them come to nothing.

    It rests on nothing but what it is given, so saying it again, at any time, says the same.
    """
    is_paid = False
    for row in sorted(attempts, key=lambda each: (each.started_at, each.unit)):
        own = row.ending if Ending(row.ending) in OURS else ""
        row.waived = own or (NOT_PUBLISHED if undelivered else "") or (REPEATED if is_paid else "")
        is_paid = is_paid or not row.waived


def cost_micros(gpu_ms: int, cpu_ms: int, gpu_hour: Decimal, cpu_hour: Decimal) -> int:
    """Millionths of the currency that so much time costs, to the nearest."""
    exact = (gpu_ms * gpu_hour + cpu_ms * cpu_hour) * _MICROS / _MS_PER_HOUR
    return int(exact.quantize(Decimal(1), ROUND_HALF_UP))
