"""Workspaces: the members are the folders that exist, and their manifests are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.docgen.manifests.support import facts_of

if TYPE_CHECKING:
    from pathlib import Path

    from tests.docgen.support import Files

_CARGO = '[workspace]\nmembers = ["crates/*", "tools/one", "gone"]\nexclude = ["crates/old"]\n'
_UV = '[tool.uv.workspace]\nmembers = ["libs/*"]\nexclude = ["libs/old"]\n'
_PACKAGE = '[package]\nname = "x"\n'
_PROJECT = '[project]\nname = "x"\n'


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (
            {
                "package.json": '{\n "workspaces": ["packages/*", "./site/", "!packages/old"]}',
                "packages/a/package.json": '{"name": "a"}',
                "packages/a/deep/package.json": "{}",
                "packages/old/package.json": "{}",
                "packages/empty/index.js": "",
                "site/package.json": "{}",
                "other/package.json": "{}",
            },
            ("npm", ("packages/a", "site"), "package.json", 2),
        ),
        (
            {
                "package.json": '{"workspaces": {"packages": ["p/**"]}, "packageManager": "yarn@4"}',
                "p/a/package.json": "{}",
                "p/b/c/package.json": "{}",
            },
            ("yarn", ("p/a", "p/b/c"), "package.json", 0),
        ),
        (
            {
                "pnpm-workspace.yaml": "# members\npackages:\n  - 'p/*'\n  - '!p/b'\n",
                "p/a/package.json": "{}",
                "p/b/package.json": "{}",
            },
            ("pnpm", ("p/a",), "pnpm-workspace.yaml", 2),
        ),
        (
            {
                "Cargo.toml": _CARGO,
                "crates/a/Cargo.toml": _PACKAGE,
                "crates/old/Cargo.toml": _PACKAGE,
                "tools/one/Cargo.toml": _PACKAGE,
                "tools/two/Cargo.toml": _PACKAGE,
            },
            ("cargo", ("crates/a", "tools/one"), "Cargo.toml", 1),
        ),
        (
            {
                "go.work": "go 1.22\n\nuse (\n\t./a // first\n\t./gone\n)\nuse ./b\n// use ./c\n",
                "a/go.mod": "module a\n",
                "b/go.mod": "module b\n",
                "c/go.mod": "module c\n",
            },
            ("go", ("a", "b"), "go.work", 4),
        ),
        (
            {"pyproject.toml": _UV, "libs/a/pyproject.toml": _PROJECT, "libs/old/pyproject.toml": _PROJECT},
            ("uv", ("libs/a",), "pyproject.toml", 1),
        ),
    ],
)
def test_members(tmp_path: Path, files: Files, expected: tuple[str, tuple[str, ...], str, int]) -> None:
    (found,) = facts_of(tmp_path, files).workspaces
    assert (found.tool, found.members, found.place.path, found.place.line) == expected


@pytest.mark.parametrize(
    "files",
    [
        {"package.json": '{"workspaces": ["packages/*"]}', "packages/a/index.js": ""},
        {"package.json": '{"workspaces": ["../*"]}', "a/package.json": "{}"},
        {"package.json": '{"workspaces": "a"}', "a/package.json": "{}"},
        {"Cargo.toml": _PACKAGE, "a/Cargo.toml": _PACKAGE},
        {"pnpm-workspace.yaml": "packages: [", "a/package.json": "{}"},
        {"examples/go.work": "use ./a\n", "examples/a/go.mod": "module a\n"},
    ],
)
def test_no_workspace(tmp_path: Path, files: Files) -> None:
    assert facts_of(tmp_path, files).workspaces == ()


def test_the_manifests_of_members_are_read(tmp_path: Path) -> None:
    files: Files = {"Cargo.toml": _CARGO, "crates/a/Cargo.toml": _PACKAGE}
    assert [manifest.name for manifest in facts_of(tmp_path, files).manifests] == ["", "x"]
