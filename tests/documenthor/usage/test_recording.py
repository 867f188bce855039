"""Sums are exact, whatever is told twice, late, in pieces or in another order."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from docgen.contract import Bundle, Envelope, Usage
from documenthor import jobs, usage
from documenthor.errors import JobNotFoundError
from documenthor.usage import Ending, Totals
from documenthor.usage.charging import OURS
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.documenthor.support import NOW
from tests.documenthor.usage.support import PRICES, measured, opened, record

if TYPE_CHECKING:
    from documenthor.db import Database

_NAMES = ("api", "web")
_NUMBERS = itertools.count()


@dataclass(frozen=True, slots=True)
class Pod:
    """What really happened."""

    number: int
    name: str
    start: int
    seconds: int
    gpus: int
    ending: Ending


@st.composite
def _pods(draw: st.DrawFn) -> list[Pod]:
    count = draw(st.integers(1, 4))
    starts = draw(st.lists(st.integers(0, 10_000), min_size=count, max_size=count, unique=True))
    kind = st.tuples(
        st.sampled_from(_NAMES), st.integers(0, 5000), st.integers(0, 4), st.sampled_from(Ending)
    )
    return [
        Pod(number, name, start, seconds, gpus, ending)
        for number, start in enumerate(starts)
        for name, seconds, gpus, ending in [draw(kind)]
    ]


@st.composite
def _sights(draw: st.DrawFn) -> tuple[list[Pod], list[tuple[Pod, int, bool]]]:
    """Pods, and what tasks see of them: each its end once or more, and pieces before it, in any order."""
    pods = draw(_pods())
    seen = [(pod, pod.seconds, True) for pod in pods for _ in range(draw(st.integers(1, 3)))]
    for pod in pods:
        pieces = draw(st.lists(st.integers(0, pod.seconds), max_size=2))
        seen += [(pod, seconds, False) for seconds in pieces]
    return pods, draw(st.permutations(seen))


def _told(database: Database, sights: list[tuple[Pod, int, bool]]) -> tuple[str, str]:
    """A tenant and a job of its own that got these sights; nobody else's are in its sums."""
    number = next(_NUMBERS)
    tenant, job = f"tenant-{number}", f"job-{number}"
    opened(database, *_NAMES, tenant=tenant, job_id=job)
    for pod, seconds, is_final in sights:
        ending = pod.ending if is_final else Ending.UNKNOWN
        seen = measured(
            f"pod:{number}-{pod.number}",
            seconds=seconds,
            gpus=pod.gpus,
            ending=ending,
            start=NOW + timedelta(seconds=pod.start),
            is_final=is_final,
        )
        record(database, job, pod.name, seen)
    return tenant, job


def _first_paid(pods: list[Pod]) -> list[Pod]:
    """One pod for each repository: the first that did not end by our fault."""
    mine = sorted((pod for pod in pods if pod.ending not in OURS), key=lambda pod: pod.start)
    return list({pod.name: pod for pod in reversed(mine)}.values())


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(happened=_sights())
def test_sums_are_those_of_what_happened(
    database: Database, happened: tuple[list[Pod], list[tuple[Pod, int, bool]]]
) -> None:
    pods, sights = happened
    tenant, _job = _told(database, sights)
    found = usage.totals(database, tenant)
    assert found.attempts == len(pods)
    assert found.gpu_ms == sum(pod.gpus * pod.seconds * 1000 for pod in pods)
    assert found.cpu_ms == sum(2 * pod.seconds * 1000 for pod in pods)
    paid = _first_paid(pods)
    assert found.charged_gpu_ms == sum(pod.gpus * pod.seconds * 1000 for pod in paid)
    # 3.60 an hour of a GPU is 0.001 a second, two CPUs at 0.36 are 0.0002.
    micros = sum(pod.seconds * (pod.gpus * 1000 + 200) for pod in paid)
    assert found.cost == ({"EUR": micros * Decimal("0.000001")} if micros else {})
    assert sum(found.waived.values()) == len(pods) - len(paid)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(happened=_sights())
def test_every_way_to_add_up_gives_the_same(
    database: Database, happened: tuple[list[Pod], list[tuple[Pod, int, bool]]]
) -> None:
    tenant, job = _told(database, happened[1])
    whole = usage.totals(database, tenant)
    with database.reading() as session:
        parts = usage.within_job(session, job)
        (of_job,) = usage.of_jobs(session, [job]).values()
    assert sum(parts.values(), Totals()) == whole == of_job
    middle = NOW + timedelta(seconds=6000)
    halves = [usage.totals(database, tenant, *period) for period in ((None, middle), (middle, None))]
    assert halves[0] + halves[1] == whole


def test_a_replay_changes_nothing_that_callers_see(database: Database) -> None:
    job = opened(database, "web")
    record(database, job, "web", measured("pod:1"))
    before = jobs.status(database, tenant="acme", job_id=job)
    revision = jobs.revision(database, tenant="acme", job_id=job)
    dearer = PRICES.model_copy(update={"gpu_hour": Decimal(99), "currency": "USD"})
    record(database, job, "web", measured("pod:1"), cost=dearer)
    assert jobs.status(database, tenant="acme", job_id=job) == before
    assert jobs.revision(database, tenant="acme", job_id=job) == revision
    assert usage.totals(database, "acme").cost == {"EUR": Decimal("0.120000")}


def test_a_pod_that_the_next_try_takes_up_is_one_pod(database: Database) -> None:
    job = opened(database, "web")
    for number in (1, 2):
        task = usage.Try("run", 0, number)
        record(database, job, "web", measured("pod:1", seconds=100 * number), task=task)
    found = usage.totals(database, "acme")
    assert (found.attempts, found.gpu_ms) == (1, 200_000)


def test_a_crash_before_the_outcome_is_paid_by_nobody(database: Database) -> None:
    """The worker died when the pod had been written down; the next try does the work once more."""
    job = opened(database, "web")
    jobs.start(database, job, "web", NOW)
    record(database, job, "web", measured("pod:1"))
    jobs.start(database, job, "web", NOW)
    record(database, job, "web", measured("pod:2", start=NOW + timedelta(minutes=5)))
    found = usage.totals(database, "acme")
    assert (found.gpu_ms, found.charged_gpu_ms, found.waived) == (200_000, 100_000, {"repeated": 1})


def _envelope(number: int) -> Envelope:
    """A bundle that says the same number of everything."""
    said = Usage(seconds=1, files=1, bytes=number, prompt_tokens=number, reply_tokens=number)
    return Envelope.seal(Bundle(repository="web", commit="0" * 40, recipe="0" * 64, blocks=(), usage=said))


def test_a_bundle_that_cannot_be_opened_says_nothing(database: Database) -> None:
    job = opened(database, "web")
    record(database, job, "web", measured("pod:1"))
    jobs.report(database, job, "web", Envelope(digest="0" * 64, payload="nonsense"))
    found = usage.totals(database, "acme")
    assert (found.prompt_tokens, found.bundle_bytes) == (0, len("nonsense"))


def test_what_was_said_goes_to_the_newest_attempt(database: Database) -> None:
    job = opened(database, "web")
    for number in range(2):
        start = NOW + timedelta(minutes=number)
        record(database, job, "web", measured(f"pod:{number}", start=start))
        jobs.report(database, job, "web", _envelope(10 + number))
    assert usage.totals(database, "acme").prompt_tokens == 10 + 11


@pytest.mark.parametrize(("said", "kept"), [(0, 0), (512, 512), (10**12 + 1, 10**12), (10**400, 10**12)])
def test_what_a_generator_says_is_bounded_and_costs_nothing(database: Database, said: int, kept: int) -> None:
    job = opened(database, "web")
    record(database, job, "web", measured("pod:1"))
    before = usage.totals(database, "acme")
    envelope = _envelope(said)
    for _ in range(2):
        jobs.report(database, job, "web", envelope)
    found = usage.totals(database, "acme")
    assert (found.prompt_tokens, found.reply_tokens, found.source_bytes) == (kept, kept, kept)
    assert found.bundle_bytes == len(envelope.payload)
    assert (found.cost, found.gpu_ms) == (before.cost, before.gpu_ms)


def test_nothing_is_written_down_for_a_repository_that_the_job_has_not(database: Database) -> None:
    job = opened(database, "web")
    with pytest.raises(JobNotFoundError):
        record(database, job, "api", measured("pod:1"))
    with pytest.raises(JobNotFoundError):
        record(database, "none", "web", measured("pod:1"))
    assert usage.totals(database, "acme") == Totals()


def test_tenants_are_apart(database: Database) -> None:
    for tenant in ("acme", "other"):
        record(database, opened(database, "web", tenant=tenant), "web", measured(f"pod:{tenant}"))
    found = {tenant: usage.totals(database, tenant).attempts for tenant in ("acme", "other", "nobody")}
    assert found == {"acme": 1, "other": 1, "nobody": 0}


def test_a_period_has_its_first_moment_and_not_its_last(database: Database) -> None:
    job = opened(database, "web")
    seen: dict[str, Any] = {"start": NOW, "seconds": 60}
    record(database, job, "web", measured("pod:1", **seen))
    end = NOW + timedelta(seconds=60)
    assert usage.totals(database, "acme", since=end).attempts == 1
    assert usage.totals(database, "acme", until=end).attempts == 0
