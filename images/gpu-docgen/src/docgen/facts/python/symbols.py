"""The names that a module or a class defines for others."""

from __future__ import annotations

import ast
import re
from dataclasses import replace
from itertools import zip_longest
from typing import TYPE_CHECKING

from docgen.facts.model import Kind, Place, Symbol
from docgen.facts.python.attributes import instance_attributes
from docgen.facts.python.signatures import class_signature, function_signature
from docgen.facts.python.source import docstring, last_name, source_of, touched_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from docgen.facts.python.comments import Comments

_CONSTANT = re.compile(r"^[A-Z][A-Z0-9_]*$")
_SECRET = re.compile(r"secret|token|passw|passphrase|private|credential|api_?key", re.IGNORECASE)
_OVERLOAD = re.compile(r"^@(?:\w+\.)*overload\b", re.MULTILINE)
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


def module_symbols(
    tree: ast.Module, path: str, exports: tuple[str, ...] | None, comments: Comments
) -> tuple[Symbol, ...]:
    """Public functions, classes and constants; `__all__` decides where there is one."""

    def is_public(name: str) -> bool:
        return name in exports if exports is not None else not name.startswith("_")

    found: dict[str, Symbol] = {}
    for node, following in _paired(tree.body):
        symbol = _symbol(node, following, path, comments, listed=exports or ())
        if symbol and is_public(symbol.name):
            found[symbol.name] = _together(found.get(symbol.name), symbol)
    return tuple(found.values())


def module_values(tree: ast.Module, path: str, comments: Comments) -> tuple[Symbol, ...]:
    """What the module assigns to names in lower case: for others only where a package offers them."""
    found: dict[str, Symbol] = {}
    for node, following in _paired(tree.body):
        name = _assigned(node)
        if name and not name.startswith("_") and not _CONSTANT.match(name) and name not in found:
            shown = _assignment(node, name)
            if isinstance(node, ast.AnnAssign):  # how it is made says less than what it is
                shown = f"{name}: {source_of(node.annotation)}"
            doc = comments.of(node, following)
            found[name] = Symbol(name, Kind.CONSTANT, shown, doc, Place(path, node.lineno))
    return tuple(found.values())


def _paired(body: Iterable[ast.stmt]) -> Iterator[tuple[ast.stmt, ast.stmt | None]]:
    """Each definition with the statement below it."""
    statements = list(_definitions(body))
    return zip_longest(statements, statements[1:])


def _together(known: Symbol | None, new: Symbol) -> Symbol:
    """The first definition of a name; what implements overloads instead of them, and they all without it."""
    if known is None or not _OVERLOAD.search(known.signature):
        return known or new
    if not _OVERLOAD.search(new.signature):
        return new
    return replace(known, signature=f"{known.signature}\n{new.signature}", doc=known.doc or new.doc)


def _symbol(
    node: ast.stmt, following: ast.stmt | None, path: str, comments: Comments, listed: tuple[str, ...]
) -> Symbol | None:
    place = Place(path, node.lineno)
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return Symbol(node.name, Kind.FUNCTION, function_signature(node), docstring(node), place)
    if isinstance(node, ast.ClassDef):
        members = tuple(_members(node, path, comments))
        return Symbol(node.name, Kind.CLASS, class_signature(node), docstring(node), place, members)
    name = _assigned(node)
    doc = comments.of(node, following) if name else ""
    if not name or not (_CONSTANT.match(name) or name in listed):
        return None
    return Symbol(name, Kind.CONSTANT, _assignment(node, name), doc, place)


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


def _members(node: ast.ClassDef, path: str, comments: Comments) -> Iterator[Symbol]:
    is_enum = any(last_name(base).endswith(("Enum", "Flag")) for base in node.bases)
    found: dict[str, Symbol] = {}
    for item, following in _paired(node.body):
        symbol = _member(item, following, path, comments, is_enum=is_enum)
        if symbol:
            found[symbol.name] = _together(found.get(symbol.name), symbol)
    for item in node.body:
        if isinstance(item, ast.FunctionDef) and item.name == "__init__":
            statements = list(flattened(item.body))
            for symbol in instance_attributes(statements, item.args, path, comments):
                known = found.setdefault(symbol.name, symbol)
                if symbol.doc and not known.doc and known.kind is not Kind.FUNCTION:
                    found[symbol.name] = replace(known, doc=symbol.doc)
    yield from found.values()


def _member(
    node: ast.stmt, following: ast.stmt | None, path: str, comments: Comments, *, is_enum: bool
) -> Symbol | None:
    place = Place(path, node.lineno)
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        if node.name.startswith("_") and node.name not in _SHOWN_METHODS:
            return None
        return Symbol(node.name, Kind.FUNCTION, function_signature(node), docstring(node), place)
    name = _assigned(node)
    if not name or name.startswith("_"):
        return None
    doc = comments.of(node, following)
    if not (doc or is_enum or isinstance(node, ast.AnnAssign)):
        return None
    return Symbol(name, Kind.CONSTANT, _assignment(node, name), doc, place)
