"""A forge's folder and a repository in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.documenthor.forge.support import Place, make

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An empty forge."""
    folder = tmp_path / "forge"
    folder.mkdir()
    return folder


@pytest.fixture
def place(root: Path) -> Place:
    """A bare repository with some source."""
    return make(root, "calc", files={"a.py": "x = 1\n", "README.md": "# Calc\n"})
