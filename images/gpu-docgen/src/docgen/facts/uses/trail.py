"""Chains of calls (`program.command("a").option("-b")`), followed back to where they start.

A trail gives every expression a text: the subcommand that a builder is for, the prefix that a router
adds. None stands for what cannot be known.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from docgen.facts.syntax.parsing import text_of
from docgen.facts.uses.scopes import Bindings, Scopes

if TYPE_CHECKING:
    from collections.abc import Callable

    from tree_sitter import Node


class Shape(NamedTuple):
    """How a grammar writes `owner.method(arguments)`."""

    member: str
    owner: str
    method: str


SHAPES = {
    "javascript": Shape("member_expression", "object", "property"),
    "typescript": Shape("member_expression", "object", "property"),
    "tsx": Shape("member_expression", "object", "property"),
    "go": Shape("selector_expression", "operand", "field"),
    "rust": Shape("field_expression", "value", "field"),
}


class Call(NamedTuple):
    """A call of a method: what it is called on, its name and its arguments."""

    owner: Node
    method: str
    arguments: list[Node]
    node: Node


def call_of(node: Node | None, shape: Shape) -> Call | None:
    """`node` as a call of a method; None for everything else."""
    if node is None or node.type != "call_expression":
        return None
    function, arguments = node.child_by_field_name("function"), node.child_by_field_name("arguments")
    if function is None or arguments is None or function.type != shape.member:
        return None
    owner, method = function.child_by_field_name(shape.owner), function.child_by_field_name(shape.method)
    if owner is None or method is None:
        return None
    found = [child for child in arguments.named_children if "comment" not in child.type]
    return Call(owner, text_of(method), found, node)


class Trail:
    """Follows chains and names back; every expression is looked at once.

    `start` gives the text of an expression that a chain starts at (None for all others), `step` that of a
    call, from the text of what it is called on. A chain that starts at anything else has the text `unknown`.
    """

    def __init__(
        self,
        grammar: str,
        bindings: Bindings[Node],
        start: Callable[[Node], str | None],
        step: Callable[[Call, str | None], str | None],
        unknown: str | None = None,
    ) -> None:
        self._shape = SHAPES[grammar]
        self._bindings, self._start, self._step, self._unknown = bindings, start, step, unknown
        self._known: dict[tuple[int, int], str | None] = {}

    def text(self, node: Node) -> str | None:
        """The text of an expression."""
        path: list[tuple[Node, Call | None]] = []
        inner: Node | None = node
        value: str | None = None
        while inner is not None:
            if _span(inner) in self._known:
                value = self._known[_span(inner)]
                break
            self._known[_span(inner)] = self._unknown  # until it is known: a name may be bound to itself
            value = self._start(inner)
            call = call_of(inner, self._shape) if value is None else None
            path.append((inner, call))
            inner = self._inner(inner, call) if value is None else None
            value = self._unknown if value is None else value
        for passed, call in reversed(path):
            value = self._step(call, value) if call else value
            self._known[_span(passed)] = value
        return value

    def _inner(self, node: Node, call: Call | None) -> Node | None:
        """Where the chain comes from; None at its start."""
        if call:
            return call.owner
        return self._bindings.find(text_of(node), node.start_byte) if node.type == "identifier" else None


def bindings_of(captures: list[dict[str, list[Node]]]) -> Bindings[Node]:
    """The values of names: `@bound` gets `@value` (unknown without one) within the nearest `@scope`."""
    scopes = Scopes(_span(node) for found in captures for node in found.get("scope", ()))
    bound = {
        _span(name): (name, found.get("value", [None])[0])
        for found in sorted(captures, key=lambda found: "value" in found)
        for name in found.get("bound", ())
    }
    bindings: Bindings[Node] = Bindings(scopes)
    for span in sorted(bound):
        name, value = bound[span]
        bindings.bind(text_of(name), span[0], value)
    return bindings


def _span(node: Node) -> tuple[int, int]:
    return (node.start_byte, node.end_byte)
