"""Looking at given paths of a tree folder by folder, because a whole tree can be a bomb of entries."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

FILE, EXECUTABLE, FOLDER = "100644", "100755", "040000"


def modes(entries: Callable[[str], Mapping[str, str]], paths: Collection[str]) -> dict[str, str]:
    """The git modes of `paths`, of the folders above them, and of their twins in another case.

    `entries` lists one folder (the empty path: the root), each name with its mode.
    """
    exact = {part for path in paths for part in (path, *above(path))}
    wanted = {part.casefold() for part in exact}
    found: dict[str, str] = {}
    folders = [""]
    while folders:
        folder = folders.pop()
        for name, mode in entries(folder).items():
            path = f"{folder}/{name}" if folder else name
            if path.casefold() in wanted:
                found[path] = mode
                if mode == FOLDER and path in exact and path not in paths:
                    folders.append(path)
    return found


def above(path: str) -> Iterator[str]:
    """The folders that `path` lies in, outermost first."""
    parts = path.split("/")
    yield from ("/".join(parts[:depth]) for depth in range(1, len(parts)))
