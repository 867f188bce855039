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


def context(facts: Facts) -> list[Arrow]:
    """Arrows to and from the repository; empty where the code shows nothing around it."""
    here = facts.name
    found = [*_programs(facts, here), *_routes(facts, here), *_ports(facts, here), *_variables(facts, here)]
    return [*found, *_outside(facts, here)]


def _programs(facts: Facts, here: str) -> list[Arrow]:
    found = [(f"program {point.name}", point.target) for point in entry_points(facts)]
    if len(found) > _MAX_PROGRAMS:
        return [Arrow(_listed("programs", [name.partition(" ")[2] for name, _ in found]), here, "start")]
    return [Arrow(name, here, f"starts {target}" if target else "starts") for name, target in found]


def _routes(facts: Facts, here: str) -> list[Arrow]:
    found = sorted({f"{route.method} {route.path}" for module in facts.modules for route in module.routes})
    return [Arrow(_listed("HTTP", found), here, _counted(len(found), "route"))] if found else []


def _ports(facts: Facts, here: str) -> list[Arrow]:
    numbers = sorted({port.number for port in facts.ports})
    return [Arrow(here, f"port {number}", "declares") for number in numbers[:_MAX_PORTS]]


def _variables(facts: Facts, here: str) -> list[Arrow]:
    found = sorted({variable.name for module in facts.modules for variable in module.variables})
    return [Arrow(here, _listed("environment", found), "reads")] if found else []


def _listed(what: str, names: list[str]) -> str:
    more = f" and {len(names) - _MAX_NAMED} more" if len(names) > _MAX_NAMED else ""
    return f"{what}: {', '.join(names[:_MAX_NAMED])}{more}"


def _outside(facts: Facts, here: str) -> list[Arrow]:
    """The packages that most modules import; a name that the code node has too stays apart from it."""
    used = outside(facts)
    ranked = sorted(used, key=lambda name: (-used[name], name))[:MAX_OUTSIDE]
    shown = {name: f"{name} (package)" if name == here else name for name in ranked}
    return [Arrow(here, shown[name], f"imported in {_counted(used[name], 'module')}") for name in ranked]


def _counted(count: int, what: str) -> str:
    return f"1 {what}" if count == 1 else f"{count} {what}s"


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
