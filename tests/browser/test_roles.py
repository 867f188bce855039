"""Two organisations' users on one Airflow: each sees and touches what is its own, by every way in."""

from __future__ import annotations

import re
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from documenthor import audit
from documenthor.db import Database

from embedded.state import State
from tests.browser.chromium import Desk, screenshot
from tests.browser.conftest import seed, write_tenants
from tests.browser.roles import FAB, PASSWORD, USERS, Roles
from tests.running.system import System, add_repository, wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]

PAGES = "/documentation/tenants"
DAGS = {"local": "documenthor_local", "other": "documenthor_other"}


@pytest.fixture(scope="module")
def roles(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Roles]:
    """The embedded Airflow with FAB's auth manager, as in production."""
    state = State(tmp_path_factory.mktemp("fab"))
    state.prepare()
    add_repository(state.forge, "alpha")
    add_repository(state.home / "other", "omega")
    write_tenants(state.root / "tenants")
    (state.root / "tenants" / "hosted.yaml").unlink()
    running = System.start(
        state, DOCUMENTHOR_TENANTS=str(state.root / "tenants"), AIRFLOW__CORE__AUTH_MANAGER=FAB
    )
    try:
        made = Roles(running)
        assert made.sync()
        assert made.sync() == []
        made.add_users()
        seed(state)
        yield made
    finally:
        running.stop()


def _trigger(run: str) -> dict[str, Any]:
    return {"dag_run_id": run, "logical_date": None, "conf": {"dry_run": True}}


def test_everybody_sees_their_own_dag_alone(roles: Roles) -> None:
    wait_for("both DAGs", lambda: set(DAGS.values()) <= _seen(roles, "root"))
    for user, role in USERS.items():
        own = [dag for tenant, dag in DAGS.items() if user == "root" or f"_{tenant}_" in role]
        seen_dags = _seen(roles, user)
        assert seen_dags >= set(own) if user == "root" else seen_dags == set(own)
        for tenant, dag in DAGS.items():
            seen = {path: roles.call(user, "GET", path).status_code for path in _paths(tenant)}
            refused = {path: 404 if path.startswith(PAGES) else 403 for path in seen}
            assert seen == (dict.fromkeys(seen, 200) if dag in own else refused), user


def test_costs_and_the_audit_log_take_a_role_of_their_own_organisation(roles: Roles) -> None:
    """Operators see what it costs, admins who did what; for others than its own it does not exist."""
    for page, levels in (("costs", ("operator", "admin")), ("audit", ("admin",))):
        for user, role in USERS.items():
            for tenant in DAGS:
                own = user == "root" or f"_{tenant}_" in role
                may = user == "root" or role.rpartition("_")[2] in levels
                expected = (200 if may else 403) if own else 404
                found = roles.call(user, "GET", f"{PAGES}/{tenant}/{page}").status_code
                assert found == expected, (user, tenant, page)


def _seen(roles: Roles, user: str) -> set[str]:
    listed = roles.call(user, "GET", "/api/v2/dags").raise_for_status().json()["dags"]
    return {dag["dag_id"] for dag in listed}


def _paths(tenant: str) -> list[str]:
    api, pages = f"/api/v2/dags/{DAGS[tenant]}", f"{PAGES}/{tenant}"
    own = ("", "/repositories", f"/repositories/{tenant}-tool", f"/jobs/night-{tenant}-3")
    asked = [f"{api}{path}" for path in ("", "/details", "/dagRuns", "/tasks")]
    return asked + [f"{pages}{path}" for path in own]


@pytest.mark.parametrize(
    ("user", "tenant", "status"),
    [
        ("lv", "local", 403),
        ("lo", "local", 200),
        ("la", "local", 200),
        ("oo", "local", 403),
        ("ov", "other", 403),
    ],
)
def test_operators_trigger_their_own_dag(roles: Roles, user: str, tenant: str, status: int) -> None:
    path = f"/api/v2/dags/{DAGS[tenant]}/dagRuns"
    assert roles.call(user, "POST", path, _trigger(f"by_{user}")).status_code == status
    assert roles.call("root", "GET", f"{path}/by_{user}").status_code == (200 if status == 200 else 404)


@pytest.mark.parametrize(("user", "status"), [("lv", 403), ("lo", 403), ("la", 204), ("oo", 403)])
def test_admins_delete_runs_of_their_own_dag(roles: Roles, user: str, status: int) -> None:
    path = f"/api/v2/dags/{DAGS['local']}/dagRuns"
    roles.call("root", "POST", path, _trigger(f"for_{user}")).raise_for_status()
    one = f"{path}/for_{user}"
    # Airflow deletes no run that is at work.
    roles.call("root", "PATCH", one, {"state": "failed"}).raise_for_status()
    assert roles.call(user, "DELETE", one).status_code == status


@pytest.mark.parametrize("user", ["lv", "lo", "la"])
@pytest.mark.parametrize(
    "path",
    [
        "assets",
        "connections",
        "variables",
        "pools",
        "eventLogs",
        "importErrors",
        "jobs",
        "providers",
    ],
)
def test_what_tells_of_all_organisations_is_nobodys(roles: Roles, user: str, path: str) -> None:
    assert roles.call(user, "GET", f"/api/v2/{path}").status_code == 403
    assert roles.call("root", "GET", f"/api/v2/{path}").status_code == 200


@pytest.mark.parametrize("path", ["/dags/~/dagRuns", "/dags/~/dagRuns/~/taskInstances"])
def test_lists_over_all_dags_hold_ones_own(roles: Roles, path: str) -> None:
    for dag in DAGS.values():
        roles.call(
            "root", "POST", f"/api/v2/dags/{dag}/dagRuns", _trigger(f"list{len(path)}")
        ).raise_for_status()
    kind = path.rpartition("/")[2]
    key = {"dagRuns": "dag_runs", "taskInstances": "task_instances"}[kind]
    for user, dag in (("lo", DAGS["local"]), ("oo", DAGS["other"])):
        found = wait_for("an entry", partial(_listed, roles, user, f"/api/v2{path}", key))
        assert {each["dag_id"] for each in found} == {dag}


def test_operators_press_buttons_in_the_browser_and_viewers_have_none(roles: Roles, browser: Any) -> None:
    """Signed in by the form of FAB's login page, in Airflow's frame."""
    desk = Desk(browser, roles.system.airflow.url)
    job = "/jobs/every-outcome"
    for user, buttons in (("lo", 2), ("lv", 0)):
        with desk.page() as page:
            _sign_in(page, user)
            page.goto("/plugin/documentation")
            frame = page.frame_locator("iframe")
            # With one organisation there is nothing to choose from.
            frame.get_by_role("heading", name="local", exact=True).wait_for()
            screenshot(page, f"role-{user}")
            page.goto(f"{PAGES}/local{job}")
            assert page.locator("form[method=post]").count() == buttons
            assert page.goto(f"{PAGES}/other/jobs/night-other-3").status == 404
            assert "other-tool" not in page.content()
            if buttons:
                page.goto(f"{PAGES}/local{job}")
                page.get_by_role("button", name="Retry what failed").click()
                page.locator(".notice", has_text="once more").wait_for()
    with closing(Database(f"sqlite:///{roles.system.state.home}/documenthor.db")) as database:
        entries = [(each.event.actor, each.event.operation) for each in audit.entries(database, "local")]
    assert ("airflow:lo", "job.retry") in entries


def test_another_organisations_operator_gets_nothing_by_a_tampered_form(roles: Roles, browser: Any) -> None:
    """A form of one's own, sent to the other's address."""
    with Desk(browser, roles.system.airflow.url).page("oo", PASSWORD) as page:
        page.goto(f"{PAGES}/other")
        for path in ("/local/jobs/every-outcome/retry", "/other/jobs/every-outcome/retry"):
            send = f"fetch('{PAGES}{path}', {{method: 'POST', body: new URLSearchParams({{token: 'x'}})}})"
            assert page.evaluate(f"{send}.then(answer => answer.status)") in {403, 404}


def test_roles_follow_the_tenant_files(roles: Roles) -> None:
    """A tenant comes with its roles and goes with them; what was added by hand is taken back."""
    folder = roles.system.state.root / "tenants"
    (folder / "third.yaml").write_text("organisation: third\nforge: {kind: local}\n", "utf-8")
    made = roles.sync()
    assert {line.partition(":")[0] for line in made} == {
        f"documenthor_third_{each}" for each in ("viewer", "operator", "admin")
    }
    roles.system.cli("roles", "add-perms", "documenthor_third_viewer", "-a", "can_edit", "-r", "DAGs")
    assert roles.sync() == ["documenthor_third_viewer: may not can_edit DAGs any more"]
    (folder / "third.yaml").unlink()
    assert roles.sync() == [
        f"documenthor_third_{each}: deleted, its tenant is gone" for each in ("viewer", "operator", "admin")
    ]
    roles.system.cli("sync-perm", "--include-dags")
    assert roles.sync() == []


def _listed(roles: Roles, user: str, path: str, key: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = roles.call(user, "GET", path).raise_for_status().json()[key]
    return found


def _sign_in(page: Any, user: str) -> None:
    page.goto("/")
    page.locator("#username").fill(user)
    page.locator("#password").fill(PASSWORD)
    page.locator("#password").press("Enter")
    page.wait_for_url(re.compile(r"^(?!.*/auth/login)"))
