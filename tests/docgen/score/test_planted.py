"""Errors planted in finished pages are found; untouched pages raise no alarm."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.docgen.score.mutations import SEMANTIC, TABLE
from tests.docgen.score.support import Trial, trial, world_of
from tests.docgen.score.test_score import GENERATOR
from tests.docgen.support import PACKAGE, write


@pytest.fixture(scope="module")
def trials(tmp_path_factory: pytest.TempPathFactory) -> list[Trial]:
    """Errors in the pages of the generator's own sources and of a small package."""
    folder = tmp_path_factory.mktemp("widget")
    write(folder, PACKAGE)
    return [trial(world_of(GENERATOR), 15, 6), trial(world_of(folder), 2, 0)]


def test_every_kind_is_planted(trials: list[Trial]) -> None:
    planted = Counter[str]()
    for one in trials:
        planted += one.planted
    assert set(planted) == {planter.kind for planter in TABLE}
    assert planted.total() >= 95


def test_planted_errors_are_found(trials: list[Trial]) -> None:
    planted = sum(n for one in trials for kind, n in one.planted.items() if kind not in SEMANTIC)
    found = sum(n for one in trials for kind, n in one.found.items() if kind not in SEMANTIC)
    assert found >= 0.95 * planted, [error for one in trials for error in one.missed]


def test_most_changes_of_meaning_are_found(trials: list[Trial]) -> None:
    planted = sum(n for one in trials for kind, n in one.planted.items() if kind in SEMANTIC)
    found = sum(n for one in trials for kind, n in one.found.items() if kind in SEMANTIC)
    assert found >= 0.8 * planted, [error for one in trials for error in one.missed]


def test_untouched_pages_raise_no_alarm(trials: list[Trial]) -> None:
    statements = sum(one.statements for one in trials)
    assert statements > 1000
    assert sum(one.false_alarms for one in trials) <= 0.03 * statements
