"""What functions of other languages than Python do, for those with a `bodies.scm`: whom they call and raise.

Only what the text decides is a fact. A name counts where it means the one thing of that name in its file:
inside the function it stands in calls and throws alone, so nothing there can bind it anew.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from typing import TYPE_CHECKING

from docgen.claims.model import Fact
from docgen.claims.structure import literal, symbol_entity, symbols
from docgen.facts.model import Kind, Place
from docgen.facts.syntax.dead import living
from docgen.facts.syntax.parsing import grammar_of, matches, parse, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from docgen.claims.model import Entity
    from docgen.facts.model import Facts, Module, Symbol
    from docgen.source.tree import Tree

    Captures = dict[str, list[Node]]
# Captures whose order says which belong together.
_PAIRED = frozenset({"function", "name"})
_BLOCKS = frozenset(
    {
        "statement_block", "block", "compound_statement", "body_statement", "switch_case", "switch_default",
        "case_statement", "statement_list", "constructor_body",
    }
)  # fmt: skip
_LEAVES = frozenset(
    {
        "return_statement",
        "throw_statement",
        "break_statement",
        "continue_statement",
        "return",
        "break",
        "next",
    }
)
_SAYS = {"call": ("calls", Kind.FUNCTION), "raise": ("raises", Kind.CLASS)}


def syntax_bodies(facts: Facts, tree: Tree) -> Iterator[Fact]:
    """The facts in the bodies of the functions and methods that the queries capture."""
    for module in facts.modules:
        grammar, text = grammar_of(module.language, module.path), tree.text(module.path)
        if grammar and text is not None and module.language != "Python":
            yield from _module(module, _captures(grammar, living(text, module.language)))


def _captures(grammar: str, text: str) -> Captures:
    found: Captures = {}
    for match in matches(grammar, "bodies", parse(grammar, text).root_node):
        for name, nodes in match.items():
            found.setdefault(name, []).extend(nodes)
    return {name: nodes if name in _PAIRED else sorted(nodes, key=_start) for name, nodes in found.items()}


def _module(module: Module, found: Captures) -> Iterator[Fact]:
    times = Counter(symbol.name for symbol in module.symbols)
    bound = set(map(text_of, found.get("bind", ())))
    known = {s.name: s for s in module.symbols if times[s.name] == 1 and s.name not in bound}
    told: dict[str, list[tuple[Symbol, Symbol | None]]] = {}
    for symbol, owner in symbols(module):
        if symbol.place.path == module.path:
            told.setdefault(symbol.name, []).append((symbol, owner))
    for function, name in zip(found.get("function", ()), found.get("name", ()), strict=True):
        lines = range(function.start_point.row + 1, name.start_point.row + 2)
        meant = [pair for pair in told.get(text_of(name), ()) if pair[0].place.line in lines]
        if len(meant) == 1 and (meant[0][1] or known.get(meant[0][0].name) is meant[0][0]):
            yield from _function(symbol_entity(*meant[0]), function, known, found)


def _function(entity: Entity, function: Node, known: dict[str, Symbol], found: Captures) -> Iterator[Fact]:
    inside = {key: list(_inside(nodes, function)) for key, nodes in found.items()}
    others = [node for node in inside.get("own", ()) if node != function]
    said = {node for key in _SAYS for node in inside.get(key, ())}
    ends: dict[int, int] = {}
    elsewhere = {text_of(node) for node in inside.get("word", ()) if node not in said}
    for key, (predicate, kind) in _SAYS.items():
        around = [*others, *(inside.get("guard", ()) if key == "raise" else ())]
        for node in inside.get(key, ()):
            name = text_of(node)
            is_aside = name in elsewhere or any(_is_in(node, other) for other in around)
            if is_aside or not _is_reached(node, function, ends):
                continue
            place = Place(entity.place.path, node.start_point.row + 1)
            target = known.get(name)
            if target and target.kind is kind:
                yield Fact(predicate, entity, symbol_entity(target), place)
            elif key == "raise" and not target and name[:1].isupper():
                yield Fact(predicate, entity, literal(name, "exception", entity.place), place)


def _is_reached(node: Node, function: Node, ends: dict[int, int]) -> bool:
    """Whether no statement before it always leaves; `ends` keeps where the one of each block starts."""
    start = node.start_byte
    while (above := node.parent) is not None and node != function:
        if above.type in _BLOCKS:
            if above.id not in ends:
                ends[above.id] = _end(above)
            if start > ends[above.id]:
                return False
        node = above
    return True


def _end(block: Node) -> int:
    """Where the first statement that leaves a block ends; the block's own end where there are labels."""
    kinds = [child.type for child in block.named_children]
    at = next((at for at, kind in enumerate(kinds) if kind in _LEAVES), None)
    if at is None or "labeled_statement" in kinds[at:]:
        return block.end_byte
    return block.named_children[at].end_byte


def _start(node: Node) -> int:
    return node.start_byte


def _inside(nodes: list[Node], around: Node) -> Iterator[Node]:
    """Those of sorted nodes that stand in another."""
    first = bisect_left(nodes, around.start_byte, key=_start)
    last = bisect_left(nodes, around.end_byte, key=_start)
    return (node for node in nodes[first:last] if _is_in(node, around))


def _is_in(node: Node, around: Node) -> bool:
    return around.start_byte <= node.start_byte and node.end_byte <= around.end_byte
