"""Makefiles and justfiles: the commands that anyone can give, and what they do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.docgen.manifests.support import facts_of

if TYPE_CHECKING:
    from pathlib import Path

    from tests.docgen.support import Files


def commands_of(folder: Path, files: Files) -> dict[str, str]:
    found = facts_of(folder, files).manifests
    return {command.run: command.does for manifest in found for command in manifest.commands}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("define HELP\ntest: runs the tests\nendef\nhelp:\n\t@echo $(HELP)\n", {"make help": "echo $(HELP)"}),
        ("build:\n\techo one\n\n# and\n\techo two\n", {"make build": ""}),
        ("test check:\n\tpytest\n", {"make test": "pytest", "make check": "pytest"}),
        ("lint::\n\truff\n", {"make lint": "ruff"}),
        ("ifdef CI\nserve:\n\trun\nendif\nfmt:\n\tblack\n", {"make fmt": "black"}),
        ("fmt: X = 1\nfmt:\n\t# a comment\n\tblack .\n", {"make fmt": "black ."}),
        ("a:\n\tx \\\n\t  y\n", {"make a": ""}),
        ("%.o: %.c\n\tcc\n$(OUT): a\n\tcp\n.PHONY: b\nX := a\n", {}),
        ("all: build ## Everything\n", {"make all": "Everything"}),
        ("all: build # not shown\n\techo\n", {"make all": "echo"}),
        ("b: ; echo hi\n", {"make b": "echo hi"}),
    ],
)
def test_makefiles(tmp_path: Path, text: str, expected: dict[str, str]) -> None:
    assert commands_of(tmp_path, {"Makefile": text}) == expected


def test_make_reads_one_file_of_a_folder(tmp_path: Path) -> None:
    files: Files = {"GNUmakefile": "a:\n\tx\n", "Makefile": "b:\n\ty\n", "sub/Makefile": "c:\n\tz\n"}
    assert commands_of(tmp_path, files) == {"make a": "x", "make -C sub c": "z"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("test suite:\n  pytest {{suite}}\n", {}),
        ("test suite='all' *rest: build\n  x\n", {"just test": ""}),
        ('fetch url="https://a.example":\n  x\n', {"just fetch": ""}),
        ("many +files:\n  x\n", {}),
        ("[private]\nhidden:\n  x\n_own:\n  x\n", {}),
        ("# Builds it\n[group('a')]\nbuild:\n  x\n", {"just build": "Builds it"}),
        ("text := '''\nlint: no recipe\n'''\nfmt:\n  x\n", {"just fmt": ""}),
        ("set shell := ['bash', '-c']\nalias b := build\n", {}),
    ],
)
def test_justfiles(tmp_path: Path, text: str, expected: dict[str, str]) -> None:
    assert commands_of(tmp_path, {"justfile": text}) == expected


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("pyproject.toml", "[tool.pdm.scripts]\n_.env_file = '.env'\nrun = 'x'\n", {"pdm run run": "x"}),
        ("pyproject.toml", "[tool.poe.tasks]\n_private = 'x'\n", {}),
        (
            "package.json",
            '{"scripts": {"test": "echo \\"Error: no test specified\\" && exit 1", "start": "node ."}}',
            {"npm start": "node ."},
        ),
    ],
)
def test_scripts_that_nobody_should_start(
    tmp_path: Path, path: str, text: str, expected: dict[str, str]
) -> None:
    assert commands_of(tmp_path, {path: text}) == expected


@pytest.mark.parametrize("unwanted", ["[tool.poetry]\npackage-mode = false", "[tool.uv]\npackage = false"])
def test_what_is_no_package_is_not_installed(tmp_path: Path, unwanted: str) -> None:
    text = f'[build-system]\nrequires = []\n[project]\nname = "w"\n{unwanted}\n'
    (found,) = facts_of(tmp_path, {"pyproject.toml": text}).manifests
    assert found.install == ""
