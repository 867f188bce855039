"""Planning turns what a forge found into rows."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from docgen.contract import JobSpec, Options, RepositorySettings
from documenthor import jobs, usage
from documenthor.forge.discovery import Documented, Repository, Unfit
from documenthor.jobs import JobRequest
from documenthor.outcomes import Kind, Outcome, failed, rejected, skipped
from documenthor.planning import plan
from documenthor.tenants import Tenant

from tests.documenthor.support import NOW

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from documenthor.db import Database

_HEAD, _TAGGED = "a" * 40, "b" * 40
_TENANT = Tenant.model_validate(
    {"organisation": "acme", "forge": {"kind": "local"}, "schedule": {"paused": True}}
)
_RECIPE = JobSpec(
    tenant="acme", job="any", repository="same", url="/forge/same", commit=_HEAD, options=_TENANT.options
).recipe()


class Forge:
    """A forge with one repository to document, one that is documented, and one that is archived."""

    def __init__(self) -> None:
        self.asked: list[Sequence[str] | None] = []

    def discover(self, names: Sequence[str] | None) -> list[Repository | Unfit]:
        """The same three, whatever was asked for."""
        self.asked.append(names)
        return [
            Repository("new", "/forge/new", "main", _HEAD),
            Repository("same", "/forge/same", "main", _HEAD, documented=Documented(_HEAD, _RECIPE)),
            Unfit("old", skipped("archived")),
        ]

    def pin(self, repository: Repository, ref: str) -> Repository | Unfit:
        """One tag is known."""
        if ref != "v1":
            return Unfit(repository.name, skipped("ref_not_found"))
        return replace(repository, head=_TAGGED, documented=None)

    def before(self, repository: Repository, moment: datetime) -> Repository | Unfit:
        """Everything is three days old, and was tagged the day before."""
        if moment > NOW - timedelta(days=3):
            return repository
        if moment > NOW - timedelta(days=4):
            return replace(repository, head=_TAGGED, documented=None)
        return Unfit(repository.name, skipped("not_there_yet"))


@pytest.mark.parametrize(("force", "claimed"), [(False, ["new"]), (True, ["new", "same"])])
def test_only_what_is_new_is_claimed_unless_forced(
    database: Database, force: bool, claimed: list[str]
) -> None:
    job = jobs.record(database, tenant="acme", request=JobRequest(force=force), requested_by="me", now=NOW)
    found = plan(database, Forge(), _TENANT, job, "run-1", NOW)
    assert [spec.repository for spec in found.specs] == claimed
    rows = jobs.status(database, tenant="acme", job_id=job.id).repositories
    assert [(row.name, row.source_commit) for row in rows] == [("new", _HEAD), ("same", _HEAD), ("old", "")]
    assert rows[1].outcome == (None if force else "unchanged")


@pytest.mark.parametrize(
    ("days", "rows"),
    [
        (2, [("new", _HEAD, None), ("same", _HEAD, "unchanged")]),
        (3, [("new", _TAGGED, None), ("same", "", "skipped(superseded)")]),
        (9, [("new", "", "skipped(not_there_yet)"), ("same", "", "skipped(not_there_yet)")]),
    ],
)
def test_a_past_commit_is_documented_unless_a_newer_one_is(
    database: Database, days: int, rows: list[tuple[str, str, str | None]]
) -> None:
    request = JobRequest(before=NOW - timedelta(days=days))
    job = jobs.record(database, tenant="acme", request=request, requested_by="me", now=NOW)
    plan(database, Forge(), _TENANT, job, "run-1", NOW)
    found = jobs.status(database, tenant="acme", job_id=job.id).repositories[:2]
    told = {row.name: f"{row.outcome}({row.reason})" if row.reason else row.outcome for row in found}
    assert [(row.name, row.source_commit, told[row.name]) for row in found] == rows


def test_a_recipe_that_changed_is_no_newer_documentation(database: Database) -> None:
    """The documented commit itself, with another recipe, is documented again."""

    class Moved(Forge):
        def discover(self, names: Sequence[str] | None) -> list[Repository | Unfit]:
            del names
            known = Documented(_TAGGED, "f" * 64)
            return [Repository("same", "/forge/same", "main", _HEAD, documented=known)]

    request = JobRequest(before=NOW - timedelta(days=3))
    job = jobs.record(database, tenant="acme", request=request, requested_by="me", now=NOW)
    (spec,) = plan(database, Moved(), _TENANT, job, "run-1", NOW).specs
    assert spec.commit == _TAGGED


def test_a_ref_and_a_time_would_say_two_commits() -> None:
    with pytest.raises(ValueError, match="leave one of them out"):
        JobRequest(repositories=(jobs.Target(name="a", ref="v1"),), before=NOW)


def test_another_recipe_is_new_work(database: Database) -> None:
    tenant = _TENANT.model_copy(
        update={"options": _TENANT.options.model_copy(update={"exclude": ("vendor/**",)})}
    )
    job = jobs.record(database, tenant="acme", request=JobRequest(), requested_by="me", now=NOW)
    assert [spec.repository for spec in plan(database, Forge(), tenant, job, "run-1", NOW).specs] == [
        "new",
        "same",
    ]


def test_a_resolved_job_asks_the_forge_no_more(database: Database) -> None:
    forge = Forge()
    job = jobs.record(
        database, tenant="acme", request=JobRequest(repositories=("new",)), requested_by="me", now=NOW
    )
    assert plan(database, forge, _TENANT, job, "run-1", NOW) == plan(
        database, forge, _TENANT, job, "run-1", NOW
    )
    assert forge.asked == [["new"]]


@pytest.mark.parametrize(
    "options",
    [
        {"language": "de"},
        {"templates": {"readme": {"footer": "Ask us."}}},
        {"locked": ["language"]},
    ],
)
def test_what_a_tenant_says_of_pages_travels_in_the_spec_and_its_recipe(
    database: Database, options: dict[str, object]
) -> None:
    tenant = Tenant.model_validate_json(
        json.dumps({"organisation": "acme", "forge": {"kind": "local"}, "options": options})
    )
    job = jobs.record(database, tenant="acme", request=JobRequest(), requested_by="me", now=NOW)
    specs = plan(database, Forge(), tenant, job, "run-1", NOW).specs
    assert [spec.options for spec in specs] == [tenant.options, tenant.options]
    assert {spec.recipe() for spec in specs}.isdisjoint({_RECIPE})


LASTING = [
    (Outcome(Kind.UNCHANGED), []),
    (skipped("closed_by_human"), []),
    (skipped("edited_by_human"), ["new"]),
    (rejected("quality", "too low"), ["new"]),
    (failed("fetch", "broken"), ["new"]),
    (Outcome(Kind.PULL_REQUEST), ["new"]),
]


@pytest.mark.parametrize(("outcome", "claimed"), LASTING, ids=[str(row[0]) for row in LASTING])
def test_what_left_nothing_to_publish_is_not_generated_again(
    database: Database, outcome: Outcome, claimed: list[str]
) -> None:
    def night(number: int, tenant: Tenant = _TENANT, **request: bool) -> list[str]:
        job = jobs.record(
            database,
            tenant="acme",
            request=JobRequest(**request),
            requested_by="me",
            now=NOW,
            job_id=f"j{number}",
        )
        found = plan(database, Forge(), tenant, job, f"run-{number}", NOW + timedelta(days=number))
        return [spec.repository for spec in found.specs]

    assert night(1) == ["new"]
    jobs.finish(database, "j1", "new", outcome, NOW + timedelta(days=1, hours=1))
    assert night(2) == claimed
    if not claimed:
        assert night(3) == []
        assert night(4, force=True) == ["new", "same"]
        options = _TENANT.options.model_copy(update={"exclude": ("vendor/**",)})
        assert "new" in night(5, _TENANT.model_copy(update={"options": options}))


def test_one_tenants_memory_is_not_anothers(database: Database) -> None:
    job = jobs.record(database, tenant="other", request=JobRequest(), requested_by="me", now=NOW)
    plan(database, Forge(), _TENANT, job, "run-1", NOW)
    jobs.finish(database, job.id, "new", Outcome(Kind.UNCHANGED), NOW)
    assert set(jobs.settled(database, "other")) == {"new", "same"}
    assert jobs.settled(database, "acme") == {}


def test_an_organisations_settings_are_over_the_tenants_and_under_locked_ones(database: Database) -> None:
    class Organised(Forge):
        def discover(self, names: Sequence[str] | None) -> list[Repository | Unfit]:
            del names
            defaults = RepositorySettings.model_validate({"language": "de", "exclude": ("gen/**",)})
            return [Repository("new", "/forge/new", "main", _HEAD, defaults=defaults)]

    options = Options(language="fr", exclude=("vendor/**",))
    for locked, language in (((), "de"), (("language",), "fr")):
        tenant = _TENANT.model_copy(update={"options": options.model_copy(update={"locked": locked})})
        job = jobs.record(database, tenant="acme", request=JobRequest(), requested_by="me", now=NOW)
        (spec,) = plan(database, Organised(), tenant, job, "run-1", NOW).specs
        assert spec.options.language == language
        assert spec.options.exclude == ("vendor/**", "gen/**")


def _plan(database: Database, request: dict[str, object], tenant: Tenant = _TENANT) -> jobs.JobStatus:
    wanted = JobRequest.model_validate_json(json.dumps(request))
    job = jobs.record(database, tenant="acme", request=wanted, requested_by="me", now=NOW)
    plan(database, Forge(), tenant, job, "run-1", NOW)
    return jobs.status(database, tenant="acme", job_id=job.id)


def test_repository_is_pinned_at_the_ref_that_was_asked_for(database: Database) -> None:
    named = [{"name": "new", "ref": "v1"}, {"name": "same", "ref": "nowhere"}]
    rows = _plan(database, {"repositories": named}).repositories
    assert [(row.name, row.source_commit, row.reason) for row in rows] == [
        ("new", _TAGGED, ""),
        ("same", "", "ref_not_found"),
        ("old", "", "archived"),
    ]


def test_filters_leave_out_with_a_reason(database: Database) -> None:
    rows = _plan(database, {"filters": {"include": ["n*"]}, "force": True}).repositories
    assert [(row.name, row.reason) for row in rows] == [
        ("new", ""),
        ("same", "not_included"),
        ("old", "archived"),
    ]
    rows = _plan(database, {"filters": {"topics": ["api"]}, "force": True}).repositories
    assert {row.reason for row in rows[:2]} == {"other_topic"}


@pytest.mark.parametrize(
    ("tenants", "asked", "language", "locked"),
    [
        ({}, {}, "en", ()),
        ({}, {"language": "de"}, "de", ("language",)),
        ({"language": "fr"}, {"language": "de"}, "de", ("language",)),
        ({"language": "fr", "locked": ["language"]}, {"language": "de"}, "fr", ("language",)),
        ({"locked": ["pages"]}, {"language": "de"}, "de", ("pages", "language")),
    ],
)
def test_request_goes_before_all_but_what_the_tenant_has_locked(
    database: Database,
    tenants: dict[str, object],
    asked: dict[str, object],
    language: str,
    locked: tuple[str, ...],
) -> None:
    """What it says is locked in the spec, so that repositories do not overrule it."""
    content = {"organisation": "acme", "forge": {"kind": "local"}, "options": tenants}
    tenant = Tenant.model_validate_json(json.dumps(content))
    wanted = JobRequest.model_validate_json(json.dumps({"options": asked}))
    job = jobs.record(database, tenant="acme", request=wanted, requested_by="me", now=NOW)
    found = jobs.find(database, tenant="acme", job_id=job.id)
    options = plan(database, Forge(), tenant, found, "run-1", NOW).specs[0].options
    assert (options.language, options.locked) == (language, locked)


class Crowd(Forge):
    """A forge with 150 repositories to document."""

    def discover(self, names: Sequence[str] | None) -> list[Repository | Unfit]:  # noqa: ARG002 - all of them
        """All of them."""
        return [Repository(f"r{i:03}", f"/forge/r{i:03}", "main", _HEAD) for i in range(150)]


@pytest.mark.parametrize(("concurrency", "taken"), [(1, 20), (4, 20), (8, 40), (20, 100), (64, 100)])
def test_a_run_takes_some_repositories_for_each_of_its_generators(
    database: Database, concurrency: int, taken: int
) -> None:
    tenant = _TENANT.model_copy(update={"concurrency": concurrency})
    job = jobs.record(database, tenant="acme", request=JobRequest(), requested_by="me", now=NOW)
    found = plan(database, Crowd(), tenant, job, "run-1", NOW)
    assert (len(found.specs), found.remaining) == (taken, 150 - taken)


def test_cancelled_job_asks_the_forge_nothing(database: Database) -> None:
    forge = Forge()
    job = jobs.record(database, tenant="acme", request=JobRequest(), requested_by="me", now=NOW)
    jobs.cancel(database, tenant="acme", job_id=job.id, now=NOW)
    assert plan(database, forge, _TENANT, job, "run-1", NOW).specs == ()
    assert forge.asked == []


@pytest.mark.parametrize("reason", [usage.SPENT, jobs.WINDOW_CLOSED.reason])
def test_what_had_no_gpu_hours_or_time_left_comes_first_next_time(database: Database, reason: str) -> None:
    """And in its own place again, once it had its turn."""
    late = {"same": skipped(reason), "new": Outcome(Kind.PULL_REQUEST)}
    orders = []
    for number, outcomes in enumerate([late, dict.fromkeys(late, Outcome(Kind.COMMITTED)), {}]):
        now = NOW + timedelta(days=number)
        request = JobRequest(force=True)
        job = jobs.record(database, tenant="acme", request=request, requested_by="me", now=now)
        found = plan(database, Forge(), _TENANT, job, f"run-{number}", now)
        orders.append([spec.repository for spec in found.specs])
        for name, outcome in outcomes.items():
            jobs.start(database, job.id, name, now)
            jobs.finish(database, job.id, name, outcome, now)
    assert orders == [["new", "same"], ["same", "new"], ["new", "same"]]
