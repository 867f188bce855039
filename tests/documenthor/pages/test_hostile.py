"""All that is shown is hostile: it stays text, and no page lets anything in or out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from documenthor.db import RepositoryRow
from documenthor.outcomes import Kind, Outcome
from documenthor.pages.rendering import web_link
from sqlalchemy import update

from tests.documenthor.pages import support

if TYPE_CHECKING:
    from documenthor.db import Database

    from tests.documenthor.pages.browser import Browser

EVIL = "\"'><script>alert(1)</script><img src=x onerror=alert(1)> {{ 7 * 7 }} {% raw %}"
JOB = "/tenants/acme/jobs/job"


def test_texts_stay_texts(database: Database, operator: Browser) -> None:
    """Names, reasons, messages, references and everything of a report, on every page."""
    support.record(database, ["alpha"])
    outcome = Outcome(Kind.REJECTED, "<b>r</b>", EVIL, reference=f"javascript:alert(1)//{EVIL}")
    support.end(database, "job", "alpha", outcome)
    support.report(
        database,
        "job",
        "alpha",
        notes=(EVIL,),
        sentences={EVIL: 3},
        claims=(support.REFUTED.model_copy(update={"subject": EVIL, "path": EVIL, "predicate": EVIL}),),
    )
    with database.session() as session:
        session.execute(update(RepositoryRow).values(name=EVIL))
    for address in ("/tenants/acme", JOB, "/tenants/acme/repositories", f"{JOB}?q={EVIL}&kind={EVIL}"):
        shown = operator.get(address)
        assert shown.status == 200
        scripts = [script.get("src", "") for script in shown.tags("script")]
        assert scripts == ["/static/theme.js", "/static/pages.js"]
        assert shown.tags("img") == []
        assert not [link for link in shown.links if not link.startswith(("/", "#"))]
        assert "49" not in shown.text
    with database.session() as session:
        session.execute(update(RepositoryRow).values(name="alpha"))
    shown = operator.get("/tenants/acme/repositories/alpha")
    assert (len(shown.tags("script")), shown.tags("img")) == (2, [])
    assert "<script>alert(1)</script>" in shown.text


@pytest.mark.parametrize(
    "address",
    [
        "",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "//evil.example/x",
        "/forge/.pull-requests/1",
        "https:///x",
        "https://user:secret@github.example/x",
        "https://[github.example/x",
        "https://github.example/\nx",
        "https://github.example/ x",
        "ftp://github.example/x",
        "http://github.example/x",
        "https://github.example:8443/x",
        "https://github.example.evil.example/x",
        "https://evil.example/github.example",
    ],
)
def test_only_pages_of_the_forge_are_linked(address: str) -> None:
    assert web_link(address, "https://github.example") == ""


@pytest.mark.parametrize("forge", ["", "javascript:", "file:///forge", "https://", "https://[x"])
def test_without_a_web_forge_nothing_is_linked(forge: str) -> None:
    for address in ("https://github.example/x", "javascript:alert(1)", "https:///x", forge):
        assert web_link(address, forge) == ""


def test_pull_requests_are_linked() -> None:
    for forge in ("https://github.example", "http://127.0.0.1:8080", "https://host.example/git"):
        assert web_link(f"{forge}/acme/alpha/pull/1", forge) == f"{forge}/acme/alpha/pull/1"


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/tenants/acme",
        "/tenants/nothing",
        "/nothing",
        "/static/style.css",
        "/tenants/acme/jobs/%00",
        "/tenants/acme/repositories/%00",
    ],
)
def test_every_answer_is_bound_to_ourselves(operator: Browser, address: str) -> None:
    headers = operator.get(address).answer.headers
    policy = dict(part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert {"'self'", "'none'"} >= set(policy.values())
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "SAMEORIGIN"


def test_pages_hold_no_inline_script_or_style(database: Database, operator: Browser) -> None:
    support.ended(database)
    for address in ("/tenants/acme", JOB, "/tenants/acme/repositories/alpha"):
        for tag, attributes in operator.get(address).reader.tags:
            assert tag != "style"
            assert not [name for name in attributes if name == "style" or name.startswith("on")], tag


@pytest.mark.parametrize("query", ["start=-1", "start=x", "sort=evil", f"q={'x' * 101}"])
def test_addresses_that_make_no_sense_are_refused(database: Database, operator: Browser, query: str) -> None:
    support.ended(database)
    refused = operator.get(f"{JOB}?{query}")
    assert (refused.status, "Not understood" in refused.text) == (422, True)
