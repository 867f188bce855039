"""Routes that Go declares with Gin."""

from __future__ import annotations

import posixpath
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

_LIBRARY = "github.com/gin-gonic/gin"
_GROUPS = ("IRouter", "IRoutes", "RouterGroup")
_VERBS = ("Any", "DELETE", "GET", "HEAD", "Handle", "Match", "OPTIONS", "PATCH", "POST", "PUT")
# What gives back the group that it is called on.
_SAME = frozenset({"Use", *_VERBS})


def routes_declared(source: Source) -> Iterator[Route]:
    """Each route of a router that the file makes or is given, with the prefixes of its groups."""
    gin = source.libraries.get(_LIBRARY)
    if gin is None:
        return
    found = source.found("routes")
    groups = {f"{gin}.{kind}" for kind in _GROUPS}
    trails = Trail(source.grammar, source.bindings, lambda node: _start(node, gin, groups), _step)
    places = Places(_joined)
    _pass(found, groups, trails, places)
    for captures in found:
        call = call_of(captures.get("declared", [None])[0], SHAPES["go"])
        yield from _routes(call, trails, places, source) if call else ()


def _start(node: Node, gin: str, groups: set[str]) -> str | None:
    """An engine is the root; a group that is given is known by where its type is written."""
    if node.type == "qualified_type" and text_of(node) in groups:
        return written(str(node.start_byte))
    if node.type == "qualified_type":
        return written("") if text_of(node) == f"{gin}.Engine" else None
    function = node.child_by_field_name("function") if node.type == "call_expression" else None
    is_made = function is not None and text_of(function) in {f"{gin}.Default", f"{gin}.New"}
    return written("") if is_made else None


def _pass(found: list[Captures], groups: set[str], trails: Trail, places: Places) -> None:
    """Where a function of the file is called, its groups are those that it is given."""
    functions: dict[str, list[list[Node]]] = {}
    for captures in found:
        if "parameters" in captures:
            taken = list(_types(captures["parameters"][0]))
            functions.setdefault(text_of(captures["name"][0]), []).append(taken)
    for captures in found:
        same = functions.get(text_of(captures["called"][0]), []) if "called" in captures else []
        for types in same:
            given = [node for node in captures["given"][0].named_children if node.type != "comment"]
            for kind, argument in zip(types, given, strict=False):
                if text_of(kind) in groups:
                    # Which of two methods of one name is called nobody can tell.
                    owner = trails.text(argument) if len(same) == 1 else None
                    places.mount(written(str(kind.start_byte)), owner, "")


def _types(parameters: Node) -> Iterator[Node]:
    """The type of each parameter, without the mark of a pointer."""
    for declared in parameters.named_children:
        kind = declared.child_by_field_name("type")
        if kind is not None:
            inner = kind.named_children[0] if kind.type == "pointer_type" else kind
            yield from [inner] * len(declared.children_by_field_name("name"))


def _joined(before: str, path: str) -> str:
    """As Gin joins paths: one slash between parts, and the one at the end as the last part has it."""
    if not path:
        return before or "/"
    whole = "/" + posixpath.normpath(f"/{before}/{path}").lstrip("/")
    return f"{whole}/" if path.endswith("/") and whole != "/" else whole


def _step(call: Call, before: str | None) -> str | None:
    if before is None or call.method in _SAME:
        return before
    path = string_of(next(iter(call.arguments), None))
    return None if path is None or call.method != "Group" else behind(before, path, _joined)


def _routes(call: Call, trails: Trail, places: Places, source: Source) -> Iterator[Route]:
    said = call.method in {"Handle", "Match"}
    if call.method not in _VERBS or len(call.arguments) < 2 + said:
        return
    methods = _methods(call.arguments[0]) if said else [call.method.upper()]
    path, last = string_of(call.arguments[said]), call.arguments[-1]
    if path is None:
        return
    handler = text_of(last) if last.type in {"identifier", "selector_expression"} else ""
    for before in places.of(trails.text(call.owner)):
        for method in methods:
            yield Route(method, _joined(before, path), handler, source.place(call.node))


def _methods(node: Node) -> list[str]:
    """The methods that are written out, as a text or a slice of texts; none where one is computed."""
    body = node.child_by_field_name("body") if node.type == "composite_literal" else None
    items = [node] if body is None else [item.named_children[0] for item in body.named_children]
    found = [string_of(item) for item in items]
    return [item for item in found if item] if all(found) else []
