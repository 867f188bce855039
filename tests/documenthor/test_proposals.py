"""What became of pull requests is read back from GitHub by the next run, and counted once each."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from docgen.contract import JobSpec
from documenthor import cli, jobs, proposals
from documenthor.db import ProposalRow
from documenthor.forge.discovery import Documented, Repository, Unfit
from documenthor.forge.model import BRANCH
from documenthor.outcomes import Fate
from documenthor.planning import plan
from documenthor.tenants import Tenant
from sqlalchemy import select

from tests.documenthor.forge.github.hub import Hub, hub
from tests.documenthor.publish.support import block
from tests.documenthor.support import NOW

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from pathlib import Path

    from docgen.contract import Block
    from documenthor.db import Database

_TENANT = Tenant.model_validate({"organisation": "acme", "forge": {"kind": "local"}})


@pytest.fixture
def calc(tmp_path: Path) -> Hub:
    """A repository with a pull request of ours, as the first night leaves it."""
    return hub(tmp_path / "hub")


def _night(database: Database, calc: Hub, *blocks: Block) -> str:
    """A job that publishes; its outcome."""
    job = jobs.record(database, tenant="acme", request=jobs.JobRequest(), requested_by="night", now=NOW).id
    spec = calc.spec(job=job)
    jobs.resolve(database, job, [jobs.Planned("calc", spec)], NOW)
    jobs.claim(database, job, "run")
    jobs.start(database, job, "calc", NOW)
    outcome = calc.settle(*blocks, spec=spec)
    jobs.finish(database, job, "calc", outcome, NOW)
    jobs.close_run(database, job, "run", NOW)
    return str(outcome)


def _counted(database: Database) -> dict[str, int]:
    return {fate.value: count for fate, count in proposals.counts(database)["acme"].items() if count}


def _merges(calc: Hub) -> None:
    calc.fake.merge(calc.repository, calc.open[0].number, "merge")


def _declines(calc: Hub) -> None:
    calc.fake.close(calc.repository, calc.open[0].number)


def _edits(calc: Hub) -> None:
    calc.change({"README.md": b"# Mine\n"}, branch=BRANCH)


def _makes_it_pointless(calc: Hub) -> None:
    calc.change({"README.md": calc.file("README.md", BRANCH)})


@pytest.mark.parametrize(
    ("person", "outcome", "counted"),
    [
        (_merges, "unchanged", {"merged": 1}),
        (_declines, "skipped(closed_by_human)", {"declined": 1}),
        (_edits, "skipped(edited_by_human)", {"edited": 1}),
        (_makes_it_pointless, "unchanged", {"withdrawn": 1}),
    ],
)
def test_what_a_person_did_is_counted_once(
    database: Database, calc: Hub, person: Callable[[Hub], None], outcome: str, counted: dict[str, int]
) -> None:
    assert _night(database, calc) == "pull_request"
    assert _counted(database) == {"open": 1}
    person(calc)
    for _ in range(3):
        assert _night(database, calc) == outcome
        assert _counted(database) == counted


def test_a_pull_request_that_was_updated_is_one_and_the_next_is_another(
    database: Database, calc: Hub
) -> None:
    for body in ("One.", "Two."):
        assert _night(database, calc, block(body=body)) == "pull_request"
        calc.change({"a.py": body.encode()})
    assert _counted(database) == {"open": 1}
    # The default branch will name the job that wrote to it last.
    with database.reading() as session:
        assert session.scalars(select(ProposalRow.job_id)).one() == calc.marker().documented.job
    _merges(calc)
    assert _night(database, calc, block(body="Three.")) == "pull_request"
    assert _counted(database) == {"merged": 1, "open": 1}


def test_planning_sees_what_a_default_branch_holds(database: Database) -> None:
    for name, job in (("a", "job-1"), ("b", "job-2")):
        _proposed(database, name, job)
    proposals.note_merged(database, "acme", [("a", "job-1"), ("b", "job-1"), ("c", "job-9")], NOW)
    assert _counted(database) == {"open": 1, "merged": 1}
    proposals.note_merged(database, "other", [("b", "job-2")], NOW)
    assert _counted(database) == {"open": 1, "merged": 1}


def test_a_night_that_finds_nothing_to_do_sees_what_was_merged(database: Database) -> None:
    recipe = JobSpec(
        tenant="acme", job="any", repository="a", url="/forge/a", commit="a" * 40, options=_TENANT.options
    ).recipe()

    class Forge:
        def discover(self, _names: Sequence[str] | None) -> list[Repository | Unfit]:
            documented = Documented("a" * 40, recipe, job="job-1")
            return [Repository("a", "/forge/a", "main", "a" * 40, documented=documented)]

        def pin(self, repository: Repository, ref: str) -> Repository | Unfit:
            raise AssertionError((repository, ref))

        def before(self, repository: Repository, moment: datetime) -> Repository | Unfit:
            raise AssertionError((repository, moment))

    _proposed(database, "a", "job-1")
    _proposed(database, "b", "job-1")
    job = jobs.record(database, tenant="acme", request=jobs.JobRequest(), requested_by="night", now=NOW)
    assert plan(database, Forge(), _TENANT, job, "run", NOW).specs == ()
    assert _counted(database) == {"open": 1, "merged": 1}


def test_the_command_line_counts_them(
    database: Database, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DOCUMENTHOR_DATABASE_URL", database.url)
    _proposed(database, "a", "job-1")
    assert cli.main(["proposals"]) == 0
    assert capsys.readouterr().out == "acme: open 1, edited 0, merged 0, declined 0, withdrawn 0\n"
    assert cli.main(["proposals", "--tenant", "acme", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["acme"] == dict.fromkeys(Fate, 0) | {"open": 1}
    assert cli.main(["proposals", "--tenant", "other", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {}


def _proposed(database: Database, name: str, job: str) -> None:
    with database.session() as session:
        session.add(
            ProposalRow(
                tenant="acme",
                repository=name,
                reference=f"https://github.com/acme/{name}/pull/1",
                job_id=job,
                fate=Fate.OPEN.value,
                opened_at=NOW,
                changed_at=NOW,
            )
        )
