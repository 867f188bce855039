"""Configuration files: only those that are there, with what reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.docgen.manifests.support import facts_of

if TYPE_CHECKING:
    from pathlib import Path

    from tests.docgen.support import Files


def test_files_that_are_there(tmp_path: Path) -> None:
    files: Files = {
        "ruff.toml": "line-length = 100\n",
        "web/tsconfig.build.json": "{}\n",
        ".github/dependabot.yml": "version: 2\n",
        "docs/ruff.toml": "x = 1\n",
        "Dockerfile.md": "About the Dockerfile.\n",
        "my-ruff.toml": "x = 1\n",
        "node_modules/a/tsconfig.json": "{}\n",
        "web/dependabot.yml": "version: 2\n",
    }
    found = [(file.path, file.does) for file in facts_of(tmp_path, files).config_files]
    assert found == [
        ("ruff.toml", "Ruff"),
        (".github/dependabot.yml", "Dependabot"),
        ("web/tsconfig.build.json", "TypeScript"),
    ]
