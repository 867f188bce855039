"""Who decides: the repository before the tenant, except where the tenant locked a key."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, get_args

import pytest
from docgen.contract import Limits, Options, RepositorySettings, Settings
from docgen.contract.settings import Key
from docgen.errors import OptedOutError
from docgen.settings import NAME, merge

from tests.docgen.support import PACKAGE, Files, bundle_of, pages

if TYPE_CHECKING:
    from pathlib import Path


def merged(tenant: dict[str, Any], own: dict[str, Any]) -> tuple[dict[str, Any], tuple[str, ...]]:
    """What differs from the tenant's options, and the notes."""
    options = Options.model_validate_json(json.dumps(tenant))
    found = merge(options, RepositorySettings.model_validate_json(json.dumps(own)))
    before, after = (item.model_dump(mode="json") for item in (options, found.options))
    return {key: after[key] for key in after if after[key] != before[key]}, found.notes


@pytest.mark.parametrize(
    ("tenant", "own", "changed"),
    [
        ({}, {}, {}),
        ({"language": "de"}, {}, {}),
        ({"language": "de"}, {"language": "fr"}, {"language": "fr"}),
        ({"language": "de"}, {"language": "en"}, {"language": "en"}),
        ({"pages": ["readme"]}, {"pages": ["reference"]}, {"pages": ["reference"]}),
        ({"exclude": ["a"]}, {"exclude": ["b", "a"]}, {"exclude": ["a", "b"]}),
        ({"exclude": ["a"]}, {"exclude": []}, {}),
        ({"language": "de"}, {"enabled": True}, {}),
        ({"tone": "formal"}, {"tone": "friendly"}, {"tone": "friendly"}),
        ({"tone": "formal"}, {"language": "en"}, {}),
    ],
)
def test_the_repository_comes_before_the_tenant(
    tenant: dict[str, Any], own: dict[str, Any], changed: dict[str, Any]
) -> None:
    assert merged(tenant, own) == (changed, ())


def test_templates_are_joined_to_the_single_value() -> None:
    tenant = {"templates": {"readme": {"title": "T", "footer": "F"}, "reference": {"header": "R"}}}
    changed, _ = merged(tenant, {"templates": {"readme": {"title": "Mine", "header": ""}}})
    readme = changed["templates"]["readme"]
    assert (readme["title"], readme["footer"], changed["templates"]["reference"]["header"]) == (
        "Mine",
        "F",
        "R",
    )


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("language", "fr"),
        ("pages", ["readme"]),
        ("exclude", ["b"]),
        ("templates", {"readme": {"title": "Mine"}}),
        ("enabled", False),
    ],
)
def test_a_locked_key_is_the_tenants(key: str, value: object) -> None:
    note = f"{key} in {NAME} is overruled from outside the repository"
    assert merged({"locked": [key]}, {key: value}) == ({}, (note,))
    if key == "enabled":
        with pytest.raises(OptedOutError, match="enabled: false"):
            merged({}, {key: value})
    else:
        assert key in merged({"locked": ["enabled"]}, {key: value})[0]


def test_every_key_of_a_repository_can_be_locked() -> None:
    assert set(get_args(Key)) == set(RepositorySettings.model_fields)
    assert set(Settings.model_fields) < set(Options.model_fields)


def test_no_repository_can_set_bounds_or_locks() -> None:
    assert set(Options.model_fields).isdisjoint({"enabled"})
    assert {"limits", "locked"}.isdisjoint(RepositorySettings.model_fields)


def test_what_the_repository_excludes_is_not_read(tmp_path: Path) -> None:
    files = {**PACKAGE, NAME: "exclude: ['src/**']"}
    bodies = "".join(pages(bundle_of(tmp_path, files, Options(exclude=("Makefile",)))).values())
    assert "Turner" not in bodies
    assert "make test" not in bodies


def test_hostile_patterns_take_no_long_time(tmp_path: Path) -> None:
    deep = "/".join("a" * 120)
    patterns = ["/".join(["**", "a"] * 40) + f"/{number}" for number in range(100)]
    files: Files = {
        **{f"{deep}/{number}.py": "" for number in range(20)},
        NAME: f"exclude: {json.dumps(patterns)}",
    }
    bundle_of(tmp_path, files, Options(limits=Limits(seconds=60)))
