"""The budget under a clock that tests move: never above the caps, a turn for everybody, shared pauses."""

from __future__ import annotations

import heapq
from datetime import datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from documenthor.errors import RateLimitedError
from documenthor.forge.github.budget import SharedBudget
from documenthor.forge.github.pacing import Booked, Caps
from documenthor.forge.github.rationed import Rationed
from documenthor.tenants import GitHub
from sqlalchemy import text

from tests.documenthor.support import NOW, Clock

if TYPE_CHECKING:
    from collections.abc import Mapping

    from documenthor.db import Database

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def budget(database: Database, clock: Clock, account: str = "a", **own: Any) -> SharedBudget:  # noqa: ANN401
    """A budget with the keys of a tenant file."""
    return SharedBudget(database, account, GitHub.model_validate({"kind": "github", **own}), clock)


def drain(database: Database, clock: Clock, publications: int, each: int, **own: Any) -> list[datetime]:  # noqa: ANN401
    """Publish so many, each waiting until when it is told to: the times of all creations."""
    shared, made, refusals = budget(database, clock, **own), [], 0
    waiting = [(clock.now, number, each) for number in range(publications)]
    while waiting:
        at, number, left = heapq.heappop(waiting)
        clock.now = max(clock.now, at)
        try:
            while left:
                shared.take(f"r{number}")
                made.append(clock.now)
                left -= 1
        except RateLimitedError as error:
            refusals += error.until > clock.now
            heapq.heappush(waiting, (error.until, number, left))
    assert refusals <= 3 * publications
    return made


def most(made: list[datetime], window: timedelta) -> int:
    """The most creations in any window of this length."""
    busiest, start = 0, 0
    for end, at in enumerate(made):
        while made[start] <= at - window:
            start += 1
        busiest = max(busiest, end - start + 1)
    return busiest


@pytest.mark.parametrize("each", [1, 5, 7])
def test_more_publications_than_fit_stay_below_the_caps(database: Database, clock: Clock, each: int) -> None:
    made = drain(database, clock, 50, each, creations={"a_minute": 15, "an_hour": 100})
    assert len(made) == 50 * each
    assert most(made, MINUTE) <= 15
    assert most(made, HOUR) <= 100
    # What the cap itself takes, and an hour more.
    assert clock.now - NOW < HOUR * 50 * max(each, 5) / 100 + HOUR


def test_other_caps(database: Database, clock: Clock) -> None:
    made = drain(database, clock, 20, 3, creations={"a_minute": 5, "an_hour": 20})
    assert len(made) == 60
    assert most(made, MINUTE) <= 5
    assert most(made, HOUR) <= 20


def test_a_few_are_written_at_once(database: Database, clock: Clock) -> None:
    assert set(drain(database, clock, 12, 5)) == {NOW}


def test_two_accounts_do_not_share(database: Database, clock: Clock) -> None:
    caps = {"creations": {"a_minute": 1, "an_hour": 1}}
    budget(database, clock, "a", **caps).take("r")
    with pytest.raises(RateLimitedError):
        budget(database, clock, "a", **caps).take("r")
    budget(database, clock, "b", **caps).take("r")


def test_those_who_wait_have_times_of_their_own(database: Database, clock: Clock) -> None:
    shared, times = budget(database, clock), []
    for number in range(30):
        try:
            shared.take(f"r{number}")
        except RateLimitedError as error:
            times.append(error.until)
    with pytest.raises(RateLimitedError) as again:
        shared.take("r29")
    assert again.value.until == times[-1]
    assert len(times) == 18
    assert {later - earlier for earlier, later in pairwise(times)} == {timedelta(seconds=45)}


def test_who_has_begun_finishes_before_those_who_wait(database: Database, clock: Clock) -> None:
    shared = budget(database, clock, creations={"a_minute": 10, "an_hour": 400})
    for name in ("a", "b"):
        shared.take(name)
    with pytest.raises(RateLimitedError):
        shared.take("c")
    for _ in range(8):
        shared.take("a")
    with pytest.raises(RateLimitedError) as caught:
        shared.take("b")
    assert caught.value.until == NOW + MINUTE


def test_a_pause_holds_for_all_and_ends_for_each_at_a_time_of_its_own(
    database: Database, clock: Clock
) -> None:
    budget(database, clock).pause(NOW + 10 * MINUTE)
    budget(database, clock).pause(NOW + MINUTE)
    ends = set()
    for number in range(20):
        for call in (budget(database, clock).check, budget(database, clock).take):
            with pytest.raises(RateLimitedError) as caught:
                call(f"r{number}")
            assert NOW + 10 * MINUTE <= caught.value.until < NOW + 11 * MINUTE
            ends.add(caught.value.until)
    assert len(ends) > 10
    clock.advance(10 * MINUTE)
    budget(database, clock).take("r")


ROLLOUTS = [
    ("02:00-06:00", ["mon"], NOW + timedelta(days=6, hours=14)),  # NOW is a Monday at 12:00
    ("11:00-12:00", [], NOW + timedelta(hours=23)),
    ("22:00-05:00", [], NOW + timedelta(hours=10)),
]


@pytest.mark.parametrize(("hours", "days", "opens"), ROLLOUTS)
def test_nothing_is_written_outside_the_hours(
    database: Database, clock: Clock, hours: str, days: list[str], opens: datetime
) -> None:
    rollout = {"hours": hours} | ({"days": days} if days else {})
    with pytest.raises(RateLimitedError) as caught:
        budget(database, clock, rollout=rollout).take("r")
    assert caught.value.until == opens
    clock.now = opens
    budget(database, clock, rollout=rollout).take("r")


@pytest.mark.parametrize("hours", ["11:00-13:00", "20:00-12:01"])
def test_inside_the_hours_it_is_written(database: Database, clock: Clock, hours: str) -> None:
    budget(database, clock, rollout={"hours": hours, "time_zone": "UTC"}).take("r")


def test_who_waits_for_its_hours_holds_nobody_up(database: Database, clock: Clock) -> None:
    """Two tenants of one account, of which one may not write before the evening."""
    hours = f"{NOW + 4 * HOUR:%H:00}-{NOW + 6 * HOUR:%H:00}"
    evening = budget(database, clock, rollout={"hours": hours, "time_zone": "UTC"})
    for name in ("x", "y"):
        with pytest.raises(RateLimitedError):
            evening.take(name)
    budget(database, clock).take("r")
    assert len(drain(database, clock, 40, 5)) == 200
    assert clock.now < NOW + HOUR


def test_hours_are_those_of_the_time_zone(database: Database, clock: Clock) -> None:
    rollout = {"hours": "15:00-16:00", "time_zone": "Europe/Berlin"}
    with pytest.raises(RateLimitedError) as caught:
        budget(database, clock, rollout=rollout).take("r")
    assert caught.value.until == NOW + timedelta(hours=1)


class Answering:
    """An `Api` that counts, and refuses when told to."""

    def __init__(self, clock: Clock) -> None:
        self.clock, self.calls, self.refuses = clock, 0, False

    def rest(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:  # noqa: ANN401
        del method, path, body
        return self._answer()

    def graphql(
        self, document: str, variables: Mapping[str, Any], *, partial: bool = False
    ) -> dict[str, Any]:
        del document, variables, partial
        return self._answer()

    def _answer(self) -> dict[str, Any]:
        self.calls += 1
        if self.refuses:
            raise RateLimitedError("GitHub limits calls", self.clock.now + 5 * MINUTE)
        return {}


def test_creations_are_counted_before_the_call_and_reads_are_not(database: Database, clock: Clock) -> None:
    inner = Answering(clock)
    api = Rationed(inner, budget(database, clock, creations={"a_minute": 4, "an_hour": 400}), "r")
    for _ in range(10):
        api.rest("GET", "/x")
        api.graphql("query { x }", {})
        api.rest("DELETE", "/x")
    for method in ("POST", "PATCH", "PUT"):
        api.rest(method, "/x", {})
    api.graphql("\n mutation { x }", {})
    for call in (lambda: api.rest("POST", "/x"), lambda: api.graphql("mutation X { x }", {})):
        with pytest.raises(RateLimitedError):
            call()
    assert inner.calls == 34


def test_githubs_own_limit_pauses_everybody(database: Database, clock: Clock) -> None:
    inner, shared = Answering(clock), budget(database, clock)
    inner.refuses = True
    with pytest.raises(RateLimitedError):
        Rationed(inner, shared, "r").rest("GET", "/x")
    with pytest.raises(RateLimitedError):
        Rationed(inner, budget(database, clock), "other").rest("GET", "/x")
    assert inner.calls == 1


def test_what_is_over_is_forgotten(database: Database, clock: Clock) -> None:
    for _ in range(5):
        budget(database, clock).take("r")
        clock.advance(2 * HOUR)
    with database.session() as session:
        assert session.scalar(text("SELECT count(*) FROM github_creations")) == 1
        assert session.scalar(text("SELECT count(*) FROM github_turns")) == 1


def test_more_than_a_cap_at_once_still_has_a_time() -> None:
    assert Caps(2, 3).earliest([Booked(NOW, 1)], NOW, 10) == NOW + MINUTE
