"""Quotas: counted for all workers together, each caller alone, and a flood stays out of the database."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TYPE_CHECKING

from documenthor.limits import Limiter, Quota
from sqlalchemy import event

from tests.documenthor.support import Clock

if TYPE_CHECKING:
    from documenthor.db import Database

_TENANT, _KEY = Quota("tenant", 5), Quota("key", 3)


def _take(limiter: Limiter, tenant: str = "acme", key: str = "k") -> list[tuple[int, bool]]:
    standings = limiter.take([(_TENANT, tenant), (_KEY, f"{tenant}:{key}")])
    return [(standing.remaining, standing.is_exceeded) for standing in standings]


def test_quota_is_used_up_and_comes_back_with_the_next_window(database: Database) -> None:
    clock = Clock()
    limiter = Limiter.over(database, clock)
    assert [_take(limiter)[1] for _ in range(4)] == [(2, False), (1, False), (0, False), (0, True)]
    clock.advance(timedelta(seconds=60))
    assert _take(limiter) == [(4, False), (2, False)]


def test_reset_is_when_the_window_ends(database: Database) -> None:
    clock = Clock()
    clock.advance(timedelta(seconds=20.5))
    assert [each.reset for each in Limiter.over(database, clock).take([(_KEY, "k")])] == [40]


def test_workers_count_together(database: Database) -> None:
    workers = [Limiter.over(database, Clock()) for _ in range(3)]
    taken = [_take(worker)[1] for worker in workers for _ in range(2)]
    assert [exceeded for _, exceeded in taken] == [False] * 3 + [True] * 3


def test_keys_and_tenants_are_counted_each_alone(database: Database) -> None:
    limiter = Limiter.over(database, Clock())
    for _ in range(4):
        _take(limiter, key="loud")
    assert _take(limiter, key="quiet") == [(0, False), (2, False)]
    assert _take(limiter, key="quiet")[0] == (0, True), "the tenant's own quota is used up"
    assert _take(limiter, "other") == [(4, False), (2, False)]


def test_exactly_as_many_as_the_quota_pass_at_once(database: Database) -> None:
    quota = Quota("key", 30)
    limiters = [Limiter.over(database, Clock()) for _ in range(4)]
    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(lambda i: limiters[i % 4].take([(quota, "k")])[0].is_exceeded, range(80)))
    assert taken.count(False) == 30


def test_flood_does_not_reach_the_database(database: Database) -> None:
    limiter = Limiter.over(database, Clock())
    for _ in range(4):
        _take(limiter)
    statements: list[str] = []

    def remember(*arguments: object) -> None:
        statements.append(str(arguments[2]))

    event.listen(database._engine, "before_cursor_execute", remember)
    assert all(_take(limiter)[1] == (0, True) for _ in range(50))
    assert statements == []
    assert _take(limiter, "other")[1] == (2, False)
    assert len(statements) > 0
