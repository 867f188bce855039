"""One parsed file, with what every reader of its uses needs to know of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from docgen.facts.model import Place
from docgen.facts.syntax.parsing import matches, text_of
from docgen.facts.uses.trail import bindings_of

if TYPE_CHECKING:
    from tree_sitter import Node

    from docgen.facts.uses.scopes import Bindings

# Far deeper than people nest calls.
_MOST_OPEN = 1000
Captures = dict[str, list["Node"]]


@dataclass(frozen=True)
class Source:
    """A syntax tree and the file it is of."""

    grammar: str
    root: Node
    path: str

    def found(self, query: str) -> list[Captures]:
        """Every match of a query."""
        return list(matches(self.grammar, query, self.root, _MOST_OPEN))

    def place(self, node: Node) -> Place:
        """Where a node stands."""
        return Place(self.path, node.start_point.row + 1)

    @cached_property
    def _names(self) -> list[Captures]:
        return self.found("names")

    @cached_property
    def bindings(self) -> Bindings[Node]:
        """What the file's names stand for."""
        return bindings_of(self._names)

    @cached_property
    def libraries(self) -> dict[str, str]:
        """What the file imports, each with the name it has there (the last part of the path, unless said)."""
        return {
            text_of(found["library"][0]): text_of(found["alias"][0])
            if "alias" in found
            else text_of(found["library"][0]).rpartition("/")[2]
            for found in self._names
            if "library" in found
        }
