"""Environment variables that a file reads, by the language's query `variables`.

The captures: `@name` in `@read` is a read; `@default` of the same `@read` its default; `@written` is a
target of an assignment and no read; `@local` a name of the script's own, but for the places `@own`;
nothing inside an `@aside` counts.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from docgen.facts.model import Variable
from docgen.facts.syntax.parsing import text_of
from docgen.facts.uses.literals import shown_default
from docgen.facts.uses.scopes import Ranges, Span

if TYPE_CHECKING:
    from tree_sitter import Node

    from docgen.facts.uses.source import Source


@dataclass
class _Found:
    """What the matches say, by the bytes they stand at."""

    reads: dict[Span, Node] = field(default_factory=dict)
    defaults: dict[Span, str] = field(default_factory=dict)
    written: set[Span] = field(default_factory=set)
    local: dict[Span, str] = field(default_factory=dict)
    own: set[Span] = field(default_factory=set)
    aside: list[Span] = field(default_factory=list)

    def add(self, captures: dict[str, list[Node]]) -> None:
        """One match."""
        nodes = {name: found[0] for name, found in captures.items()}
        if "read" in nodes and "name" in nodes:
            self.reads[_span(nodes["read"])] = nodes["name"]
        if "read" in nodes and "default" in nodes:
            self.defaults[_span(nodes["read"])] = text_of(nodes["default"])
        self.local.update((_span(node), text_of(node)) for node in captures.get("local", ()))
        self.written.update(map(_span, captures.get("written", ())))
        self.own.update(map(_span, captures.get("own", ())))
        self.aside += map(_span, captures.get("aside", ()))

    def read_by_the_product(self) -> list[tuple[Span, Node]]:
        """Every read, in the order of the source."""
        aside = Ranges(self.aside)
        found = [
            item for item in self.reads.items() if item[0] not in self.written and item[0][0] not in aside
        ]
        return sorted(found, key=lambda item: item[0])


def variables_read(source: Source) -> tuple[Variable, ...]:
    """Each read of an environment variable whose name is written out, in the order of the source."""
    found = _Found()
    for captures in source.found("variables"):
        found.add(captures)
    local = {name for span, name in found.local.items() if span not in found.own}
    return tuple(
        Variable(name, shown_default(name, found.defaults.get(span)), source.place(node))
        for span, node in found.read_by_the_product()
        if (name := text_of(node)) not in local and _is_name(name)
    )


def _is_name(name: str) -> bool:
    return name.isprintable() and " " not in name and "=" not in name


def _span(node: Node) -> Span:
    return (node.start_byte, node.end_byte)
