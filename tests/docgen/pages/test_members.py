"""The packages of a workspace, on the page about the architecture and in the commands of its members."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.docgen.support import Files, bundle_of, pages

if TYPE_CHECKING:
    from pathlib import Path

_SPACES: dict[str, tuple[Files, list[str]]] = {
    "pnpm": (
        {
            "pnpm-workspace.yaml": "packages:\n  - 'p/*'\n",
            "pnpm-lock.yaml": "",
            "package.json": '{"name": "whole"}',
            "p/a/package.json": '{"name": "@x/a", "description": "Cuts wood.", "scripts": {"build": "tsc"}}',
            "p/a/index.js": "exports.cut = function (wood) {}\n",
            "q/package.json": '{"name": "@x/q"}',
        },
        ["`@x/a` | Cuts wood. | [p/a/package.json](../p/a/package.json) | [pnpm-workspace.yaml]"],
    ),
    "cargo": (
        {
            "Cargo.toml": "[package]\nname = 'top'\n[workspace]\nmembers = ['c/*']\n",
            "src/lib.rs": "pub fn top() {}\n",
            "c/a/Cargo.toml": "[package]\nname = 'a'\n",
            "c/a/src/lib.rs": "pub fn cut() {}\n",
        },
        ["`a` | [c/a/Cargo.toml](../c/a/Cargo.toml) | [Cargo.toml]"],
    ),
}


@pytest.mark.parametrize("name", _SPACES)
def test_members_are_listed(tmp_path: Path, name: str) -> None:
    files, rows = _SPACES[name]
    page = pages(bundle_of(tmp_path, files))["docs/ARCHITECTURE.md"]
    section = page.partition("## Packages\n")[2].partition("\n## ")[0]
    found = [line for line in section.split("\n") if line.startswith("| `")]
    assert len(found) == len(rows)
    assert all(row in line for row, line in zip(rows, found, strict=True))


def test_a_member_is_built_by_the_manager_of_the_whole(tmp_path: Path) -> None:
    page = pages(bundle_of(tmp_path, _SPACES["pnpm"][0]))["docs/configuration.md"]
    assert "`pnpm run build`" in page
    assert "npm run build" not in page.replace("pnpm run build", "")


def test_without_a_workspace_there_are_no_packages(tmp_path: Path) -> None:
    files: Files = {"package.json": '{"name": "a"}', "index.js": "exports.cut = function (wood) {}\n"}
    assert "## Packages" not in pages(bundle_of(tmp_path, files))["docs/ARCHITECTURE.md"]
