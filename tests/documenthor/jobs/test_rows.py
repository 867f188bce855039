"""A job is resolved once, and every row is claimed by exactly one run."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from documenthor.errors import JobNotFoundError
from documenthor.jobs import Planned, claim, is_resolved, resolve, status
from documenthor.outcomes import Kind, Outcome, skipped

from tests.documenthor.support import NOW, spec

if TYPE_CHECKING:
    from documenthor.db import Database
    from documenthor.jobs import Claim


def _resolve(database: Database, job: str, size: int) -> None:
    resolve(database, job, [Planned(f"repo-{i}", spec(f"repo-{i}", job)) for i in range(size)], NOW)


def _names(claimed: Claim) -> list[str]:
    return [item.repository for item in claimed.specs]


def test_250_rows_make_three_runs(database: Database, job: str) -> None:
    _resolve(database, job, 250)
    claims = [claim(database, job, run) for run in ("run-1", "run-2", "run-3")]
    assert [(len(each.specs), each.remaining) for each in claims] == [(100, 150), (100, 50), (50, 0)]
    names = [name for each in claims for name in _names(each)]
    assert names == [f"repo-{i}" for i in range(250)]


def test_run_that_claims_again_gets_the_same_rows(database: Database, job: str) -> None:
    _resolve(database, job, 5)
    first = claim(database, job, "run-1", size=2)
    assert claim(database, job, "run-1", size=4) == first
    assert _names(claim(database, job, "run-2", size=2)) == ["repo-2", "repo-3"]


def test_specs_come_back_as_they_were(database: Database, job: str) -> None:
    wanted = spec("web", job).model_copy(update={"prompts": {"readme": "Say what it is."}})
    resolve(database, job, [Planned("web", wanted)], NOW)
    assert claim(database, job, "run-1").specs == (wanted,)


def test_rows_decided_while_planning_are_never_claimed(database: Database, job: str) -> None:
    unchanged = Planned("same", spec("same", job), Outcome(Kind.UNCHANGED))
    rows = [Planned("old", outcome=skipped("archived")), unchanged, Planned("web", spec("web", job))]
    resolve(database, job, rows, NOW)
    claimed = claim(database, job, "run-1")
    assert (_names(claimed), claimed.remaining) == (["web"], 0)


def test_nothing_left_is_an_empty_claim(database: Database, job: str) -> None:
    resolve(database, job, [], NOW)
    claimed = claim(database, job, "run-1")
    assert (claimed.specs, claimed.remaining) == ((), 0)


def test_resolving_twice_changes_nothing(database: Database, job: str) -> None:
    assert not is_resolved(database, job)
    _resolve(database, job, 2)
    assert is_resolved(database, job)
    _resolve(database, job, 7)
    assert len(status(database, tenant="acme", job_id=job).repositories) == 2


def test_jobs_do_not_share_rows(database: Database, job: str) -> None:
    _resolve(database, job, 3)
    with pytest.raises(JobNotFoundError):
        resolve(database, "nowhere", [Planned("web", spec("web"))], NOW)
    assert claim(database, "nowhere", "run-1").specs == ()


def test_concurrent_runs_share_no_row(database: Database, job: str) -> None:
    _resolve(database, job, 40)
    with ThreadPoolExecutor(8) as pool:
        claims = list(pool.map(lambda run: claim(database, job, f"run-{run}", size=5), range(8)))
    names = [name for each in claims for name in _names(each)]
    assert sorted(names) == sorted(f"repo-{i}" for i in range(40))
