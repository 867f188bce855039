"""Routes that JavaScript declares with Express."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen.facts.model import Route
from docgen.facts.syntax.parsing import text_of
from docgen.facts.uses.literals import string_of
from docgen.facts.uses.trail import SHAPES, Trail, call_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from docgen.facts.uses.source import Captures, Source
    from docgen.facts.uses.trail import Call

_NAMED = frozenset({"identifier", "member_expression"})


def routes_declared(source: Source) -> Iterator[Route]:
    """Each route of an application or a router that the file makes, with the prefix it is mounted under."""
    if "express" not in source.libraries:
        return
    found = source.found("routes")
    routers = {_span(captures["router"][0]) for captures in found if "router" in captures}
    mounts = _mounts(source, found)
    prefixes = Trail(
        source.grammar,
        source.bindings,
        lambda node: mounts.get(_span(node), "") if _span(node) in routers else None,
        _step,
    )
    for captures in found:
        call = call_of(captures.get("declared", [None])[0], SHAPES[source.grammar])
        path = _path(call, prefixes) if call else None
        if call and path is not None:
            method = "ANY" if call.method == "all" else call.method.upper()
            yield Route(method, path, _handler(call.arguments), source.place(_method_node(call.node)))


def _mounts(source: Source, found: list[Captures]) -> dict[tuple[int, int], str]:
    """The prefix of each router that is mounted under a single one, by where the router is made."""
    prefixes: dict[tuple[int, int], set[str]] = {}
    for captures in found:
        if "mount" not in captures:
            continue
        mounted, prefix = captures["mounted"][0], string_of(captures["prefix"][0])
        router = source.bindings.find(text_of(mounted), mounted.start_byte)
        if router is not None:
            prefixes.setdefault(_span(router), set()).add(prefix or "")
    return {span: min(several) for span, several in prefixes.items() if len(several) == 1}


def _step(call: Call, before: str | None) -> str | None:
    """`.route("/path")` adds its path, and each verb behind it gives the same back."""
    if before is None or call.method != "route":
        return before
    path = string_of(next(iter(call.arguments), None))
    return None if path is None else before + path


def _path(call: Call, prefixes: Trail) -> str | None:
    """The path of a verb: its own with a handler behind it, or that of the `route` it is called on."""
    before = prefixes.text(call.owner)
    first = string_of(call.arguments[0])
    if before is None:
        return None
    if first is None:
        return before if before and _is_on_route(call) else None
    return before + first if len(call.arguments) > 1 and first.startswith(("/", "*")) else None


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
