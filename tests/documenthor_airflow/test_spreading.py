"""A night's pull requests wait for their turn in the triggerer, and the run for the rest for its own."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

from tests.documenthor_airflow.conftest import PROJECT, environment

if TYPE_CHECKING:
    from pathlib import Path

_WORKS = ["works"] * 3


def test_a_nights_pull_requests_are_spread_and_nothing_else_is(migrated: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.documenthor_airflow.spreading"],
        env=environment(migrated),
        cwd=PROJECT,
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert json.loads(done.stdout.splitlines()[-1]) == {
        "night": ["works", "take_turn True", "take_turn True"],
        "commit": "works",
        "asked": _WORKS,
        "sibling": [True, None],
        "sibling_asked": None,
        "turn": "works",
        "one run": _WORKS,
        "sibling_one": None,
        "cancelled": "cancelled",
    }
