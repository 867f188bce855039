"""Every tier runs somewhere, and everything that is pinned is kept up to date."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

pytestmark = pytest.mark.workflows

_PROJECT = Path(__file__).resolve().parents[2]
# 6 GB of models and servers, and on a processor alone some hours: run by people.
_BY_HAND = {"test-llm", "test-vllm"}
_MANIFEST = {"pip": "requirements*.txt", "npm": "package.json"}


def test_every_tier_is_run_by_a_workflow() -> None:
    tiers = set(re.findall(r"^(test-[a-z]+):", (_PROJECT / "Makefile").read_text("utf-8"), re.MULTILINE))
    paths = [_PROJECT / ".ci/run", *_PROJECT.glob(".github/workflows/*.yml")]
    texts = [path.read_text("utf-8") for path in paths]
    run = {name for text in texts for name in re.findall(r"\bmake (test-[a-z]+)", text)}
    matrix = yaml.safe_load((_PROJECT / ".github/workflows/tiers.yml").read_text("utf-8"))["jobs"]["tier"]
    run |= set(matrix["strategy"]["matrix"]["target"])
    assert tiers - run == _BY_HAND
    assert run <= tiers


@pytest.mark.parametrize("ecosystem", _MANIFEST)
def test_updates_are_looked_for_wherever_something_is_pinned(ecosystem: str) -> None:
    updates = yaml.safe_load((_PROJECT / ".github/dependabot.yml").read_text("utf-8"))["updates"]
    (named,) = [each["directories"] for each in updates if each["package-ecosystem"] == ecosystem]
    folders = (_PROJECT, _PROJECT / "images/gpu-docgen", *_PROJECT.glob("tests/*/"))
    pinned = [folder for folder in folders if any(folder.glob(_MANIFEST[ecosystem]))]
    assert sorted(named) == sorted(f"/{path.relative_to(_PROJECT)}".removesuffix(".") for path in pinned)
