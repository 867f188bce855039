"""A GitHub over TLS, by an App: published once, whatever waits, falls back or is cleared."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from embedded.caller import Caller
from tests.fakes.github import Fault, Protection
from tests.running.hosting import ORGANISATION, Hosted
from tests.running.system import System, clear, tasks_of, wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx

    from tests.fakes.github import Repository

pytestmark = [pytest.mark.running, pytest.mark.timeout(600)]

DAG = f"documenthor_{ORGANISATION}"
BRANCH = "refs/heads/documenthor/docs"
# What every look at GitHub needs, and what changes nothing there.
_TOKENS = {"create_token", "revoke_token"}


@pytest.fixture(scope="module")
def caller(system: System) -> Iterator[Caller]:
    """Whoever calls the API for the tenant `octo`."""
    with closing(Caller(system.state, system.airflow.url, ORGANISATION)) as found:
        yield found


def test_a_limited_publication_waits_in_the_triggerer_and_a_cleared_one_opens_nothing_more(
    system: System, github: Hosted, caller: Caller
) -> None:
    alpha, beta = github.add("alpha"), github.add("beta")
    github.fake.limits.retry_after = 10
    github.fake.faults.script(Fault.SECONDARY_LIMIT, "create_pull")
    job = caller.submit(["alpha", "beta"])
    run = f"job_{job}_1"
    with system.admin() as api:
        wait_for("a wait in the triggerer", lambda: "deferred" in _states(api, run).values())
        status = _finish(system, caller, job)
        assert status["counts"] == {"pull_request": 2}
        tasks = tasks_of(api, DAG, run, "pull_request")
        assert {name: (one["state"], one["try_number"]) for name, one in tasks.items()} == {
            "alpha": ("success", 1),
            "beta": ("success", 1),
        }
        assert [fault for _, fault in github.fake.faults.injected] == [Fault.SECONDARY_LIMIT]
        assert (_pulls(alpha), _pulls(beta)) == (["open"], ["open"])

        tips, created = _tips(github), len(github.fake.creations)
        clear(api, DAG, run, "beta")
        wait_for("the job's reopening", lambda: _status(system, caller, job)["state"] == "running")
    status = _finish(system, caller, job)
    assert {row["name"]: row["attempt"] for row in status["repositories"]} == {"alpha": 1, "beta": 2}
    assert status["counts"] == {"pull_request": 2}
    assert (_pulls(beta), _tips(github), len(github.fake.creations)) == (["open"], tips, created)
    assert [value for value in github.fake.vault.tokens if value.startswith("ghs_")] == []


def test_a_dry_run_writes_nothing(system: System, github: Hosted) -> None:
    github.add("gamma")
    tips, seen = _tips(github), len(github.fake.calls)
    row = _triggered(system, "dry", repositories=["gamma"], dry_run=True)["gamma"]
    assert (row.outcome, row.reason) == ("skipped", "dry_run")
    assert row.message.startswith("would propose")
    calls = github.fake.calls[seen:]
    assert {made.name for made in calls if made.is_write} == _TOKENS
    assert [made.name for made in calls if made.creates] == []
    assert _tips(github) == tips


def test_a_protected_branch_gets_a_pull_request_in_place_of_a_commit(system: System, github: Hosted) -> None:
    """Classic protection can be read beforehand; a ruleset is found out by being refused."""
    free, classic, ruled = (github.add(name) for name in ("free", "classic", "ruled"))
    classic.protections["main"] = Protection(is_ruleset=False)
    ruled.protections["main"] = Protection(is_ruleset=True)
    heads = {one.name: one.store.ref("refs/heads/main") for one in (free, classic, ruled)}
    rows = _triggered(system, "commit", repositories=list(heads), mode="commit")
    assert {name: row.outcome for name, row in rows.items()} == {
        "free": "committed",
        "classic": "pull_request",
        "ruled": "pull_request",
    }
    assert (_pulls(free), _pulls(classic), _pulls(ruled)) == ([], ["open"], ["open"])
    moved = [
        one.name for one in (free, classic, ruled) if one.store.ref("refs/heads/main") != heads[one.name]
    ]
    assert moved == ["free"]
    assert "pull request" in classic.pulls[1].body


def _triggered(system: System, run: str, **conf: object) -> dict[str, Any]:
    """The rows of a run with these params, as the form in Airflow's UI starts it."""
    with system.admin() as api:
        body = {"dag_run_id": run, "logical_date": None, "conf": conf}
        api.post(f"/dags/{DAG}/dagRuns", json=body).raise_for_status()
    return {row.name: row for row in system.job_of(DAG, run).repositories}


def _states(api: httpx.Client, run: str) -> dict[str, str]:
    return {name: one["state"] for name, one in tasks_of(api, DAG, run, "pull_request").items()}


def _status(system: System, caller: Caller, job: str) -> dict[str, Any]:
    return next(caller.follow(job, system.airflow.check))


def _finish(system: System, caller: Caller, job: str) -> dict[str, Any]:
    return list(caller.follow(job, system.airflow.check))[-1]


def _pulls(repository: Repository) -> list[str]:
    return [pull.state for pull in repository.pulls.values()]


def _tips(github: Hosted) -> dict[str, str]:
    return {name: one.store.ref(BRANCH) for name, one in github.fake.repositories.items()}
