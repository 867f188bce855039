"""A forge's folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An empty forge."""
    folder = tmp_path / "forge"
    folder.mkdir()
    return folder
