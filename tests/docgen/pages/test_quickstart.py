"""What a newcomer types first: declared by the repository, in an order that works, safe to paste."""

from __future__ import annotations

import pytest
from docgen.facts.model import Command, Dependency, EntryPoint, Facts, Manifest, Module, Place
from docgen.messages import catalogue
from docgen.pages.quickstart import quick_start

ENGLISH = catalogue("en")
HERE = Place("pyproject.toml", 1)
ROOT = Manifest("pyproject.toml", "pyproject", name="w", install="pip install .")
TEST = Command("pytest", "test", "", HERE)


def with_root(**changed: object) -> Facts:
    """Facts of a repository with one manifest."""
    return Facts("r", manifests=(Manifest(**{**vars(ROOT), **changed}),))


def typed(facts: Facts) -> list[str]:
    """The lines without their comments."""
    return [line.partition("  #")[0].rstrip() for line in quick_start(ENGLISH, facts).split("\n")[1:-1]]


def test_nothing_is_typed_where_nothing_is_declared() -> None:
    assert quick_start(ENGLISH, Facts("r")) == ""
    assert quick_start(ENGLISH, with_root(install="")) == ""


def test_a_program_is_started_after_it_is_installed() -> None:
    programs = tuple(EntryPoint(f"w{n}", f"w:main{n}", HERE) for n in range(3))
    assert typed(with_root(entry_points=programs)) == ["pip install .", "w0", "w1"]


def test_npm_puts_no_program_on_the_path() -> None:
    programs = (EntryPoint("w", "cli.js", HERE),)
    facts = with_root(kind="package.json", install="npm install", entry_points=programs)
    assert typed(facts) == ["npm install"]


def test_a_library_says_what_it_offers() -> None:
    facts = Facts("r", manifests=(ROOT,), modules=(Module("w/__init__.py", "w", "Python", is_package=True),))
    assert typed(facts) == ["pip install .", "python -m pydoc w"]


@pytest.mark.parametrize(
    ("path", "kind", "group", "needs"),
    [
        ("pyproject.toml", "pyproject", "extra dev", ["pip install .[dev]"]),
        ("pyproject.toml", "pyproject", "group dev", []),
        ("pyproject.toml", "pyproject", "", []),
        ("inner/pyproject.toml", "pyproject", "extra dev", []),
        ("requirements/dev.txt", "requirements", "", ["pip install -r requirements/dev.txt"]),
    ],
)
def test_what_the_tests_need_comes_before_them(path: str, kind: str, group: str, needs: list[str]) -> None:
    own = Manifest(path, kind, dependencies=(Dependency("pytest", ">=8", group, HERE),))
    facts = Facts("r", manifests=(Manifest(**{**vars(ROOT), "commands": (TEST,)}), own))
    assert typed(facts) == ["pip install .", *needs, "pytest"]


@pytest.mark.parametrize(
    "name",
    ["w; rm -rf ~", "$(id)", "`id`", "w\nid", "w && id", "w | sh", "w > x", "-rf", "w'", "w # x", "\u202ew"],
)
def test_nothing_that_a_shell_would_read_otherwise_is_typed(name: str) -> None:
    commands = (Command(name, "test", "", HERE),)
    facts = with_root(entry_points=(EntryPoint(name, "w:main", HERE),), commands=commands)
    assert typed(facts) == ["pip install ."]
