"""GitHub's OpenAPI description, cut down to what the fake serves so that the proxy starts in seconds.

The proxy takes no slash in a path's parameter, but branch names have them. Such an operation is therefore
entered once more for every depth, as `/git/ref/{ref}/{ref_2}`. And it silently checks nothing at all where
its validator cannot compile a schema, as it cannot `nullable` beside `anyOf`: that is written out as one more
alternative. Nothing else of GitHub's text is changed.
"""

from __future__ import annotations

import re
from copy import deepcopy
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.fakes.github.routes import Route

_DEPTH = 4
_HOLE = re.compile(r"\{\w+(\*?)\}")


def cut(description: dict[str, Any], routes: list[Route]) -> tuple[dict[str, Any], list[str]]:
    """The description of these routes alone, and the routes that GitHub does not describe."""
    known = {_shape(path): path for path in description["paths"]}
    paths: dict[str, Any] = {}
    unknown = []
    for route in routes:
        path = known.get(_shape(route.template))
        operation = description["paths"].get(path, {}).get(route.method.lower())
        if path is None or operation is None:
            unknown.append(f"{route.method} {route.template}")
            continue
        for deeper in _deeper(path) if "*}" in route.template else [path]:
            paths.setdefault(deeper, {})[route.method.lower()] = _with_holes(operation, deeper)
    parts = {"openapi": description["openapi"], "info": description["info"], "paths": paths}
    return _spelt_out(parts | {"components": _reachable(description, paths)}), unknown


def _spelt_out(node: Any) -> Any:  # noqa: ANN401 - any JSON
    """`node` with each schema that may be null but has no type saying so by an alternative of its own."""
    if isinstance(node, list):
        return [_spelt_out(one) for one in node]
    if not isinstance(node, dict):
        return node
    made = {key: _spelt_out(value) for key, value in node.items()}
    if made.get("nullable") is True and "type" not in made:
        del made["nullable"]
        return {"anyOf": [made, {"enum": [None]}]}
    return made


def _shape(template: str) -> str:
    return _HOLE.sub("{}", template)


def _deeper(path: str) -> list[str]:
    start, _, rest = path.rpartition("{")
    name, _, end = rest.partition("}")
    holes = [f"{{{name}}}", *(f"{{{name}_{number}}}" for number in range(2, _DEPTH + 1))]
    return [f"{start}{'/'.join(holes[:depth])}{end}" for depth in range(1, _DEPTH + 1)]


def _with_holes(operation: dict[str, Any], path: str) -> dict[str, Any]:
    """The operation with a plain parameter for each hole that only the deeper path has."""
    made = deepcopy(operation)
    extra = re.findall(r"\{(\w+_\d)\}", path)
    made.setdefault("parameters", []).extend(
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}} for name in extra
    )
    made["operationId"] = made["operationId"] + "".join(f"/{name}" for name in extra)
    return made


def _reachable(description: dict[str, Any], paths: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, dict[str, Any]] = {}
    waiting = list(_references(paths))
    while waiting:
        kind, name = waiting.pop()
        if name not in found.setdefault(kind, {}):
            found[kind][name] = description["components"][kind][name]
            waiting += _references(found[kind][name])
    return found


def _references(node: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - any JSON
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            _, _, kind, name = node["$ref"].split("/", 3)
            yield kind, name
        for value in node.values():
            yield from _references(value)
    elif isinstance(node, list):
        for value in node:
            yield from _references(value)
