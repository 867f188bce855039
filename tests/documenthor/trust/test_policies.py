"""The section `trust` of a tenant file is read strictly: what is not plainly meant is an error by name."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

import pytest
from documenthor.errors import TenantFileError
from documenthor.tenants import load_tenant, matches
from documenthor.tenants.trust import GITHUB

from tests.documenthor.trust.support import CALLER, POLICY, WORKFLOW

if TYPE_CHECKING:
    from pathlib import Path

    from documenthor.tenants import Trust


def _trust(folder: Path, trust: object) -> Trust:
    content = {"organisation": "acme", "forge": {"kind": "local"}, "trust": trust}
    (folder / "acme.yaml").write_text(json.dumps(content))
    return load_tenant(folder, "acme").trust


def _github(**changes: object) -> dict[str, Any]:
    return {"github": {**POLICY, **changes}}


def _caller(**changes: object) -> dict[str, Any]:
    return _github(callers=[{**CALLER, **changes}])


def test_defaults(tmp_path: Path) -> None:
    policy = _trust(tmp_path, _github()).github
    assert policy is not None
    assert policy.issuer == GITHUB == "https://token.actions.githubusercontent.com"
    assert policy.callers[0].events == ("push", "schedule", "workflow_dispatch")
    assert policy.callers[0].targets == ()


@pytest.mark.parametrize(
    ("trust", "words"),
    [
        ({"githb": {}}, "trust.githb: unknown key; did you mean github?"),
        (_github(repos=[]), "trust.github.repos: unknown key"),
        (_caller(workflow=[]), "trust.github.callers.0.workflow: unknown key"),
        (_caller(subjects=["repo:acme/web:*"]), "trust.github.callers.0.subjects: unknown key"),
        ({"github": {"callers": [CALLER]}}, "trust.github.owner: "),
        ({"github": {"owner": "1"}}, "trust.github.callers: "),
        (_github(callers=[]), "trust.github.callers: "),
        (_github(owner=1342004), "trust.github.owner: is no text; put it in quotes"),
        (_github(owner="acme"), "trust.github.owner: "),
        (_github(owner="*"), "trust.github.owner: "),
        (_github(owner="1|2"), "trust.github.owner: "),
        (_github(owner="1\n"), "trust.github.owner: "),
        (_github(owner="0"), "trust.github.owner: "),
        *(
            (_github(issuer=issuer), "trust.github.issuer: ")
            for issuer in (
                *("", "github.com", "http://token.actions.githubusercontent.com", "https://", "ftp://x"),
                *(
                    "https://user@host",
                    "https://host/",
                    "https://host?x",
                    "https://host#x",
                    "https://[",
                    "file:///x",
                ),
                "http://127.0.0.1.evil.example",
            )
        ),
        (_caller(repositories=[]), "trust.github.callers.0.repositories"),
        (_caller(repositories="all"), "trust.github.callers.0.repositories"),
        (_caller(repositories=["acme/web"]), "trust.github.callers.0.repositories"),
        (_caller(repositories=["*"]), "trust.github.callers.0.repositories"),
        (_caller(workflows=[]), "trust.github.callers.0.workflows"),
        (_caller(workflows=WORKFLOW), "trust.github.callers.0.workflows"),
        *(
            (_caller(workflows=[workflow]), "trust.github.callers.0.workflows.0: ")
            for workflow in (
                *("", "*", "**", "*/*", "acme/*", "*/web/.github/workflows/docs.yml@refs/heads/main"),
                *("acme/web/.github/workflows/docs.yml", "acme/web/docs.yml@refs/heads/main", ".*", "^.*$"),
                f"{WORKFLOW}|evil/x/.github/workflows/x.yml@refs/heads/main",
                f"evil|{WORKFLOW}",
                f"({WORKFLOW})",
                f"{WORKFLOW}$",
                WORKFLOW.replace(".yml", r"\.yml"),
                WORKFLOW.replace("docs", "[a-z]+"),
                WORKFLOW.replace("docs", "d?cs"),
                WORKFLOW.replace("docs", "**"),
                f"{WORKFLOW}\n",
                f"{WORKFLOW}/*/*/*/*",
                "repo:acme/web:ref:refs/heads/main",
            )
        ),
        (_caller(refs=[]), "trust.github.callers.0.refs"),
        *(
            (_caller(refs=[ref]), "trust.github.callers.0.refs.0: ")
            for ref in (
                "",
                "*",
                "main",
                "heads/main",
                "refs/*",
                "refs/heads/a|refs/heads/b",
                "refs/heads/(a)",
                "|",
            )
        ),
        (_caller(events=[]), "trust.github.callers.0.events"),
        (_caller(events=["*"]), "trust.github.callers.0.events.0: "),
        (_caller(events=["push|pull_request"]), "trust.github.callers.0.events.0: "),
        (_caller(environments=["a|b"]), "trust.github.callers.0.environments.0: "),
        (_caller(environments=[""]), "trust.github.callers.0.environments.0: "),
        (_caller(targets=["a|b"]), "trust.github.callers.0.targets.0: "),
        (_caller(targets="*"), "trust.github.callers.0.targets"),
        ({"targets": ["^.*$"]}, "trust.targets.0: "),
        (
            _caller(repositories="any", workflows=[WORKFLOW.replace("docs", "*")]),
            "with 'repositories: any' every workflow has to be named",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_mistake_is_an_error_that_names_its_key(tmp_path: Path, trust: object, words: str) -> None:
    with pytest.raises(TenantFileError) as caught:
        _trust(tmp_path, trust)
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("pattern", "inside", "outside"),
    [
        ("web", ["web"], ["Web", "web ", "xweb", "webx", "web\n", ""]),
        ("a*c", ["ac", "abc", "a.c", "a\nc"], ["a/c", "a@c", "a:c", "abcd"]),
        ("*", ["", "x"], ["a/b", "/", "a@b"]),
        ("a.b+c", ["a.b+c"], ["aXb+c", "a.bbc"]),
    ],
)
def test_patterns_match_the_whole_text(pattern: str, inside: list[str], outside: list[str]) -> None:
    assert [text for text in (*inside, *outside) if matches(pattern, text)] == inside


def test_no_pattern_takes_long() -> None:
    begun = time.perf_counter()
    assert not matches("a*a*a*b", "a" * 255)
    assert time.perf_counter() - begun < 1
