"""Who pays: for its own requests the tenant, once each; for what we broke nobody."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from documenthor import jobs, usage
from documenthor.outcomes import Kind, Outcome, failed, rejected, skipped
from documenthor.usage import Ending
from documenthor.usage.charging import NOT_PUBLISHED, OURS, REPEATED, cost_micros
from hypothesis import given
from hypothesis import strategies as st

from tests.documenthor.support import NOW
from tests.documenthor.usage.support import measured, opened, record

if TYPE_CHECKING:
    from documenthor.db import Database

_DOCS = Path(__file__).resolve().parents[3] / "docs"
_DONE = Outcome(Kind.PULL_REQUEST)
_PRICES = st.decimals(0, 1000, places=6)
_MS = st.integers(0, 10**12)


def _waived(database: Database) -> dict[str, int]:
    return dict(usage.totals(database, "acme").waived)


@pytest.mark.parametrize("ending", Ending)
def test_every_ending_is_somebodys(database: Database, ending: Ending) -> None:
    job = opened(database, "web")
    record(database, job, "web", measured("pod:1", ending=ending))
    found = usage.totals(database, "acme")
    assert found.gpu_ms == 100_000
    assert found.charged_gpu_ms == (0 if ending in OURS else 100_000)
    assert found.waived == ({ending: 1} if ending in OURS else {})
    assert found.cost == ({} if ending in OURS else {"EUR": Decimal("0.120000")})


def test_what_is_ours_is_what_the_documentation_says() -> None:
    lines = (_DOCS / "cost.md").read_text("utf-8").splitlines()
    rows = [line.split("|") for line in lines if line.startswith("| ") and "who pays" not in line]
    said = {"tenant": "", "nobody": ""}
    for row in rows:
        who = row[2].strip()
        said[who] = f"{said.get(who, '')} {row[1]} {row[3]}"
    for word in (*OURS, NOT_PUBLISHED, REPEATED):
        assert f"`{word}`" in said["nobody"]
    for ending in (Ending.OUT_OF_MEMORY, Ending.OUT_OF_STORAGE, Ending.OUT_OF_TIME):
        assert f"`{ending}`" in said["tenant"]
        assert ending not in OURS


def test_tries_that_nobody_asked_for_are_charged_once(database: Database) -> None:
    job = opened(database, "web")
    for number in range(3):
        jobs.start(database, job, "web", NOW)
        start = NOW + timedelta(minutes=number)
        record(database, job, "web", measured(f"pod:{number}", ending=Ending.FAILED, start=start))
    jobs.finish(database, job, "web", failed("generate", "x"), NOW)
    assert usage.totals(database, "acme").charged_gpu_ms == 100_000
    assert _waived(database) == {"repeated": 2}


def test_after_an_eviction_the_next_try_is_the_one_that_is_charged(database: Database) -> None:
    job = opened(database, "web")
    record(database, job, "web", measured("pod:1", ending=Ending.EVICTED, seconds=900))
    record(database, job, "web", measured("pod:2", start=NOW + timedelta(hours=1)))
    assert usage.totals(database, "acme").charged_gpu_ms == 100_000
    assert _waived(database) == {"evicted": 1}


def test_a_retry_that_was_asked_for_is_charged(database: Database) -> None:
    job = opened(database, "web", "api")
    for name in ("web", "api"):
        jobs.start(database, job, name, NOW)
        record(database, job, name, measured(f"pod:{name}"))
    jobs.finish(database, job, "web", failed("generate", "x"), NOW)
    jobs.finish(database, job, "api", _DONE, NOW)
    jobs.claim(database, job, "run")
    jobs.close_run(database, job, "run", NOW)
    jobs.retry(database, tenant="acme", job_id=job)
    jobs.start(database, job, "web", NOW)
    record(database, job, "web", measured("pod:again"))
    assert usage.totals(database, "acme").charged_gpu_ms == 300_000


def test_clearing_a_finished_index_is_asking_again(database: Database) -> None:
    job = opened(database, "web")
    for unit in ("pod:1", "pod:2"):
        jobs.start(database, job, "web", NOW)
        record(database, job, "web", measured(unit))
        jobs.finish(database, job, "web", _DONE, NOW)
    assert usage.totals(database, "acme").charged_gpu_ms == 200_000


@pytest.mark.parametrize("stage", ["route", "commit", "pull_request", "run"])
def test_what_could_not_be_published_is_not_charged_until_it_is(database: Database, stage: str) -> None:
    job = opened(database, "web")
    jobs.start(database, job, "web", NOW)
    record(database, job, "web", measured("pod:1"))
    jobs.finish(database, job, "web", failed(stage, "the forge is away"), NOW)
    assert _waived(database) == {"not_published": 1}
    assert usage.totals(database, "acme").cost == {}
    jobs.finish(database, job, "web", _DONE, NOW)
    assert usage.totals(database, "acme").charged_gpu_ms == 100_000


def test_what_was_not_published_stays_free_when_it_is_asked_for_again(database: Database) -> None:
    job = opened(database, "web")
    jobs.start(database, job, "web", NOW)
    record(database, job, "web", measured("pod:1", is_final=False, seconds=10))
    jobs.finish(database, job, "web", failed("commit", "the forge is away"), NOW)
    jobs.start(database, job, "web", NOW)
    record(database, job, "web", measured("pod:2"))
    # The last of the first pod is seen late.
    record(database, job, "web", measured("pod:1", seconds=20))
    assert _waived(database) == {"not_published": 1}
    assert usage.totals(database, "acme").charged_gpu_ms == 100_000


@pytest.mark.parametrize(
    "outcome", [_DONE, rejected("links", "x"), skipped("empty"), failed("generate", "x")]
)
def test_what_the_tenants_own_repository_comes_to_is_charged(database: Database, outcome: Outcome) -> None:
    job = opened(database, "web")
    jobs.start(database, job, "web", NOW)
    record(database, job, "web", measured("pod:1"))
    jobs.finish(database, job, "web", outcome, NOW)
    assert usage.totals(database, "acme").charged_gpu_ms == 100_000


@given(gpu=_MS, cpu=_MS, gpu_hour=_PRICES, cpu_hour=_PRICES)
def test_a_cost_is_exact_to_half_a_millionth(
    gpu: int, cpu: int, gpu_hour: Decimal, cpu_hour: Decimal
) -> None:
    exact = (Fraction(gpu_hour) * gpu + Fraction(cpu_hour) * cpu) * 10**6 / 3_600_000
    assert abs(cost_micros(gpu, cpu, gpu_hour, cpu_hour) - exact) <= Fraction(1, 2)
