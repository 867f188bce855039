"""HTTP routes that a module declares with FastAPI or Flask."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, NamedTuple

from docgen.facts.model import Place, Route
from docgen.facts.python.mounts import Prefixes, joined
from docgen.facts.python.names import keywords_of, strings_of
from docgen.facts.python.source import dotted_name, text_of
from docgen.facts.python.views import VERBS as _VERBS
from docgen.facts.python.views import view_methods

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docgen.facts.python.names import Names

_SEVERAL = frozenset({"route", "api_route"})
_ADDS = {"add_url_rule": (2, "view_func"), "add_api_route": (1, "endpoint")}


def routes_declared(names: Names, path: str) -> Iterator[Route]:
    """Each route of an application or router that the module makes, is given or imports."""
    if not (names.imports("fastapi") or names.imports("flask")):
        return
    prefixes = Prefixes(names)
    for call, target, handler in (*_decorators(names), *_additions(names)):
        yield from _routes(call, target, handler, prefixes, Place(path, call.lineno))


class _Handler(NamedTuple):
    """What answers a route, and the methods that it says it takes; None where it says nothing."""

    name: str
    methods: list[str] | None = None


def _decorators(names: Names) -> Iterator[tuple[ast.Call, ast.Attribute, _Handler]]:
    for function in names.functions:
        for item in function.decorator_list:
            if isinstance(item, ast.Call) and isinstance(item.func, ast.Attribute):
                yield item, item.func, _Handler(function.name)


def _additions(names: Names) -> Iterator[tuple[ast.Call, ast.Attribute, _Handler]]:
    for call in names.calls:
        if isinstance(call.func, ast.Attribute) and call.func.attr in _ADDS:
            handler = _added(call, names, *_ADDS[call.func.attr])
            if handler:
                yield call, call.func, handler


def _added(call: ast.Call, names: Names, index: int, keyword: str) -> _Handler | None:
    """What `add_url_rule` is given as handler; None for what is no plain name and no view of a class."""
    handler = call.args[index] if len(call.args) > index else keywords_of(call).get(keyword)
    if handler is None:
        return None
    made = handler if isinstance(handler, ast.Call) else names.value(handler)
    if isinstance(made, ast.Call) and isinstance(made.func, ast.Attribute) and made.func.attr == "as_view":
        view = dotted_name(made.func.value)
        methods = view_methods(names, view)
        return _Handler(view, methods) if methods or "methods" in keywords_of(call) else None
    name = dotted_name(handler)
    return _Handler(name) if name else None


def _routes(
    call: ast.Call, target: ast.Attribute, handler: _Handler, prefixes: Prefixes, place: Place
) -> Iterator[Route]:
    if target.attr not in _VERBS | _SEVERAL | _ADDS.keys():
        return
    said = keywords_of(call)
    path = text_of(call.args[0] if call.args else said.get("path") or said.get("rule"))
    if path is None:
        return
    places = prefixes.of(target.value) if path.startswith("/") or not path else ()
    whole = [each for before in places if (each := joined(before, path))]
    methods = [target.attr] if target.attr in _VERBS else handler.methods or ["get"]
    if target.attr not in _VERBS and "methods" in said:
        methods = strings_of(said["methods"]) or []
    for method in methods:
        yield from (Route(method.upper(), each, handler.name, place) for each in whole)
