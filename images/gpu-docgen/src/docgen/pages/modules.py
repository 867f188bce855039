"""The import graph: modules where they fit on a screen, else the packages that they are in."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docgen.pages.diagram import MAX_NODES, Arrow
from docgen.pages.section import PACKAGE_DOCS

if TYPE_CHECKING:
    from docgen.facts.model import Edge, Facts, Module
    from docgen.messages import Catalogue

_MAX_ARROWS = 60
# Beyond this many arrows the names of what is imported would hide them.
_MAX_NAMED = 30
_NAMES = 2
# Fewer say less than the busiest part of a graph that is too large.
_MIN_NODES = 4

Pair = tuple[str, str]


@dataclass(frozen=True)
class Graph:
    """Imports between node labels; `whole` says whether every one of the repository is in it."""

    imports: dict[Pair, tuple[Edge, ...]]
    is_grouped: bool
    whole: bool

    @property
    def nodes(self) -> list[str]:
        """The labels, sorted."""
        return sorted({label for pair in self.imports for label in pair})


def import_graph(facts: Facts) -> Graph | None:
    """The most detailed graph that can still be read; None where nothing imports anything."""
    labels = {module.path: _parts(module) for module in facts.modules}
    deepest = max((len(parts) for parts in labels.values()), default=0)
    best: Graph | None = None
    joins = any(module.language in PACKAGE_DOCS for module in facts.modules)
    if not facts.edges:
        return None
    for depth in range(deepest, 0, -1):
        imports = _collapsed(facts, labels, depth)
        if best and len({label for pair in imports for label in pair}) < _MIN_NODES:
            break
        best = Graph(imports, is_grouped=depth < deepest or joins, whole=True)
        if len(best.nodes) <= MAX_NODES and len(imports) <= _MAX_ARROWS:
            return best if imports else None
    return _trimmed(best) if best and best.imports else None


def arrows(words: Catalogue, graph: Graph) -> list[Arrow]:
    """The graph's imports, each with what is imported: by name where that leaves room for the arrows."""
    most = _NAMES if len(graph.imports) <= _MAX_NAMED else 0
    return [Arrow(*pair, _label(words, edges, most)) for pair, edges in graph.imports.items()]


def _label(words: Catalogue, edges: tuple[Edge, ...], most: int) -> str:
    """What is taken from the target's modules; without names, how many imports there are."""
    found = sorted({(edge.target, name) for edge in edges for name in edge.names})
    names = [name for _, name in found]
    if not names:
        return words.count("diagram.imports", len(edges))
    left = len(names) - most
    if most and left > 0:
        return words.count("diagram.more", left, names=words.listed(names[:most]))
    return words.listed(names) if most else words.count("diagram.names", left)


def _parts(module: Module) -> tuple[str, ...]:
    if module.language in PACKAGE_DOCS:
        *above, own = module.path.split("/")[:-1] or [""]
        return (*above, f"{own}/") if own else (module.namespace or ".",)
    return tuple(module.path.split("/")) if module.name == module.path else tuple(module.name.split("."))


def _collapsed(facts: Facts, labels: dict[str, tuple[str, ...]], depth: int) -> dict[Pair, tuple[Edge, ...]]:
    shown = {path: _shown(parts, depth) for path, parts in labels.items()}
    found: dict[Pair, tuple[Edge, ...]] = {}
    for edge in facts.edges:
        pair = (shown[edge.source], shown[edge.target])
        if pair[0] != pair[1]:
            found[pair] = (*found.get(pair, ()), edge)
    return dict(sorted(found.items()))


def _shown(parts: tuple[str, ...], depth: int) -> str:
    is_path = "." in parts[-1] or parts[-1].endswith("/")
    joined = ("/" if is_path else ".").join(parts[:depth])
    return f"{joined}/" if is_path and depth < len(parts) else joined


def _trimmed(graph: Graph) -> Graph | None:
    """The nodes with the most imports; those between them, until it is too much to read."""
    degree = Counter(label for pair in graph.imports for label in pair)
    ranked = sorted(degree, key=lambda label: (-degree[label], label))
    for count in range(MAX_NODES, 1, -1):
        kept = set(ranked[:count])
        imports = {pair: edges for pair, edges in graph.imports.items() if kept.issuperset(pair)}
        if 0 < len(imports) <= _MAX_ARROWS:
            return Graph(imports, graph.is_grouped, whole=False)
    return None
