"""The import graph as a Mermaid flowchart that can be read: at most a screen of nodes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docgen.pages.markdown import clean

if TYPE_CHECKING:
    from docgen.facts.model import Facts, Module

MAX_NODES = 25
_MAX_EDGES = 90
# Fewer say less than the busiest part of a graph that is too large.
_MIN_NODES = 4


@dataclass(frozen=True)
class Diagram:
    """Edges between node labels; `whole` says whether every edge of the repository is in it."""

    edges: tuple[tuple[str, str], ...]
    grouped: bool
    whole: bool

    @property
    def nodes(self) -> list[str]:
        """The labels, sorted."""
        return sorted({label for edge in self.edges for label in edge})


def import_diagram(facts: Facts) -> Diagram | None:
    """The most detailed graph that can still be read; None where nothing imports anything."""
    labels = {module.path: _parts(module) for module in facts.modules}
    deepest = max((len(parts) for parts in labels.values()), default=0)
    best: Diagram | None = None
    if not facts.edges:
        return None
    for depth in range(deepest, 0, -1):
        edges = _collapsed(facts, labels, depth)
        if best and len({label for edge in edges for label in edge}) < _MIN_NODES:
            break
        best = Diagram(edges, grouped=depth < deepest, whole=True)
        if len(best.nodes) <= MAX_NODES and len(edges) <= _MAX_EDGES:
            return best
    return _trimmed(best) if best and best.edges else None


def _parts(module: Module) -> tuple[str, ...]:
    return tuple(module.path.split("/")) if module.name == module.path else tuple(module.name.split("."))


def _collapsed(facts: Facts, labels: dict[str, tuple[str, ...]], depth: int) -> tuple[tuple[str, str], ...]:
    shown = {path: _label(parts, depth) for path, parts in labels.items()}
    pairs = {(shown[edge.source], shown[edge.target]) for edge in facts.edges}
    return tuple(sorted(pair for pair in pairs if pair[0] != pair[1]))


def _label(parts: tuple[str, ...], depth: int) -> str:
    is_path = "." in parts[-1]
    joined = ("/" if is_path else ".").join(parts[:depth])
    return f"{joined}/" if is_path and depth < len(parts) else joined


def _trimmed(diagram: Diagram) -> Diagram:
    """The nodes with the most edges; those between them, until it is too much to read."""
    degree: dict[str, int] = {}
    for edge in diagram.edges:
        for label in edge:
            degree[label] = degree.get(label, 0) + 1
    ranked = sorted(degree, key=lambda label: (-degree[label], label))
    for count in range(MAX_NODES, 1, -1):
        kept = set(ranked[:count])
        edges = tuple(edge for edge in diagram.edges if kept.issuperset(edge))
        if len(edges) <= _MAX_EDGES:
            return Diagram(edges, diagram.grouped, whole=False)
    return Diagram((), diagram.grouped, whole=False)


def mermaid(diagram: Diagram) -> str:
    """The flowchart's source. Node ids are numbers, so that no label can break out."""
    ids = {label: f"n{number}" for number, label in enumerate(diagram.nodes)}
    nodes = [f'  {ids[label]}["{_escaped(label)}"]' for label in diagram.nodes]
    edges = [f"  {ids[source]} --> {ids[target]}" for source, target in diagram.edges]
    return "\n".join(("```mermaid", "flowchart LR", *nodes, *edges, "```"))


def _escaped(label: str) -> str:
    """Letters that mean nothing to Mermaid or HTML stay; the rest become entity codes."""
    return re.sub(r"[^\w ./-]", lambda match: f"#{ord(match[0])};", clean(label))
