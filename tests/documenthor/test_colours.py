"""Two deployments over one database: one is active, and a job is the work of exactly one of them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from documenthor import colours, jobs
from documenthor.errors import ConfigurationError
from documenthor.jobs import JobRequest, Planned
from documenthor.outcomes import skipped
from documenthor.settings import Settings

from tests.documenthor.support import NOW, spec

if TYPE_CHECKING:
    from documenthor.db import Database


def _job(database: Database, colour: str, name: str = "j", token: str | None = None) -> jobs.JobView:
    return jobs.record(
        database,
        tenant="acme",
        request=JobRequest(),
        requested_by="me",
        now=NOW,
        job_id=name,
        token_id=token,
        colour=colour,
    )


def test_there_is_one_active_colour(database: Database) -> None:
    assert colours.active(database) == ""
    for name in ("blue", "green", "green"):
        colours.activate(database, name, NOW)
        assert colours.active(database) == name


def test_the_first_who_records_a_run_says_whose_it_is(database: Database) -> None:
    assert _job(database, "blue").colour == "blue"
    again = _job(database, "green")
    assert again.colour == "blue"
    assert again.belongs_to("blue")
    assert not again.belongs_to("green")


@pytest.mark.parametrize(
    ("job", "here", "ours"),
    [
        ("", "", True),
        ("", "green", True),
        ("blue", "", True),
        ("blue", "blue", True),
        ("blue", "green", False),
    ],
)
def test_jobs_from_before_colours_and_deployments_without_belong_to_all(
    database: Database, job: str, here: str, *, ours: bool
) -> None:
    assert _job(database, job).belongs_to(here) is ours


def test_a_job_is_taken(database: Database) -> None:
    _job(database, "blue")
    colours.take(database, "j", "green")
    assert jobs.find(database, tenant="acme", job_id="j").colour == "green"


def test_two_colours_never_claim_the_same_row(database: Database) -> None:
    """As runs that are called the same in both Airflows would."""
    _job(database, "blue")
    jobs.resolve(database, "j", [Planned(name, spec(name, "j")) for name in ("a", "b", "c")], NOW)
    blue = jobs.claim(database, "j", "blue/scheduled", size=2)
    green = jobs.claim(database, "j", "green/scheduled")
    assert [each.repository for each in (*blue.specs, *green.specs)] == ["a", "b", "c"]


def test_a_run_that_had_no_part_in_a_job_of_another_colour_closes_nothing(database: Database) -> None:
    _job(database, "blue")
    summary = jobs.close_run(database, "j", "green/scheduled", NOW, "green")
    assert (summary.counts, summary.job_finished, summary.has_failed) == ({}, False, False)
    found = jobs.summary(database, tenant="acme", job_id="j")
    assert (found.state, found.error) == ("queued", "")


def test_what_a_run_claimed_before_its_job_was_taken_is_closed_by_it(database: Database) -> None:
    _job(database, "blue")
    jobs.resolve(database, "j", [Planned("a", spec("a", "j"))], NOW)
    jobs.claim(database, "j", "blue/run")
    colours.take(database, "j", "green")
    summary = jobs.close_run(database, "j", "blue/run", NOW, "blue")
    assert summary.counts == {"failed": 1}
    assert summary.job_finished


def test_a_colour_is_drained_when_what_it_began_has_ended(database: Database) -> None:
    _job(database, "blue", token="a")
    # Recorded and never begun: it would keep the colour for ever.
    _job(database, "blue", "forgotten", token="b")
    _job(database, "green", "other", token="c")
    assert colours.at_work(database) == {}
    jobs.triggered(database, "j", NOW)
    jobs.resolve(database, "other", [], NOW)
    assert colours.at_work(database) == {"blue": 1, "green": 1}
    jobs.resolve(database, "j", [Planned("a", spec("a", "j"))], NOW)
    jobs.claim(database, "j", "run")
    jobs.finish(database, "j", "a", skipped("empty", "nothing is there"), NOW)
    jobs.close_run(database, "j", "run", NOW + timedelta(seconds=1))
    assert colours.at_work(database) == {"green": 1}


def test_what_the_schedule_left_to_a_colour_keeps_it(database: Database) -> None:
    """Recorded by the run of the other colour, a moment before this one's own."""
    _job(database, "blue")
    assert colours.at_work(database) == {"blue": 1}


@pytest.mark.parametrize("name", ["Blue", "blue/x", "blue_x", "1", "x" * 21, " ", "grün"])
def test_a_name_that_no_run_can_carry_is_refused(name: str) -> None:
    with pytest.raises(ConfigurationError, match="is no colour"):
        Settings.from_environment({"DOCUMENTHOR_COLOUR": name})
    assert Settings.from_environment({"DOCUMENTHOR_COLOUR": "blue2"}).colour == "blue2"
