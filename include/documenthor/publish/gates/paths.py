"""Gates on where a bundle writes in one repository: only through folders to regular files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from documenthor.errors import GateError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from docgen.contract import Bundle

# GitHub's commits know no other mode: an executable file would lose its bit, so it is left alone.
_REGULAR = frozenset({"100644"})
_FOLDER = "040000"


def regular(bundle: Bundle, modes: Mapping[str, str]) -> None:
    """In the repository no path is, or runs through, anything but a plain file or a real folder."""
    for path in _paths(bundle):
        mode = modes.get(path, "100644")
        if mode == _FOLDER:
            raise GateError("paths", f"{path} is a folder in the repository")
        if mode not in _REGULAR:
            raise GateError("paths", f"{path} is executable or no regular file in the repository")
        for above in _above(path):
            if modes.get(above, _FOLDER) != _FOLDER:
                raise GateError("paths", f"{above} is no folder in the repository, so {path} has no place")


def unambiguous(bundle: Bundle, modes: Mapping[str, str]) -> None:
    """No path differs in case alone from another one, of the repository or of the bundle."""
    wanted = {part.casefold() for path in _paths(bundle) for part in (path, *_above(path))}
    known = {part for path in modes for part in (path, *_above(path)) if part.casefold() in wanted}
    _require_one_spelling([*sorted(known), *_paths(bundle)])


def _paths(bundle: Bundle) -> list[str]:
    return sorted({*bundle.obsolete, *(block.path for block in bundle.blocks)})


def _above(path: str) -> Iterator[str]:
    """The folders that `path` lies in, outermost first."""
    parts = path.split("/")
    yield from ("/".join(parts[:depth]) for depth in range(1, len(parts)))


def _require_one_spelling(paths: Iterable[str]) -> None:
    spelling: dict[str, str] = {}
    for path in paths:
        for part in (*_above(path), path):
            if spelling.setdefault(part.casefold(), part) != part:
                raise GateError("paths", f"{part} differs from {spelling[part.casefold()]} in case alone")
