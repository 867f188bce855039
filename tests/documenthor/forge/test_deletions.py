"""A change without content deletes its file, in a bare repository and in a work tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from documenthor.forge.model import Change, NewCommit

from tests.documenthor.forge.support import make

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("bare", [True, False])
def test_a_change_without_content_deletes_its_file(root: Path, bare: bool) -> None:
    place = make(root, "calc", bare=bare, files={"a.py": "x = 1\n", "docs/old.md": "old\n"})
    changes = (Change("docs/old.md", None, is_new=False), Change("docs/new.md", b"new\n", is_new=True))
    commit = place.forge().commit("calc", NewCommit(place.head(), changes, "Update"))
    paths = ["a.py", "docs/new.md", "docs/old.md"]
    assert sorted(place.forge().modes("calc", commit, paths)) == ["a.py", "docs", "docs/new.md"]
    if not bare:
        assert not (place.path / "docs" / "old.md").exists()
        assert place.git("status", "--porcelain") == ""
