"""Routes that Go declares with Gin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen.facts.model import Route
from docgen.facts.syntax.parsing import text_of
from docgen.facts.uses.literals import string_of
from docgen.facts.uses.trail import SHAPES, Trail, call_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from docgen.facts.uses.source import Source
    from docgen.facts.uses.trail import Call

_LIBRARY = "github.com/gin-gonic/gin"
_ROUTERS = ("Engine", "IRouter", "IRoutes", "RouterGroup")


def routes_declared(source: Source) -> Iterator[Route]:
    """Each route of a router that the file makes or is given, with the prefixes of its groups."""
    gin = source.libraries.get(_LIBRARY)
    if gin is None:
        return
    given = {f"{gin}.{kind}" for kind in _ROUTERS}
    made = {f"{gin}.Default()", f"{gin}.New()"}
    prefixes = Trail(
        source.grammar,
        source.bindings,
        lambda node: "" if _is_one(node, "qualified_type", given) or _is_made(node, made) else None,
        _step,
    )
    for captures in source.found("routes"):
        call = call_of(captures["declared"][0], SHAPES["go"])
        yield from _routes(call, prefixes, source) if call else ()


def _is_one(node: Node, kind: str, texts: set[str]) -> bool:
    return node.type == kind and text_of(node) in texts


def _is_made(node: Node, made: set[str]) -> bool:
    function = node.child_by_field_name("function") if node.type == "call_expression" else None
    return function is not None and f"{text_of(function)}()" in made


def _step(call: Call, before: str | None) -> str | None:
    if before is None or call.method != "Group":
        return None
    path = string_of(next(iter(call.arguments), None))
    return None if path is None else before + path


def _routes(call: Call, prefixes: Trail, source: Source) -> Iterator[Route]:
    before = prefixes.text(call.owner)
    texts = [string_of(node) for node in call.arguments[:2]]
    method = texts.pop(0) if call.method == "Handle" else call.method.upper()
    path = texts[0] if texts else None
    if before is None or method is None or path is None or len(call.arguments) < 2:
        return
    last = call.arguments[-1]
    handler = text_of(last) if last.type in {"identifier", "selector_expression"} else ""
    yield Route(method, before + path, handler, source.place(call.node))
