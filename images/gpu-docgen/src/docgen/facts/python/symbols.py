"""The names that a module or a class defines for others."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from docgen.facts.model import Kind, Place, Symbol
from docgen.facts.python.signatures import class_signature, function_signature
from docgen.facts.python.source import docstring, last_name, source_of, touched_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_CONSTANT = re.compile(r"^[A-Z][A-Z0-9_]*$")
_SECRET = re.compile(r"secret|token|passw|passphrase|private|credential|api_?key", re.IGNORECASE)
_SHOWN_METHODS = frozenset({"__init__", "__call__", "__enter__", "__aenter__", "__iter__", "__getitem__"})


def looks_secret(name: str) -> bool:
    """Whether a value of this name should not be repeated anywhere."""
    return bool(_SECRET.search(name))


def flattened(body: Iterable[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements of a body, with those inside `if`, `try` and `with` in place."""
    for node in body:
        yield node
        if isinstance(node, ast.If):
            yield from flattened((*node.body, *node.orelse))
        elif isinstance(node, ast.Try | ast.TryStar):
            inner = [statement for handler in node.handlers for statement in handler.body]
            yield from flattened((*node.body, *inner, *node.orelse, *node.finalbody))
        elif isinstance(node, ast.With):
            yield from flattened(node.body)


def _definitions(body: Iterable[ast.stmt]) -> Iterator[ast.stmt]:
    """The flattened body, less what a handler puts in the place of a name that its `try` binds."""
    statements = list(flattened(body))
    stand_ins: set[int] = set()
    for node in statements:
        if isinstance(node, ast.Try | ast.TryStar):
            tried = {name for statement in flattened(node.body) for name in _bound(statement)}
            handled = flattened(item for handler in node.handlers for item in handler.body)
            stand_ins.update(id(item) for item in handled if not tried.isdisjoint(_bound(item)))
    return (node for node in statements if id(node) not in stand_ins)


def _bound(node: ast.stmt) -> Iterator[str]:
    """The names that a statement imports, defines or assigns."""
    parts: list[ast.AST] = [node]
    if isinstance(node, ast.Import | ast.ImportFrom):
        parts = [*node.names]
    elif isinstance(node, ast.Assign):
        parts = [part for target in node.targets for part in ast.walk(target)]
    elif isinstance(node, ast.AnnAssign):
        parts = [node.target]
    for part in parts:
        yield from touched_names(part)


def module_symbols(tree: ast.Module, path: str, exports: tuple[str, ...] | None) -> tuple[Symbol, ...]:
    """Public functions, classes and constants; `__all__` decides where there is one."""

    def is_public(name: str) -> bool:
        return name in exports if exports is not None else not name.startswith("_")

    found: dict[str, Symbol] = {}
    for node in _definitions(tree.body):
        symbol = _symbol(node, path, listed=exports or ())
        if symbol and is_public(symbol.name) and not _is_better(found.get(symbol.name), symbol):
            found[symbol.name] = symbol
    return tuple(found.values())


def _is_better(known: Symbol | None, new: Symbol) -> bool:
    """Whether the first definition stays: it does, unless it was an `@overload` of this one."""
    return known is not None and ("@overload" not in known.signature or "@overload" in new.signature)


def _symbol(node: ast.stmt, path: str, listed: tuple[str, ...]) -> Symbol | None:
    place = Place(path, node.lineno)
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return Symbol(node.name, Kind.FUNCTION, function_signature(node), docstring(node), place)
    if isinstance(node, ast.ClassDef):
        members = tuple(_members(node, path))
        return Symbol(node.name, Kind.CLASS, class_signature(node), docstring(node), place, members)
    return _constant(node, path, listed)


def _constant(node: ast.stmt, path: str, listed: tuple[str, ...]) -> Symbol | None:
    name = _assigned(node)
    if not name or not (_CONSTANT.match(name) or name in listed):
        return None
    return Symbol(name, Kind.CONSTANT, _assignment(node, name), "", Place(path, node.lineno))


def _assigned(node: ast.stmt) -> str:
    if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        return node.target.id
    if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
        return node.targets[0].id
    return ""


def _assignment(node: ast.stmt, name: str) -> str:
    annotation = f": {source_of(node.annotation)}" if isinstance(node, ast.AnnAssign) else ""
    value = node.value if isinstance(node, ast.Assign | ast.AnnAssign) else None
    if value is None:
        return f"{name}{annotation}"
    hidden = looks_secret(name) and isinstance(value, ast.Constant) and isinstance(value.value, str)
    return f"{name}{annotation} = {'…' if hidden else source_of(value, limit=80)}"


def _members(node: ast.ClassDef, path: str) -> Iterator[Symbol]:
    is_enum = any(last_name(base).endswith(("Enum", "Flag")) for base in node.bases)
    found: dict[str, Symbol] = {}
    for item in _definitions(node.body):
        symbol = _member(item, path, is_enum=is_enum)
        if symbol and not _is_better(found.get(symbol.name), symbol):
            found[symbol.name] = symbol
    yield from found.values()


def _member(node: ast.stmt, path: str, *, is_enum: bool) -> Symbol | None:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        if node.name.startswith("_") and node.name not in _SHOWN_METHODS:
            return None
        return Symbol(
            node.name, Kind.FUNCTION, function_signature(node), docstring(node), Place(path, node.lineno)
        )
    name = _assigned(node)
    if not name or name.startswith("_") or not (is_enum or isinstance(node, ast.AnnAssign)):
        return None
    return Symbol(name, Kind.CONSTANT, _assignment(node, name), "", Place(path, node.lineno))
