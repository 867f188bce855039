"""How a thousand publications drain through the budget, under a clock that jumps to whoever is next.

    python -m tests.benchmarks.github_budget [publications] [creations each]

Prints the busiest minute and hour against their caps, how long it takes against what the hourly cap alone
takes, and how often a publication was put off.
"""

from __future__ import annotations

import heapq
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from documenthor.db import Database
from documenthor.errors import RateLimitedError
from documenthor.forge.github.budget import SharedBudget
from documenthor.tenants import GitHub

from tests.documenthor.support import NOW, Clock

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def busiest(made: list[datetime], window: timedelta) -> int:
    """The most creations in any window of this length."""
    most, start = 0, 0
    for end, at in enumerate(made):
        while made[start] <= at - window:
            start += 1
        most = max(most, end - start + 1)
    return most


def main(publications: int, each: int) -> None:
    """Drain so many publications of so many creations each."""
    clock, own = Clock(), GitHub(kind="github")
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/budget.db")
        database.migrate()
        budget = SharedBudget(database, "benchmark", own, clock)
        waiting = [(clock.now, number, each) for number in range(publications)]
        made: list[datetime] = []
        refusals, started = 0, time.process_time()
        while waiting:
            at, number, left = heapq.heappop(waiting)
            clock.now = max(clock.now, at)
            try:
                while left:
                    budget.take(f"repository-{number}")
                    made.append(clock.now)
                    left -= 1
            except RateLimitedError as error:
                refusals += 1
                heapq.heappush(waiting, (error.until, number, left))
        database.close()
    ideal = HOUR * len(made) / own.creations.an_hour
    gaps = [later - earlier for earlier, later in pairwise(made)]
    print(f"{publications} publications, {len(made)} creations, {datetime.now(UTC):%Y-%m-%d}")
    print(f"busiest minute {busiest(made, MINUTE)} of {own.creations.a_minute}")
    print(f"busiest hour   {busiest(made, HOUR)} of {own.creations.an_hour}")
    print(f"longest gap    {max(gaps)}")
    print(f"drained in     {clock.now - NOW}, {(clock.now - NOW) / ideal:.2f} of what the hourly cap takes")
    print(f"put off        {refusals} times, {refusals / publications:.2f} a publication")
    print(f"CPU            {1000 * (time.process_time() - started) / (len(made) + refusals):.1f} ms a call")


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:3]]
    main(*given, *(1000, 5)[len(given) :])
