"""A session is one transaction, and writers wait for one another."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta, timezone
from typing import TYPE_CHECKING

import pytest
from documenthor.db import JobRow, RepositoryRow
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from tests.documenthor.support import NOW

if TYPE_CHECKING:
    from documenthor.db import Database


def _job(job_id: str) -> JobRow:
    return JobRow(id=job_id, tenant="acme", requested_by="me", request={}, created_at=NOW, error="")


def test_failing_block_leaves_nothing(database: Database) -> None:
    def add_and_fail() -> None:
        with database.session() as session:
            session.add(_job("j"))
            session.flush()
            raise LookupError

    with pytest.raises(LookupError):
        add_and_fail()
    with database.session() as session:
        assert session.get(JobRow, "j") is None


def test_repository_needs_its_job(database: Database) -> None:
    with pytest.raises(IntegrityError), database.session() as session:
        session.add(RepositoryRow(job_id="nowhere", position=0, name="web"))


def test_times_come_back_in_utc(database: Database) -> None:
    elsewhere = NOW.astimezone(timezone(timedelta(hours=5)))
    with database.session() as session:
        job = _job("j")
        job.created_at = elsewhere
        session.add(job)
    with database.session() as session:
        stored = session.get_one(JobRow, "j").created_at
    assert stored == NOW
    assert stored.utcoffset() == timedelta(0)


def test_concurrent_writers_of_a_held_row_lose_no_update(database: Database) -> None:
    with database.session() as session:
        session.add(_job("j"))

    def append(_: int) -> None:
        with database.session() as session:
            job = session.get_one(JobRow, "j", with_for_update=True)
            job.error = job.error + "x"

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(append, range(40)))
    with database.session() as session:
        assert session.scalar(select(func.length(JobRow.error))) == 40
