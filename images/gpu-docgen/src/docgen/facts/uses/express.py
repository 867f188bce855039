"""Routes that JavaScript declares with Express."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen.facts.model import Route
from docgen.facts.syntax.parsing import text_of
from docgen.facts.uses.literals import string_of
from docgen.facts.uses.places import Places, behind, written
from docgen.facts.uses.trail import SHAPES, Trail, call_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from docgen.facts.uses.source import Captures, Source
    from docgen.facts.uses.trail import Call

_NAMED = frozenset({"identifier", "member_expression"})
# What answers a request and is no path, as its kind alone tells.
_HANDLERS = frozenset({"arrow_function", "function_expression", "function_declaration"})


def routes_declared(source: Source) -> Iterator[Route]:
    """Each route of an application or a router that the file makes, at each place that it is mounted at."""
    if "express" not in source.libraries:
        return
    found = source.found("routes")
    routers = {_span(captures["router"][0]) for captures in found if "router" in captures}
    trails = Trail(
        source.grammar,
        source.bindings,
        lambda node: written(str(node.start_byte)) if _span(node) in routers else None,
        _step,
    )
    places = Places(_joined)
    for call in _calls(found, "mount", source):
        _mount(call, source, trails, places)
    for call in _calls(found, "declared", source):
        for path in _paths(call, trails, places):
            method = "ANY" if call.method == "all" else call.method.upper()
            yield Route(method, path, _handler(call.arguments), source.place(_method_node(call.node)))


def _calls(found: list[Captures], name: str, source: Source) -> Iterator[Call]:
    """The calls with an argument that a query captures as `name`."""
    for captures in found:
        call = call_of(captures.get(name, [None])[0], SHAPES[source.grammar])
        if call and call.arguments:
            yield call


def _mount(call: Call, source: Source, trails: Trail, places: Places) -> None:
    """`app.use("/prefix", guard, router)`: each router among the arguments."""
    prefixes = _prefixes(call.arguments, source, trails)
    for argument in call.arguments:
        for node in argument.named_children if argument.type == "array" else (argument,):
            if router := trails.text(node):
                for prefix in prefixes:
                    places.mount(router, trails.text(call.owner), prefix)


def _prefixes(arguments: list[Node], source: Source, trails: Trail) -> list[str | None]:
    """The paths that something is mounted under: `""` where none is said, None where nobody can tell."""
    first = arguments[0]
    named = source.bindings.find(text_of(first), first.start_byte) if first.type == "identifier" else None
    node = named or first
    parts = node.named_children if node.type == "array" else [node]
    texts = [string_of(part) for part in parts]
    if any(text is not None for text in texts):
        return [text if text and text.startswith("/") else None for text in texts]
    is_alone = len(arguments) == 1
    return ["" if is_alone or node.type in _HANDLERS or trails.text(first) is not None else None]


def _joined(before: str, path: str) -> str:
    if not path:
        return before
    return before.rstrip("/") + path if path.startswith("/") or not before else f"{before.rstrip('/')}/{path}"


def _step(call: Call, before: str | None) -> str | None:
    """`.route("/path")` adds its path, and each verb behind it gives the same back."""
    if before is None or call.method != "route":
        return before
    path = string_of(next(iter(call.arguments), None))
    return None if path is None else behind(before, path, _joined)


def _paths(call: Call, trails: Trail, places: Places) -> tuple[str, ...]:
    """The paths of a verb: its own with a handler behind it, or that of the `route` it is called on."""
    before = trails.text(call.owner)
    first = string_of(call.arguments[0])
    if first is None:
        return places.of(before) if _is_on_route(call) else ()
    if len(call.arguments) < 2 or not first.startswith(("/", "*")):
        return ()
    return tuple(_joined(prefix, first) for prefix in places.of(before))


def _is_on_route(call: Call) -> bool:
    """Whether the verb is called on a `route(...)`, perhaps behind other verbs."""
    inner: Call | None = call
    while inner and inner.method != "route":
        inner = call_of(inner.owner, SHAPES["javascript"])
    return inner is not None


def _handler(arguments: list[Node]) -> str:
    """The name of what answers; empty for a function without one."""
    last = arguments[-1]
    if last.type in _NAMED:
        return text_of(last) if len(text_of(last)) <= 80 else ""
    name = last.child_by_field_name("name")
    return text_of(name) if name is not None and last.type == "function_expression" else ""


def _method_node(node: Node) -> Node:
    """Where the verb itself stands: a chain may run over many lines."""
    function = node.child_by_field_name("function")
    verb = function.child_by_field_name("property") if function is not None else None
    return verb or node


def _span(node: Node) -> tuple[int, int]:
    return (node.start_byte, node.end_byte)
