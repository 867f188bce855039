"""The pages in Airflow's frame and outside of it: what operators see, press and hear."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from tests.browser.chromium import screenshot, token, violations
from tests.browser.conftest import passwords
from tests.running.system import hide

if TYPE_CHECKING:
    from tests.browser.chromium import Desk
    from tests.running.system import System

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]

JOB = "/documentation/tenants/local/jobs/every-outcome"
PAGES = {
    "organisations": "/documentation/",
    "organisation": "/documentation/tenants/local",
    "job": JOB,
    "repositories": "/documentation/tenants/local/repositories",
    "repository": "/documentation/tenants/local/repositories/beta",
    "costs": "/documentation/tenants/local/costs",
    "error": "/documentation/tenants/local/jobs/none",
}


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_hinder_nobody(desk: Desk, system: System, name: str, scheme: str) -> None:
    with desk.page("admin", passwords(system.state)["admin"], color_scheme=scheme) as page:
        page.goto(PAGES[name])
        for summary in page.locator("summary").all():
            summary.click()
        screenshot(page, f"{name}-{scheme}")
        assert violations(page) == []
        back = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert (back == "rgb(255, 255, 255)") == (scheme == "light")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_airflow_shows_the_pages_in_its_own_colours(desk: Desk, system: System, scheme: str) -> None:
    """The menu leads to them; Airflow's choice goes before the system's, also when it changes."""
    other = {"light": "dark", "dark": "light"}[scheme]
    with desk.page("admin", passwords(system.state)["admin"], color_scheme=other) as page:
        page.goto("/")
        page.evaluate(f"localStorage.setItem('theme', '{scheme}')")
        page.goto("/plugin/documentation")
        frame = page.frame_locator("iframe")
        frame.get_by_role("link", name="local", exact=True).click()
        frame.get_by_role("heading", name="local", exact=True).wait_for()
        assert page.locator("html").get_attribute("class") == scheme
        assert _theme(frame) == scheme
        screenshot(page, f"airflow-{scheme}")
        page.evaluate(f"localStorage.setItem('theme', '{other}')")
        _until(lambda: _theme(frame) == other)


def test_menu_leads_to_the_pages(desk: Desk, system: System) -> None:
    with desk.page("viewer", passwords(system.state)["viewer"]) as page:
        page.goto("/")
        entry = page.get_by_test_id("nav-sidebar").get_by_text("Repo docs", exact=True)
        entry.wait_for()
        shown = entry.evaluate("text => [text.scrollWidth, text.clientWidth]")
        assert 0 < shown[0] <= shown[1], "Airflow shortens it"
        entry.click()
        page.frame_locator("iframe").get_by_role("heading", name="Organisations").wait_for()


def test_pull_requests_open_from_airflows_frame(desk: Desk, system: System) -> None:
    with desk.page("admin", passwords(system.state)["admin"]) as page:
        page.context.route("https://github.example/**", lambda route: route.fulfill(body="the pull request"))
        page.goto("/plugin/documentation/documentation/tenants/hosted/jobs/pulls")
        link = page.frame_locator("iframe").get_by_role("link", name="open")
        with page.expect_popup() as opened:
            link.click()
        assert opened.value.url == "https://github.example/acme/alpha/pull/1"
        assert opened.value.evaluate("window.opener") is None


def test_a_job_is_followed_without_reloading_and_retried_by_keyboard(desk: Desk, system: System) -> None:
    """A repository breaks, the page says so by itself; it is mended, and Tab and Enter retry it."""
    lost = hide(system.state.forge / "beta")
    job = system.caller.submit(["alpha", "beta"])
    with desk.page("admin", passwords(system.state)["admin"]) as page:
        page.goto(f"/documentation/tenants/local/jobs/{job}")
        page.evaluate("window.isTheSame = true")
        page.locator("#state", has_text="partially failed").wait_for(timeout=240_000)
        assert page.evaluate("window.isTheSame") is True
        assert "2 of 2 done" in page.locator("#summary").inner_text()
        screenshot(page, "failed")
        lost.with_suffix(".lost").rename(lost)
        _tab_to(page, "retry")
        page.keyboard.press("Enter")
        page.locator(".notice", has_text="once more").wait_for()
        page.locator("#state", has_text="succeeded").wait_for(timeout=240_000)
    status = system.finish(job)
    assert {row["name"]: row["attempt"] > 1 for row in status["repositories"]} == {
        "alpha": False,
        "beta": True,
    }


def test_keyboard_reaches_everything_in_order(desk: Desk, system: System) -> None:
    with desk.page("admin", passwords(system.state)["admin"]) as page:
        page.goto(JOB)
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
        page.keyboard.press("Enter")
        order = []
        for _ in range(8):
            page.keyboard.press("Tab")
            order.append(
                page.evaluate("document.activeElement.id || document.activeElement.textContent.trim()")
            )
        assert order[:5] == ["retry", "q", "kind", "sort", "Show"]
        page.locator("#q").focus()
        page.keyboard.type("bet")
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile("q=bet"))
        assert page.locator("tbody th").all_inner_texts() == ["beta"]


def test_focus_stays_while_the_page_follows(desk: Desk, system: System) -> None:
    with desk.page("admin", passwords(system.state)["admin"]) as page:
        page.goto(JOB)
        page.locator("#r2").focus()
        page.evaluate("document.querySelector('#found').append('old')")
        page.evaluate("document.querySelector('#summary').toggleAttribute('data-poll', true)")
        _until(lambda: "old" not in page.locator("#found").inner_text().split())
        assert page.evaluate("document.activeElement.id") == "r2"


def test_viewers_have_no_buttons_and_other_sites_press_none(desk: Desk, system: System) -> None:
    known = passwords(system.state)
    with desk.page("viewer", known["viewer"]) as page:
        page.goto(JOB)
        page.get_by_role("heading", name="Repositories").wait_for()
        assert page.locator("form[method=post]").count() == 0
        status = page.evaluate(f"fetch('{JOB}/retry', {{method: 'POST'}}).then(a => a.status)")
        assert status == httpx.codes.FORBIDDEN
    with desk.page("admin", known["admin"]) as page:
        page.goto(JOB)
        form = page.locator("form[method=post]").first.evaluate("form => [form.action, form.token.value]")
        _press_from_elsewhere(page, *form)
        # Airflow's cookie does not come along; if it did, the form would be refused all the same.
        assert page.get_by_role("heading", name=re.compile("Not (signed in|allowed)")).count() == 1


def test_nobody_is_asked_to_sign_in(desk: Desk) -> None:
    with desk.page() as page:
        assert page.goto(PAGES["organisation"]).status == httpx.codes.UNAUTHORIZED
        assert page.get_by_role("heading", name="Not signed in").count() == 1
        assert "every-outcome" not in page.content()


def test_a_token_of_the_api_of_airflow_reads_too(system: System) -> None:
    url, known = system.airflow.url, passwords(system.state)
    headers = {"Authorization": f"Bearer {token(url, 'viewer', known['viewer'])}"}
    answer = httpx.get(f"{url}{JOB}", headers=headers, timeout=60)
    assert (answer.status_code, "every-outcome" in answer.text) == (httpx.codes.OK, True)
    bad = {"Authorization": "Bearer nonsense"}
    assert httpx.get(f"{url}{JOB}", headers=bad, timeout=60).status_code == httpx.codes.FORBIDDEN


def _press_from_elsewhere(page: Any, action: str, value: str) -> None:
    """As a page of another site would, even one that has come to know the form's token."""
    form = (
        f'<form method="post" action="{action}"><input name="token" value="{value}"><button>x</button></form>'
    )
    page.context.route(
        "https://evil.example/**", lambda route: route.fulfill(body=form, content_type="text/html")
    )
    page.goto("https://evil.example/")
    page.get_by_role("button").click()
    page.wait_for_url(action)


def _theme(frame: Any) -> str:
    found: str = frame.locator("html").evaluate("html => getComputedStyle(html).colorScheme")
    return found


def _tab_to(page: Any, wanted: str) -> None:
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == wanted:
            return
    raise AssertionError(f"Tab does not come to {wanted}")


def _until(holds: Any) -> None:
    import time

    for _ in range(100):
        if holds():
            return
        time.sleep(0.2)
    raise AssertionError("that did not happen within 20 s")
