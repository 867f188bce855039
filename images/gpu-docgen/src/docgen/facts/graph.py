"""Which module of the repository imports which other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen.facts.model import Edge, Place

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docgen.facts.model import Import, Module


def import_edges(modules: Iterable[Module]) -> tuple[Edge, ...]:
    """One edge per pair of modules, at the first line that imports; sorted."""
    modules = list(modules)
    by_name = _by_name(modules)
    paths = {module.path for module in modules}
    found: dict[tuple[str, str], dict[str, Place]] = {}
    for module in modules:
        for item in sorted(module.imports, key=lambda item: item.line):
            target, name = _target(module, item, by_name, paths)
            if target and target != module.path:
                places = found.setdefault((module.path, target), {})
                places.setdefault(name, Place(module.path, item.line))
    return tuple(_edge(*key, found[key]) for key in sorted(found))


def _edge(source: str, target: str, places: dict[str, Place]) -> Edge:
    return Edge(source, target, next(iter(places.values())), tuple(sorted(places.keys() - {"", "*"})))


def _by_name(modules: list[Module]) -> dict[str, str]:
    """Path by every name that an import of Python can use; scripts also go by their folder."""
    python = [module for module in modules if module.language == "Python"]
    by_folder = {module.path.removesuffix(".py").replace("/", "."): module.path for module in python}
    return by_folder | {module.name: module.path for module in python}


def _target(module: Module, item: Import, by_name: dict[str, str], paths: set[str]) -> tuple[str, str]:
    """The file that an import means, and the name it takes from it.

    That is a submodule by that name, else the module, else a script beside it.
    """
    if module.language != "Python":
        return (item.target, item.name) if item.target in paths and not item.is_outside else ("", "")
    if item.name and (found := by_name.get(f"{item.target}.{item.name}")):
        return found, ""
    if found := by_name.get(item.target):
        return found, item.name
    sibling = f"{module.path.rpartition('/')[0]}/{item.target}.py".lstrip("/")
    return (sibling, item.name) if sibling in paths and module.name == module.path else ("", "")
