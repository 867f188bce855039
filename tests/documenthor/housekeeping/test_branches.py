"""Merged branches of ours go; what somebody may still want stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from documenthor import jobs
from documenthor.errors import HeadMovedError
from documenthor.housekeeping import stale_branches
from documenthor.jobs import JobRequest, Planned
from documenthor.outcomes import Kind, Outcome

from tests.documenthor.forge.github.hub import OURS, Hub, hub
from tests.documenthor.support import NOW, spec

if TYPE_CHECKING:
    from pathlib import Path

    from documenthor.db import Database


@pytest.fixture
def calc(tmp_path: Path, database: Database) -> Hub:
    """A repository with a pull request of ours, which its job's row tells of."""
    place = hub(tmp_path)
    place.publish()
    job = jobs.record(database, tenant="acme", request=JobRequest(), requested_by="me", now=NOW)
    jobs.resolve(database, job.id, [Planned("calc", spec("calc", job.id))], NOW)
    jobs.start(database, job.id, "calc", NOW)
    jobs.finish(database, job.id, "calc", Outcome(Kind.PULL_REQUEST), NOW)
    return place


def _swept(database: Database, place: Hub, tenant: str = "acme", *, dry_run: bool = False) -> list[str]:
    return stale_branches(database, place.forge(), tenant, dry_run=dry_run)


@pytest.mark.parametrize("method", ["merge", "squash"])
def test_a_merged_branch_is_told_of_and_then_deleted(database: Database, calc: Hub, method: str) -> None:
    calc.fake.merge(calc.repository, 1, method)
    assert _swept(database, calc, dry_run=True) == ["calc"]
    assert calc.repository.store.ref(OURS)
    assert _swept(database, calc) == ["calc"]
    assert not calc.repository.store.ref(OURS)
    assert _swept(database, calc) == []


def test_a_pull_request_that_is_open_keeps_its_branch(database: Database, calc: Hub) -> None:
    assert _swept(database, calc) == []
    assert calc.repository.store.ref(OURS)


def test_one_that_somebody_closed_may_be_opened_again(database: Database, calc: Hub) -> None:
    calc.fake.close(calc.repository, 1)
    assert _swept(database, calc) == []
    assert calc.repository.store.ref(OURS)


def test_repositories_of_others_are_not_asked_about(database: Database, calc: Hub) -> None:
    calc.fake.merge(calc.repository, 1)
    assert _swept(database, calc, tenant="other") == []


def test_a_branch_that_moved_meanwhile_stays(calc: Hub) -> None:
    tip = calc.repository.store.ref(OURS)
    calc.fake.commit(calc.repository, {"b.py": b"\n"}, branch="documenthor/docs")
    with pytest.raises(HeadMovedError):
        calc.forge().delete_branch("calc", tip)
