"""What functions of other languages than Python do, for those with a `bodies.scm`: whom they call and raise.

Only what the text decides is a fact. A name counts where it means the one thing of that name in its file:
inside the function it stands in calls and throws alone, so nothing there can bind it anew.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from docgen.claims.model import Fact
from docgen.claims.structure import literal, symbol_entity
from docgen.facts.model import Kind, Place
from docgen.facts.syntax.parsing import grammar_of, matches, parse, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from docgen.facts.model import Facts, Module, Symbol
    from docgen.source.tree import Tree

    Captures = dict[str, list[Node]]
_SAYS = {"call": ("calls", Kind.FUNCTION), "raise": ("raises", Kind.CLASS)}


def syntax_bodies(facts: Facts, tree: Tree) -> Iterator[Fact]:
    """The facts in the bodies of functions at the top of their files."""
    for module in facts.modules:
        grammar, text = grammar_of(module.language, module.path), tree.text(module.path)
        if grammar and text is not None and module.language != "Python":
            yield from _module(module, _captures(grammar, text))


def _captures(grammar: str, text: str) -> Captures:
    found: Captures = {}
    for match in matches(grammar, "bodies", parse(grammar, text).root_node):
        for name, nodes in match.items():
            found.setdefault(name, []).extend(nodes)
    return found


def _module(module: Module, found: Captures) -> Iterator[Fact]:
    times = Counter(symbol.name for symbol in module.symbols)
    bound = set(map(text_of, found.get("bind", ())))
    known = {s.name: s for s in module.symbols if times[s.name] == 1 and s.name not in bound}
    for function, name in zip(found.get("function", ()), found.get("name", ()), strict=True):
        symbol = known.get(text_of(name))
        lines = range(function.start_point.row + 1, function.end_point.row + 2)
        if symbol and symbol.place.path == module.path and symbol.place.line in lines:
            yield from _function(symbol, function, known, found)


def _function(symbol: Symbol, function: Node, known: dict[str, Symbol], found: Captures) -> Iterator[Fact]:
    inside = {key: [node for node in nodes if _is_in(node, function)] for key, nodes in found.items()}
    others = [node for node in inside.get("own", ()) if node != function]
    said = {node for key in _SAYS for node in inside.get(key, ())}
    elsewhere = {text_of(node) for node in inside.get("word", ()) if node not in said}
    for key, (predicate, kind) in _SAYS.items():
        around = [*others, *(inside.get("guard", ()) if key == "raise" else ())]
        for node in inside.get(key, ()):
            name = text_of(node)
            if name in elsewhere or any(_is_in(node, other) for other in around):
                continue
            place = Place(symbol.place.path, node.start_point.row + 1)
            target = known.get(name)
            if target and target.kind is kind:
                yield Fact(predicate, symbol_entity(symbol), symbol_entity(target), place)
            elif key == "raise" and not target and name[:1].isupper():
                thrown = literal(name, "exception", symbol.place)
                yield Fact(predicate, symbol_entity(symbol), thrown, place)


def _is_in(node: Node, around: Node) -> bool:
    return around.start_byte <= node.start_byte and node.end_byte <= around.end_byte
