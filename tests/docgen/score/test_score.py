"""The order of good and bad documentation, and what no trick may reach."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.docgen.score import rivals
from tests.docgen.score.support import scored, world_of
from tests.docgen.support import PACKAGE, Files, write
from tests.docgen.test_stability import REPOSITORIES

if TYPE_CHECKING:
    from tests.docgen.score.world import World

PROJECT = Path(__file__).parents[3]
GENERATOR = PROJECT / "images" / "gpu-docgen"
MINIMUM = 85
TINY: dict[str, Files] = {
    "one module": {"tool.py": '"""Adds."""\n\n\ndef add(a: int, b: int = 0) -> int:\n    """Add."""\n'},
    "no word of prose": {"tool.py": "def add(a, b=0):\n    return a + b\n"},
    "one script": {"run.sh": "#!/bin/sh\necho done\n"},
    "only a readme": {"README.md": "# Hello\n\nWritten by a person.\n"},
}


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> World:
    """This project without the generator, whose sources hold the sentences of every page it writes."""
    folder = tmp_path_factory.mktemp("own")
    shutil.copytree(PROJECT / "include", folder / "include", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("LICENSE", "Makefile", "pyproject.toml", "requirements.in"):
        shutil.copy(PROJECT / name, folder)
    return world_of(folder)


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> World:
    """Another repository."""
    folder = tmp_path_factory.mktemp("widget")
    write(folder, PACKAGE)
    return world_of(folder)


def test_documentation_is_ranked_by_what_it_is_worth(own: World, other: World) -> None:
    ranking = {
        "ours": own.pages,
        "symbol dump": rivals.symbol_dump(own),
        "bare template": rivals.template(own),
        "another repository's": other.pages,
        "padding": rivals.padding(own),
    }
    found = {name: scored(own, dict(pages)).total for name, pages in ranking.items()}
    assert sorted(found, key=lambda name: -found[name]) == list(ranking)
    assert len(set(found.values())) == len(found), found
    assert found["ours"] >= MINIMUM > 50 > found["symbol dump"], found


@pytest.mark.parametrize("name", rivals.ADVERSARIAL)
def test_no_trick_reaches_fifty(own: World, other: World, name: str) -> None:
    for world in (own, other):
        assert scored(world, rivals.ADVERSARIAL[name](world)).total < 50


@pytest.mark.parametrize("name", ["package", "javascript", "one script", "docs that is a file", *TINY])
def test_the_generators_pages_reach_the_minimum(tmp_path: Path, name: str) -> None:
    write(tmp_path, TINY.get(name) or REPOSITORIES[name])
    world = world_of(tmp_path)
    assert world.score is not None
    assert world.score >= MINIMUM


def test_a_bundle_holds_the_score_of_its_pages(other: World) -> None:
    assert other.score == scored(other).total


def test_without_pages_there_is_no_score(tmp_path: Path) -> None:
    write(tmp_path, {"data.bin": b"\0\1"})
    assert world_of(tmp_path).score is None


def test_more_of_the_same_changes_nothing(own: World) -> None:
    """What is said twice counts once: in no component does repetition pay."""
    copies = {f"copies/{path}": text for path, text in own.pages.items()}
    before, after = scored(own), scored(own, {**own.pages, **copies})
    assert all(after.components[name] <= value + 0.001 for name, value in before.components.items())


def test_true_words_do_not_outweigh_false_ones(own: World) -> None:
    """One false statement beside seven true ones is too many, however large the repository."""
    many = scored(own).supported // 14
    wrong = "\n".join(f"Call `made_up_{number}()` in `src/made/up_{number}.py`." for number in range(many))
    spoiled = scored(own, {**own.pages, "docs/more.md": f"# More\n\n{wrong}\n"})
    assert spoiled.contradicted >= 2 * many
    assert spoiled.total < MINIMUM
