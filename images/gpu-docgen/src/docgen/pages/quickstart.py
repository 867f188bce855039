"""From a checkout to something that runs: the few lines that a newcomer types first."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docgen.pages.markdown import fence
from docgen.pages.overview import first_commands, root_entry_points

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docgen.facts.model import Command, Facts, Manifest
    from docgen.messages import Catalogue

_MAX_PROGRAMS = 2
# Manifests whose installation fetches what the project needs and puts nothing on the path.
_FETCHING = frozenset({"package.json", "composer.json"})
# Manifests of languages that have to be built before anything runs.
_BUILDING = frozenset({"pom", "gradle", "cmake"})
_BUILDS = {"setup": "quickstart.prepares", "build": "quickstart.builds"}
_TESTS = frozenset({"test", "tests"})
# What may stand in a block that people paste into a shell: no quotes, substitutions or separators.
_PLAIN = re.compile(r"[A-Za-z0-9@./_][\w@.,:/=\[\] -]{0,79}", re.ASCII)


@dataclass(frozen=True)
class Step:
    """A line to type, and what it is for."""

    run: str
    why: str


def quick_start(words: Catalogue, facts: Facts) -> str:
    """The steps as a code block; empty where the repository declares none."""
    found = [step for step in _steps(words, facts) if _PLAIN.fullmatch(step.run)]
    width = max((len(step.run) for step in found), default=0)
    return fence("\n".join(f"{step.run:<{width}}  # {step.why}" for step in found), "sh") if found else ""


def _steps(words: Catalogue, facts: Facts) -> Iterator[Step]:
    root = facts.root
    if root and root.install:
        key = "quickstart.install_needs" if root.kind in _FETCHING else "quickstart.install"
        yield Step(root.install, words.text(key))
        yield from _use(words, facts, root)
    for item in root.commands if root and root.kind in _BUILDING else ():
        if item.name in _BUILDS:
            yield Step(item.run, words.text(_BUILDS[item.name]))
    tests = [item for item in first_commands(facts, limit=99) if item.name in _TESTS]
    if tests:
        first = min(tests, key=_is_bare)
        asked = [first] if _is_bare(first) else [first, *tests]
        if needs := next(filter(None, (_test_needs(facts, test) for test in asked)), ""):
            yield Step(needs, words.text("quickstart.test_needs"))
        yield Step(first.run, words.text("quickstart.tests"))


def _is_bare(test: Command) -> bool:
    """Whether a test runner is called as it is: a recipe knows what it has to be called with."""
    return not test.run.startswith(("make ", "just "))


def _use(words: Catalogue, facts: Facts, root: Manifest) -> Iterator[Step]:
    """Programs where the installation puts them on the path, else the help of the only package."""
    if root.kind in _FETCHING:
        return
    programs = root_entry_points(facts)[:_MAX_PROGRAMS]
    for point in programs:
        if "\n" not in point.target:
            yield Step(point.name, words.text("quickstart.starts", target=point.target))
    packages = [
        m.name for m in facts.modules if m.is_package and "." not in m.name and m.language == "Python"
    ]
    if not programs and len(packages) == 1:
        yield Step(f"python -m pydoc {packages[0]}", words.text("quickstart.help"))


def _test_needs(facts: Facts, test: Command) -> str:
    """How to install the program that runs the tests, where the repository declares it as a need."""
    programs = {text.partition(" ")[0] for text in (test.run, test.does)}
    for manifest in facts.manifests:
        for item in manifest.dependencies:
            if item.name not in programs:
                continue
            if manifest.kind == "requirements":
                return f"pip install -r {manifest.path}"
            if item.group.startswith("extra ") and not manifest.folder:
                return f"pip install .[{item.group.removeprefix('extra ')}]"
    return ""
