"""Keeping what the fake knows from one process to the next; its git repositories are on disk anyway."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fakes.github.fake import FakeGitHub

_KEPT = ("accounts", "repositories", "by_node", "numbers", "vault")


def keep(fake: FakeGitHub, path: Path) -> None:
    """Write it down, whole or not at all."""
    with fake.lock:
        raw = pickle.dumps({name: getattr(fake, name) for name in _KEPT})
    new = path.with_suffix(".new")
    new.touch(mode=0o600)
    new.write_bytes(raw)
    new.replace(path)


def recall(fake: FakeGitHub, path: Path) -> None:
    """Take over what was kept, if anything was; read only what `keep` wrote."""
    if path.exists():
        for name, value in pickle.loads(path.read_bytes()).items():  # noqa: S301 - our own file
            setattr(fake, name, value)
