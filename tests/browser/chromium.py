"""The system's Chromium by Playwright, signed in to Airflow, and the rules that pages are read by."""

from __future__ import annotations

import json
import shutil
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

BUILD = Path(__file__).resolve().parents[2] / "build" / "browser"
SCREENSHOTS = BUILD / "screenshots"
_RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }
}
_SECONDS = 60
# A script of FAB's own login page looks for one that is not there.
_FABS = "/auth/static/dist/"


@contextmanager
def chromium() -> Iterator[Any]:
    """The browser; where it is missing, the session ends with an error."""
    sys.path.append(str(BUILD / "python"))
    program = shutil.which("chromium")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        program = None
    if program is None:
        pytest.exit("Playwright and Chromium are needed: apt-get install chromium, make test-browser", 1)
    with sync_playwright() as playwright:
        # Inside a container there is often no sandbox to be had; the pages shown are our own.
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


@dataclass(frozen=True)
class Desk:
    """A browser of somebody who is signed in to the Airflow at `url`, or of nobody."""

    browser: Any
    url: str

    @contextmanager
    def page(self, user: str = "", password: str = "", **options: Any) -> Iterator[Any]:
        """A page of a new profile; the test fails for what the browser's console complains about."""
        context = self.browser.new_context(
            base_url=self.url, viewport={"width": 1280, "height": 900}, **options
        )
        context.set_default_timeout(_SECONDS * 1000)
        if user:
            cookie = {"name": "_token", "value": token(self.url, user, password), "url": self.url}
            context.add_cookies([{**cookie, "httpOnly": True, "sameSite": "Lax"}])
        page = context.new_page()
        complaints: list[str] = []
        page.on(
            "pageerror",
            lambda error: complaints.append(f"{error}: {error.stack}") if _FABS not in error.stack else None,
        )
        page.on("console", lambda said: complaints.append(said.text) if _is_ours(said) else None)
        yield page
        context.close()
        assert not complaints, complaints


def _is_ours(said: Any) -> bool:
    """Whether the browser complains that a page of ours breaks its own policy; Airflow's are not ours."""
    return "Content Security Policy" in said.text and "/documentation/" in said.location.get("url", "")


def token(url: str, user: str, password: str) -> str:
    """What Airflow gives for a name and a password."""
    login = {"username": user, "password": password}
    answer = httpx.post(f"{url}/auth/token", json=login, timeout=_SECONDS)
    found: str = answer.raise_for_status().json()["access_token"]
    return found


def violations(frame: Any) -> list[str]:
    """What axe-core finds wrong with a page, one line each. Its script comes past the page's own policy."""
    script = (BUILD / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")
    frame.evaluate(script)
    found = frame.evaluate(f"axe.run(document, {json.dumps(_RULES)})")
    return [
        f"{each['id']}: {each['help']}: {node['html'][:120]}"
        for each in found["violations"]
        for node in each["nodes"]
    ]


def screenshot(page: Any, name: str) -> None:
    """Keep a picture of the whole page for people to look at."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=str(SCREENSHOTS / f"{name}.png"), full_page=True)
