"""What generators left behind on this machine when they were killed."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

# No generator works this long.
_AGE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Leftover:
    """A folder that nobody works in; `size` in bytes."""

    name: str
    size: int


def leftovers(folder: Path, now: datetime, *, dry_run: bool = True) -> list[Leftover]:
    """What is old in `folder`; without `dry_run` it is deleted. What is not a folder stays."""
    found = []
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.is_symlink() or not path.is_dir() or path.stat().st_mtime > (now - _AGE).timestamp():
            continue
        found.append(Leftover(path.name, _size(path)))
        if not dry_run:
            shutil.rmtree(path, ignore_errors=True)
    return found


def _size(folder: Path) -> int:
    return sum(path.lstat().st_size for path in folder.rglob("*") if not path.is_dir())
