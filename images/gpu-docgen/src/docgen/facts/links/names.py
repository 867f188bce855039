"""Imports that name packages and what is in them: Go, Java, C#, PHP."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen.facts.links.files import required_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docgen.facts.links.index import Index
    from docgen.facts.syntax.references import Reference
    from docgen.facts.syntax.source import Source


def go_files(reference: Reference, source: Source, index: Index) -> Iterator[str]:
    """The files of an imported package that define a name which the importing file uses of it."""
    folder = _go_folder(reference.path, index.roots("go.mod"))
    if folder is None:
        return
    package = reference.alias or reference.path.rpartition("/")[2]
    for used in source.references.used:
        qualifier, _, name = used.partition(".")
        if qualifier == package:
            yield from index.declared.get((folder, name), ())


def _go_folder(path: str, roots: dict[str, str]) -> str | None:
    """The folder of an import path, below the module with the longest name that fits."""
    for name in sorted(roots, key=len, reverse=True):
        if path == name or path.startswith(f"{name}/"):
            return "/".join(part for part in (roots[name], path[len(name) + 1 :]) if part)
    return None


def java_files(reference: Reference, source: Source, index: Index) -> Iterator[str]:
    """The class of an import, also of one of its members; of a whole package the classes that are used."""
    parts = reference.path.split(".")
    for end in range(len(parts), 0, -1):
        if found := index.declared.get((".".join(parts[: end - 1]), parts[end - 1])):
            yield from found
            return
    if reference.mark == "all":
        yield from _used(reference.path, source, index)


def csharp_files(reference: Reference, source: Source, index: Index) -> Iterator[str]:
    """The types of a namespace that are used; the type itself for `using static` and for an alias."""
    path = reference.path.removeprefix("global::")
    space, _, name = path.rpartition(".")
    yield from index.declared.get((space, name), ())
    yield from _used(path, source, index)


def _used(space: str, source: Source, index: Index) -> Iterator[str]:
    for name in source.references.used:
        yield from index.declared.get((space, name), ())


def php_files(reference: Reference, source: Source, index: Index) -> Iterator[str]:
    """The class, function or constant of a `use`."""
    if reference.mark == "file":
        yield from required_file(reference, source, index)
        return
    space, _, name = reference.path.strip("\\").rpartition("\\")
    yield from index.declared.get((space, name), ())
