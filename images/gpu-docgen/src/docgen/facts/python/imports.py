"""Imports with their dots resolved, and `__all__`."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from docgen.facts.model import Import
from docgen.facts.python.blocks import flattened
from docgen.facts.python.source import literal, touched_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def module_imports(
    tree: ast.Module, nodes: Sequence[ast.AST], name: str, *, is_package: bool
) -> tuple[Import, ...]:
    """Every import of the module, those inside functions included."""
    package = name if is_package else name.rpartition(".")[0]
    top = {id(node) for node in flattened(tree.body)}
    return tuple(found for node in nodes for found in _imports(node, package, at_top=id(node) in top))


def _imports(node: ast.AST, package: str, *, at_top: bool) -> Iterator[Import]:
    if isinstance(node, ast.Import):
        for alias in node.names:
            yield Import(alias.name, "", alias.asname or "", node.lineno, at_top)
    elif isinstance(node, ast.ImportFrom):
        target = _absolute(node, package)
        for alias in node.names:
            if target:
                yield Import(target, alias.name, alias.asname or "", node.lineno, at_top)


def _absolute(node: ast.ImportFrom, package: str) -> str:
    """The module that is imported from; empty where the dots lead out of the outermost package."""
    if not node.level:
        return node.module or ""
    parts = package.split(".") if package else []
    if node.level - 1 >= len(parts):
        return ""
    base = parts[: len(parts) - (node.level - 1)]
    return ".".join([*base, *([node.module] if node.module else [])])


def module_exports(tree: ast.Module) -> tuple[str, ...] | None:
    """`__all__`, None where there is none or where not every change of it is written out."""
    found: list[str] = []
    changes = [_all_change(node) for node in flattened(tree.body)]
    written = [value for value in changes if value is not None]
    if not written or len(written) != sum("__all__" in touched_names(node) for node in ast.walk(tree)):
        return None
    for value in written:
        names = literal(value)
        if not isinstance(names, list | tuple) or not all(isinstance(name, str) for name in names):
            return None
        found.extend(names)
    return tuple(dict.fromkeys(found))


def _all_change(node: ast.stmt) -> ast.expr | None:
    """The list that a statement makes `__all__`, or adds to it; None where it does neither."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        return _all_addition(node.value)
    if isinstance(node, ast.Assign):
        targets = node.targets
    elif isinstance(node, ast.AugAssign | ast.AnnAssign):
        targets = [node.target]
    else:
        return None
    return node.value if any(map(_is_all, targets)) else None


def _all_addition(call: ast.Call) -> ast.expr | None:
    function = call.func
    if not isinstance(function, ast.Attribute) or not _is_all(function.value) or len(call.args) != 1:
        return None
    if function.attr == "append":
        return ast.List(elts=call.args, ctx=ast.Load())
    return call.args[0] if function.attr == "extend" else None


def _is_all(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id == "__all__"
