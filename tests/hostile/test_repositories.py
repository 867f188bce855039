"""Every hostile repository of the table, all the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.hostile.checks import problems
from tests.hostile.journey import IN_ENVIRONMENT, sampled, site, travel
from tests.hostile.repositories import REPOSITORIES

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("name", sampled(REPOSITORIES, 12))
def test_nothing_of_a_repository_takes_effect(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    monkeypatch.setenv("DATABASE_PASSWORD", IN_ENVIRONMENT)
    made, hostile = site(tmp_path), REPOSITORIES[name]
    commit = hostile.build(made) or made.push()
    found = travel(made, commit, capsys)
    assert problems(found) == []
    assert found.ends == [hostile.expects]
