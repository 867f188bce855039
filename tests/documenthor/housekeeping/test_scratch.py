"""Folders of killed generators are told of and deleted, and nothing else is."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from documenthor.housekeeping import Leftover, leftovers

if TYPE_CHECKING:
    from pathlib import Path

_NOW = datetime.now(UTC)
_OLD = (_NOW - timedelta(days=2)).timestamp()


def test_only_old_folders_go(tmp_path: Path) -> None:
    scratch, elsewhere = tmp_path / "scratch", tmp_path / "elsewhere"
    for folder in (scratch / "docgen-old" / "tree", scratch / "docgen-new", elsewhere):
        folder.mkdir(parents=True)
        (folder / "file").write_bytes(b"12345")
    (scratch / "link").symlink_to(elsewhere)
    (scratch / "note").write_text("no folder")
    for path in (scratch / "docgen-old", scratch / "note", elsewhere):
        os.utime(path, (_OLD, _OLD))
    expected = [Leftover("docgen-old", 5)]
    assert leftovers(scratch, _NOW) == expected
    assert (scratch / "docgen-old").exists()
    assert leftovers(scratch, _NOW, dry_run=False) == expected
    assert sorted(path.name for path in scratch.iterdir()) == ["docgen-new", "link", "note"]
    assert (elsewhere / "file").exists()


def test_no_scratch_folder_is_nothing_to_do(tmp_path: Path) -> None:
    assert leftovers(tmp_path / "none", _NOW) == []
