"""What the repository touches: who starts or calls it, what it reads, and what it imports from outside."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from docgen.pages.diagram import MAX_NODES, Arrow
from docgen.pages.overview import entry_points, project_manifests

if TYPE_CHECKING:
    from docgen.facts.model import Facts, Import, Module
    from docgen.messages import Catalogue


@dataclass(frozen=True)
class _Naming:
    """How a language's imports spell the names of packages."""

    separator: str
    folds_hyphens: bool = False

    def fold(self, name: str) -> str:
        """The form in which a declared name and an imported one can be compared."""
        return name.lower().replace("-", "_") if self.folds_hyphens else name


_PYTHON, _RUST, _PATHS = _Naming(".", folds_hyphens=True), _Naming("::", folds_hyphens=True), _Naming("/")
_NAMINGS = (_PYTHON, _RUST, _PATHS)
_BY_LANGUAGE = {"Python": _PYTHON, "Rust": _RUST}
_MAX_PROGRAMS = 6
_MAX_NAMED = 4
_MAX_PORTS = 4
MAX_OUTSIDE = MAX_NODES - _MAX_PROGRAMS - _MAX_PORTS - 3


def context(words: Catalogue, facts: Facts) -> list[Arrow]:
    """Arrows to and from the repository; empty where the code shows nothing around it."""
    kinds = (_programs, _routes, _ports, _variables, _outside)
    return [arrow for kind in kinds for arrow in kind(words, facts, facts.name)]


def _programs(words: Catalogue, facts: Facts, here: str) -> list[Arrow]:
    found = [(point.name, point.target) for point in entry_points(facts)]
    if len(found) > _MAX_PROGRAMS:
        names = _listed(words, [name for name, _ in found])
        return [Arrow(words.text("diagram.programs", names=names), here, words.text("diagram.start"))]
    return [
        Arrow(words.text("diagram.program", name=name), here, _starts(words, target))
        for name, target in found
    ]


def _starts(words: Catalogue, target: str) -> str:
    return words.text("diagram.starts_target", target=target) if target else words.text("diagram.starts")


def _routes(words: Catalogue, facts: Facts, here: str) -> list[Arrow]:
    found = sorted({f"{route.method} {route.path}" for module in facts.modules for route in module.routes})
    if not found:
        return []
    source = words.text("diagram.http", names=_listed(words, found))
    return [Arrow(source, here, words.count("diagram.routes", len(found)))]


def _ports(words: Catalogue, facts: Facts, here: str) -> list[Arrow]:
    numbers = sorted({port.number for port in facts.ports})
    declares = words.text("diagram.declares")
    return [
        Arrow(here, words.text("diagram.port", number=str(number)), declares)
        for number in numbers[:_MAX_PORTS]
    ]


def _variables(words: Catalogue, facts: Facts, here: str) -> list[Arrow]:
    found = sorted({variable.name for module in facts.modules for variable in module.variables})
    if not found:
        return []
    target = words.text("diagram.environment", names=_listed(words, found))
    return [Arrow(here, target, words.text("diagram.reads"))]


def _listed(words: Catalogue, names: list[str]) -> str:
    shown = words.listed(names[:_MAX_NAMED])
    more = len(names) - _MAX_NAMED
    return words.count("diagram.more", more, names=shown) if more > 0 else shown


def _outside(words: Catalogue, facts: Facts, here: str) -> list[Arrow]:
    """The packages that most modules import; a name that the code node has too stays apart from it."""
    used = outside(facts)
    ranked = sorted(used, key=lambda name: (-used[name], name))[:MAX_OUTSIDE]
    shown = {name: words.text("diagram.package", name=name) if name == here else name for name in ranked}
    return [Arrow(here, shown[name], words.count("diagram.imported", used[name])) for name in ranked]


def outside(facts: Facts) -> dict[str, int]:
    """Packages from outside that the code imports, and in how many modules.

    They go by the name under which they are declared; Python code may also import what is installed
    under another name, or not declared at all.
    """
    declared = {item.name for manifest in project_manifests(facts) for item in manifest.dependencies}
    own = {part for module in facts.modules for part in _own_names(module)}
    known = {naming: {naming.fold(name): name for name in sorted(declared)} for naming in _NAMINGS}
    counts: Counter[str] = Counter()
    for module in facts.modules:
        naming = _BY_LANGUAGE.get(module.language, _PATHS)
        counts.update({_meant(item, naming, known[naming], own) for item in module.imports} - {""})
    return dict(counts)


def _own_names(module: Module) -> tuple[str, ...]:
    return module.path, module.name.partition(".")[0], PurePosixPath(module.path).stem


def _meant(item: Import, naming: _Naming, known: dict[str, str], own: set[str]) -> str:
    """The package that an import means; empty where it is none from outside."""
    parts = item.target.split(naming.separator)
    if not item.is_outside and (item.target in own or parts[0] in own):
        return ""
    for size in range(len(parts), 0, -1):
        if found := known.get(naming.fold(naming.separator.join(parts[:size]))):
            return found
    may_be_bare = naming is _PYTHON and item.at_top and not parts[0].startswith("_")
    return parts[0] if may_be_bare and parts[0] not in sys.stdlib_module_names else ""
