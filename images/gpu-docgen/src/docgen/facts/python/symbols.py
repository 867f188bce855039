"""The names that a module or a class defines for others."""

from __future__ import annotations

import ast
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from docgen.facts.model import Kind, Place, Symbol
from docgen.facts.python.attributes import instance_attributes
from docgen.facts.python.blocks import flattened, in_force, paired, without_value
from docgen.facts.python.signatures import class_signature, function_signature
from docgen.facts.python.source import docstring, last_name, source_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docgen.facts.python.comments import Comments

_CONSTANT = re.compile(r"^[A-Z][A-Z0-9_]*$")
_SECRET = re.compile(r"secret|token|passw|passphrase|private|credential|api_?key", re.IGNORECASE)
_SHOWN_METHODS = frozenset({"__init__", "__call__", "__enter__", "__aenter__", "__iter__", "__getitem__"})


def looks_secret(name: str) -> bool:
    """Whether a value of this name should not be repeated anywhere."""
    return bool(_SECRET.search(name))


def module_symbols(
    tree: ast.Module, path: str, exports: tuple[str, ...] | None, comments: Comments
) -> tuple[Symbol, ...]:
    """Public functions, classes and constants; `__all__` decides where there is one."""

    def is_public(name: str) -> bool:
        return name in exports if exports is not None else not name.startswith("_")

    def made(node: ast.stmt, following: ast.stmt | None) -> Symbol | None:
        symbol = _symbol(node, following, path, comments, listed=exports or ())
        return symbol if symbol and is_public(symbol.name) else None

    return tuple(in_force(tree.body, made).values())


def module_values(tree: ast.Module, path: str, comments: Comments) -> tuple[Symbol, ...]:
    """What the module assigns to names in lower case: for others only where a package offers them."""
    found: dict[str, Symbol] = {}
    for node, following, _ in paired(tree.body):
        name = _assigned(node)
        if name in found:  # which of its values it has when it is used nobody can tell
            found[name] = without_value(found[name])
        elif name and not name.startswith("_") and not _CONSTANT.match(name):
            shown = _assignment(node, name)
            if isinstance(node, ast.AnnAssign):  # how it is made says less than what it is
                shown = f"{name}: {source_of(node.annotation)}"
            doc = comments.of(node, following)
            found[name] = Symbol(name, Kind.CONSTANT, shown, doc, Place(path, node.lineno))
    return tuple(found.values())


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
    found = in_force(node.body, lambda item, below: _member(item, below, path, comments, is_enum=is_enum))
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
