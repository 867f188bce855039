"""What there is to import: files by path or its end, names by package, roots by manifest."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docgen.facts.model import Manifest
    from docgen.facts.syntax.source import Source


class Index:
    """The modules of one repository, as far as they were read from one family of languages."""

    def __init__(self, sources: Iterable[Source], manifests: Iterable[Manifest]) -> None:
        self.sources = tuple(sources)
        self._manifests = tuple(manifests)
        self.paths = frozenset(source.module.path for source in self.sources)

    @cached_property
    def declared(self) -> dict[tuple[str, str], tuple[str, ...]]:
        """Paths by namespace (the folder for Go) and name."""
        found: dict[tuple[str, str], list[str]] = {}
        for source in self.sources:
            module = source.module
            space = folder_of(module.path) if module.language == "Go" else module.namespace
            for symbol in module.symbols:
                paths = found.setdefault((space, symbol.name), [])
                paths += [module.path] if module.path not in paths else []
        return {key: tuple(paths) for key, paths in found.items()}

    @cached_property
    def by_name(self) -> dict[str, tuple[str, ...]]:
        """Paths by file name."""
        found: dict[str, list[str]] = {}
        for path in sorted(self.paths):
            found.setdefault(path.rpartition("/")[2], []).append(path)
        return {name: tuple(paths) for name, paths in found.items()}

    def ending_with(self, path: str) -> tuple[str, ...]:
        """The paths that end with whole parts of `path`."""
        same = self.by_name.get(path.rpartition("/")[2], ())
        return tuple(found for found in same if found == path or found.endswith(f"/{path}"))

    def roots(self, kind: str) -> dict[str, str]:
        """Folder by name of every manifest of a kind."""
        return {item.name: item.folder for item in self._manifests if item.kind == kind and item.name}


def folder_of(path: str) -> str:
    """The folder of a path; empty for the root."""
    return path.rpartition("/")[0]
