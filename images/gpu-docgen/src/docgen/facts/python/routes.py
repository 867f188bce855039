"""HTTP routes that a module declares with FastAPI or Flask."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, NamedTuple

from docgen.facts.model import Place, Route
from docgen.facts.python.names import MAX_STEPS, keywords_of, strings_of
from docgen.facts.python.source import dotted_name, text_of
from docgen.facts.python.views import VERBS as _VERBS
from docgen.facts.python.views import view_methods

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docgen.facts.python.names import Names

_SEVERAL = frozenset({"route", "api_route"})
_ADDS = {"add_url_rule": (2, "view_func"), "add_api_route": (1, "endpoint")}
# What makes a router, and the keyword of the prefix that it gives its routes.
_ROUTERS = {
    "fastapi.FastAPI": "",
    "fastapi.APIRouter": "prefix",
    "fastapi.routing.APIRouter": "prefix",
    "flask.Flask": "",
    "flask.Blueprint": "url_prefix",
}
# What mounts a router: the keyword of the prefix, and whether it takes the place of the router's own.
_MOUNTS = {"include_router": ("prefix", False), "register_blueprint": ("url_prefix", True)}


class _Mount(NamedTuple):
    owner: ast.expr
    prefix: str | None
    replaces: bool


def routes_declared(names: Names, path: str) -> Iterator[Route]:
    """Each route of an application or router that the module makes, is given or imports."""
    if not (names.imports("fastapi") or names.imports("flask")):
        return
    prefixes = _Prefixes(names)
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
    call: ast.Call, target: ast.Attribute, handler: _Handler, prefixes: _Prefixes, place: Place
) -> Iterator[Route]:
    if target.attr not in _VERBS | _SEVERAL | _ADDS.keys():
        return
    said = keywords_of(call)
    path = text_of(call.args[0] if call.args else said.get("path") or said.get("rule"))
    before = prefixes.of(target.value)
    if path is None or before is None or not (path.startswith("/") or (before and not path)):
        return
    methods = [target.attr] if target.attr in _VERBS else handler.methods or ["get"]
    if target.attr not in _VERBS and "methods" in said:
        methods = strings_of(said["methods"]) or []
    for method in methods:
        yield Route(method.upper(), before + path, handler.name, place)


class _Prefixes:
    """The prefix of each router; None for what is no router, or has a prefix that is computed."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._mounts: dict[int, list[_Mount]] = {}
        for call in names.calls:
            if isinstance(call.func, ast.Attribute) and call.func.attr in _MOUNTS and call.args:
                keyword, replaces = _MOUNTS[call.func.attr]
                given = keywords_of(call).get(keyword)
                mount = _Mount(call.func.value, _written(given), replaces and given is not None)
                self._mounts.setdefault(id(names.value(call.args[0])), []).append(mount)

    def of(self, router: ast.expr) -> str | None:
        """What stands before the paths of `router`, with the one mount that the module shows."""
        prefix = ""
        node = router
        for _ in range(MAX_STEPS):
            made = self._names.value(node)
            own = self._own(node, made)
            if own is None:
                return None
            mounts = self._mounts.get(id(made), []) if isinstance(made, ast.Call) else []
            if len(mounts) != 1:
                return own + prefix
            if mounts[0].prefix is None:
                return None
            prefix = mounts[0].prefix + ("" if mounts[0].replaces else own) + prefix
            node = mounts[0].owner
        return None

    def _own(self, node: ast.expr, made: ast.expr | None) -> str | None:
        """The prefix that a router is made with; an imported or given one adds none here."""
        if isinstance(made, ast.Call):
            keyword = _ROUTERS.get(self._names.full_name(made.func))
            if keyword is None:
                return None
            return _written(keywords_of(made).get(keyword)) if keyword else ""
        if made is not None:
            return "" if self._names.full_name(made) in _ROUTERS else None
        return "" if isinstance(node, ast.Name) and node.id in self._names.imported else None


def _written(node: ast.expr | None) -> str | None:
    """A prefix: empty where there is none, None where it is computed."""
    if node is None or (isinstance(node, ast.Constant) and node.value is None):
        return ""
    return text_of(node)
