"""Workflow steps: those that build, test or lint, as they are written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from docgen.pages.overview import ci_commands, commands

from tests.docgen.manifests.support import facts_of

if TYPE_CHECKING:
    from pathlib import Path


def _workflow(step: str) -> str:
    return f"name: CI\njobs:\n  test:\n    steps:\n      - {step}\n"


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        ("{name: Test it, run: pytest -q}", ["pytest -q"]),
        ("run: |\n          npm ci\n          npm run build:all\n", ["npm ci\nnpm run build:all"]),
        ("run: cd web && npm test", ["cd web && npm test"]),
        ("run: cargo build --release", ["cargo build --release"]),
        ("run: go vet ./...", ["go vet ./..."]),
        ("run: make lint", ["make lint"]),
        ("run: uv run --frozen pytest", []),  # which tool is meant, the options hide
        ("run: make publish", []),
        ("run: npm install", []),
        ("run: echo pytest", []),
        ("run: pytest-bot greet", ["pytest-bot greet"]),
        ("run: pytest ${{ matrix.args }}", []),
        ("{run: pytest $ARGS, env: {ARGS: '${{ secrets.ARGS }}'}}", []),
        ("{run: pytest, working-directory: web}", []),
        ("{run: pytest, if: false}", []),
        ("{run: pytest, if: '${{ false }}'}", []),
        ("{run: pytest, if: always()}", ["pytest"]),
        ("run: make test && twine upload dist/*", []),
        ("uses: actions/checkout@v4", []),
        ("# run: pytest", []),
    ],
)
def test_steps(tmp_path: Path, step: str, expected: list[str]) -> None:
    facts = facts_of(tmp_path, {".github/workflows/ci.yml": _workflow(step)})
    assert [command.run for command in ci_commands(facts)] == expected
    assert commands(facts) == []


@pytest.mark.parametrize(
    ("root", "job", "expected"),
    [
        ("defaults: {run: {working-directory: web}}\n", "", []),
        ("", "    defaults: {run: {working-directory: web}}\n", []),
        ("", "    if: false\n", []),
        ("defaults: {run: {shell: bash}}\n", "    if: github.ref == 'x'\n", ["pytest"]),
    ],
)
def test_what_holds_for_all_steps(tmp_path: Path, root: str, job: str, expected: list[str]) -> None:
    text = f"name: CI\n{root}jobs:\n  test:\n{job}    steps:\n      - run: pytest\n"
    facts = facts_of(tmp_path, {".github/workflows/ci.yml": text})
    assert [command.run for command in ci_commands(facts)] == expected


def test_the_step_and_its_place_are_known(tmp_path: Path) -> None:
    text = _workflow("name: Run ${{ matrix.what }}\n        run: tox\n      - name: Run it\n        run: nox")
    first, second = ci_commands(facts_of(tmp_path, {".github/workflows/ci.yml": text}))
    assert (first.name, second.name) == ("", "Run it")
    assert (second.place.path, second.place.line) == (".github/workflows/ci.yml", 8)


@pytest.mark.parametrize("path", ["workflows/ci.yml", ".github/ci.yml", ".github/workflows/ci.txt"])
def test_other_files_are_no_workflows(tmp_path: Path, path: str) -> None:
    assert ci_commands(facts_of(tmp_path, {path: _workflow("run: pytest")})) == []


def test_a_file_that_is_no_yaml_says_nothing(tmp_path: Path) -> None:
    assert ci_commands(facts_of(tmp_path, {".github/workflows/ci.yml": "jobs: ["})) == []
