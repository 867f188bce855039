"""What is read from manifests and scripts, in tables of cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from docgen.contract import Options
from docgen.deadline import Deadline
from docgen.facts.read import read_facts
from docgen.source.tree import read_tree

from tests.docgen.support import Files, write

if TYPE_CHECKING:
    from pathlib import Path

    from docgen.facts.model import Facts, Manifest


def facts_of(folder: Path, files: Files) -> Facts:
    write(folder, files)
    return read_facts(read_tree(folder, Options(), Deadline(60)), "acme/widget", Deadline(60))


def manifest(folder: Path, path: str, text: str) -> Manifest:
    (found,) = facts_of(folder, {path: text}).manifests
    return found


_POETRY = (
    '[tool.poetry]\nname = "w"\ndescription = "d"\nlicense = "MIT"\n[tool.poetry.dependencies]\n'
    'python = "^3.11"\nrich = {version = ">=1", optional = true}\n[tool.poetry.group.dev.dependencies]\n'
    'pytest = "*"\n'
)
_CFG = (
    "[metadata]\nname = w\ndescription = file: x\n[options]\npython_requires = >=3.8\ninstall_requires =\n"
    "    rich>=1\n[options.extras_require]\ndev =\n    pytest\n"
)
_SETUP = (
    "from setuptools import setup\nsetup(name='w', description=VAR, python_requires='>=3.8',\n"
    "    install_requires=['rich>=1'], extras_require={'dev': ['pytest']})\n"
)


@pytest.mark.parametrize(
    ("path", "text", "requires", "dependencies"),
    [
        ("pyproject.toml", _POETRY, "Python ^3.11", {("rich", ">=1", ""), ("pytest", "*", "group dev")}),
        ("setup.cfg", _CFG, "Python >=3.8", {("rich", ">=1", ""), ("pytest", "", "extra dev")}),
        ("setup.py", _SETUP, "Python >=3.8", {("rich", ">=1", ""), ("pytest", "", "extra dev")}),
        (
            "package.json",
            (
                '{"name": "w", "engines": {"node": ">=20"}, "dependencies": {"a": "^1"},'
                ' "devDependencies": {"b": "2"}}'
            ),
            "Node.js >=20",
            {("a", "^1", ""), ("b", "2", "development")},
        ),
        (
            "Cargo.toml",
            '[package]\nname = "w"\nrust-version = "1.80"\n[dependencies]\na = "1"\nb = { version = "2" }\n',
            "Rust 1.80",
            {("a", "1", ""), ("b", "2", "")},
        ),
        (
            "go.mod",
            "module w\n\ngo 1.22\n\nrequire (\n\ta.example/x v1.2.3\n\tb.example/y v0.1.0 // indirect\n)\n",
            "Go 1.22",
            {("a.example/x", "v1.2.3", "")},
        ),
        (
            "requirements-dev.txt",
            "-r x.txt\nrich[all]>=1 # why\n# no\nhttps://a/b\n",
            "",
            {("rich[all]", ">=1", "dev")},
        ),
    ],
)
def test_dependencies(
    tmp_path: Path, path: str, text: str, requires: str, dependencies: set[tuple[str, str, str]]
) -> None:
    found = manifest(tmp_path, path, text)
    assert {(item.name, item.constraint, item.group) for item in found.dependencies} == dependencies
    assert found.requires == requires
    assert found.name == ("" if path.startswith("req") else "w")
    lines = text.split("\n")
    assert all(item.name.partition("[")[0] in lines[item.place.line - 1] for item in found.dependencies)


@pytest.mark.parametrize(
    ("before", "names"),
    [
        ("needs = ['rich>=1', 'httpx']", ["rich", "httpx"]),
        ("needs = ['rich']\nprint(needs)", ["rich"]),
        ("needs = ['rich']\nneeds += read()", []),
        ("needs = ['rich']\nif X:\n    needs.append('httpx')", []),
        ("needs = ['rich']\nif X:\n    needs = ['httpx']", []),
        ("needs = ['rich']\nneeds[:] = read()", []),
        ("needs = ['rich']\nfrom helper import needs", []),
        ("if X:\n    needs = ['rich']", []),
        ("needs = read()", []),
        ("needs = other = ['rich']\nother.append('httpx')", []),
    ],
)
def test_setup_py_names_a_list_that_is_written_out_once(
    tmp_path: Path, before: str, names: list[str]
) -> None:
    found = manifest(tmp_path, "setup.py", f"{before}\nsetup(name='w', install_requires=needs)\n")
    assert [item.name for item in found.dependencies] == names


def test_every_keyword_of_setup_py_may_be_a_name(tmp_path: Path) -> None:
    text = (
        "NAME = 'w'\nWHAT = 'Turns.'\nPYTHON = '>=3.8'\nEXTRAS = {'dev': ['pytest']}\n"
        "setup(name=NAME, description=WHAT, python_requires=PYTHON, extras_require=EXTRAS)\n"
    )
    found = manifest(tmp_path, "setup.py", text)
    assert (found.name, found.description, found.requires) == ("w", "Turns.", "Python >=3.8")
    assert [(item.name, item.group) for item in found.dependencies] == [("pytest", "extra dev")]


@pytest.mark.parametrize(
    ("path", "text", "commands"),
    [
        (
            "Makefile",
            "CC := x\ntest: a ## Run it\n\tpytest\na.o: b\n.PHONY: test\nlint:\n\t@ruff check\n",
            {"make test": "Run it", "make lint": "ruff check"},
        ),
        ("sub/Makefile", "all:\n\ta\n\tb\n", {"make -C sub all": ""}),
        ("justfile", "# Run the tests\ntest *args:\n  pytest\nx := 'y'\n", {"just test": "Run the tests"}),
        ("tox.ini", "[tox]\nenvlist = py\n", {"tox": ""}),
        ("pytest.ini", "[pytest]\naddopts = -q\n", {"pytest": ""}),
        (
            "noxfile.py",
            'import nox\n@nox.session(name="t")\ndef tests(s):\n    """Run."""\n',
            {"nox -s t": "Run."},
        ),
        (
            "pyproject.toml",
            "[tool.pytest.ini_options]\n[tool.pdm.scripts]\ndev = 'x y'\n",
            {"pytest": "", "pdm run dev": "x y"},
        ),
        (
            "pyproject.toml",
            "[tool.hatch.envs.default.scripts]\nt = 'pytest'\n[tool.hatch.envs.docs.scripts]\nb = 'mk'\n",
            {"hatch run t": "pytest", "hatch run docs:b": "mk"},
        ),
        (
            "package.json",
            '{"scripts": {"test": "mocha", "lint": "eslint"}}',
            {"npm test": "mocha", "npm run lint": "eslint"},
        ),
        ("package.json", '{"packageManager": "pnpm@9", "scripts": {"test": "x"}}', {"pnpm run test": "x"}),
        ("setup.cfg", "[tool:pytest]\naddopts = -q\n", {"pytest": ""}),
        ("Cargo.toml", '[package]\nname = "w"\n', {"cargo build": "", "cargo test": ""}),
        ("go.mod", "module example.org/w\n", {"go build ./...": ""}),
    ],
)
def test_commands(tmp_path: Path, path: str, text: str, commands: dict[str, str]) -> None:
    found = manifest(tmp_path, path, text)
    assert {command.run: command.does for command in found.commands} == commands


@pytest.mark.parametrize(
    ("path", "text", "points"),
    [
        (
            "pyproject.toml",
            '[project]\nname = "w"\n[project.scripts]\nw = "w.cli:main"\n',
            {"w": "w.cli:main"},
        ),
        ("setup.cfg", "[options.entry_points]\nconsole_scripts =\n  w = w:main\n", {"w": "w:main"}),
        ("setup.py", "setup(entry_points={'console_scripts': ['w=w:main']})\n", {"w": "w:main"}),
        ("package.json", '{"name": "@acme/w", "bin": "cli.js"}', {"w": "cli.js"}),
        ("package.json", '{"name": "w", "bin": {"x": "x.js", "y": 1}}', {"x": "x.js"}),
        ("Cargo.toml", '[package]\nname = "w"\n[[bin]]\nname = "x"\npath = "src/x.rs"\n', {"x": "src/x.rs"}),
    ],
)
def test_entry_points(tmp_path: Path, path: str, text: str, points: dict[str, str]) -> None:
    found = manifest(tmp_path, path, text)
    assert {point.name: point.target for point in found.entry_points} == points


@pytest.mark.parametrize(
    ("said", "files", "points"),
    [
        ("", ["src/main.rs"], {"w": "src/main.rs"}),
        ("", ["src/lib.rs"], {}),
        ("", ["src/bin/x.rs", "src/bin/y/main.rs"], {"x": "src/bin/x.rs", "y": "src/bin/y/main.rs"}),
        ("autobins = false\n", ["src/main.rs", "src/bin/x.rs"], {}),
        ('[[bin]]\nname = "w"\n', ["src/main.rs"], {"w": "src/main.rs"}),
        ('[[bin]]\nname = "z"\n', ["src/lib.rs"], {}),
    ],
)
def test_programs_that_cargo_finds_by_itself(
    tmp_path: Path, said: str, files: list[str], points: dict[str, str]
) -> None:
    text = f'[package]\nname = "w"\n{said}'
    sources: Files = dict.fromkeys(files, "")
    (found,) = facts_of(tmp_path, {"Cargo.toml": text, **sources}).manifests
    assert {point.name: point.target for point in found.entry_points} == points
    assert found.install == ("cargo install --path ." if points else "")


def test_go_is_tested_where_there_are_tests(tmp_path: Path) -> None:
    files: Files = {"go.mod": "module example.org/w\n", "a/b_test.go": "package a\n"}
    (found,) = facts_of(tmp_path, files).manifests
    assert [command.run for command in found.commands] == ["go build ./...", "go test ./..."]


@pytest.mark.parametrize(
    ("written", "constraint"),
    [
        ("a>=1; b != 'c' and (d != 'e' and f != 'g')", ">=1; b != 'c' and (d != 'e' and f != 'g')"),
        ("a (>=1,<2)", ">=1,<2"),
        ("a (>=1) ; b == 'c'", ">=1; b == 'c'"),
        ("a", ""),
    ],
)
def test_brackets_of_a_requirement(tmp_path: Path, written: str, constraint: str) -> None:
    (found,) = manifest(tmp_path, "requirements.txt", f"{written}\n").dependencies
    assert (found.name, found.constraint) == ("a", constraint)


def test_the_line_of_a_program_is_that_of_its_declaration(tmp_path: Path) -> None:
    text = "[metadata]\nname = w\n[options.entry_points]\nconsole_scripts =\n  w = w:main\n"
    (point,) = manifest(tmp_path, "setup.cfg", text).entry_points
    assert point.place.line == 5


@pytest.mark.parametrize(
    "path",
    ["tests/package.json", "examples/pyproject.toml", "docs_src/package.json", "node_modules/a/package.json"],
)
def test_manifests_of_tests_and_examples_say_nothing(tmp_path: Path, path: str) -> None:
    assert facts_of(tmp_path, {path: '{"name": "x"}'}).manifests == ()


_APACHE = "License :: OSI Approved :: Apache Software License"
_MIT = "License :: OSI Approved :: MIT License"


@pytest.mark.parametrize(
    ("declared", "name"),
    [
        ("license = 'MIT'", "MIT"),
        ("license = {text = 'Apache-2.0'}", "Apache-2.0"),
        (f"license = '{_APACHE}'", "Apache Software License"),
        (f"license = {{text = '{_APACHE}'}}", "Apache Software License"),
        (f"license = {{text = '{_APACHE} {_MIT}'}}", ""),
        (f"license = {{text = '{'long ' * 20}'}}", ""),
        (f"classifiers = ['{_MIT}', 'Topic :: X']", "MIT License"),
        (f"classifiers = ['{_MIT}', '{_APACHE}']", ""),
    ],
)
def test_the_declared_licence(tmp_path: Path, declared: str, name: str) -> None:
    assert manifest(tmp_path, "pyproject.toml", f"[project]\nname = 'w'\n{declared}\n").license == name


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("MIT License\n\nx", "MIT License"),
        ("\n  Apache License\n", "Apache License"),
        ("Copyright (c) X\n", ""),
    ],
)
def test_the_licence_file(tmp_path: Path, text: str, title: str) -> None:
    found = facts_of(tmp_path, {"LICENSE": text})
    assert (found.license_file, found.license_title) == ("LICENSE", title)


def test_languages_count_lines_that_are_not_blank(tmp_path: Path) -> None:
    files: Files = {
        "a.py": "x = 1\n\n\ny = 2\n",
        "b.js": "z\n",
        "node_modules/c.js": "z\n" * 9,
        "d.md": "# D\n",
    }
    assert facts_of(tmp_path, files).languages == {"Python": 2, "JavaScript": 1}
