"""Imports with their dots resolved, and `__all__`."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from docgen.facts.model import Import
from docgen.facts.python.source import literal
from docgen.facts.python.symbols import flattened

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
    """`__all__`, None where there is none or it is not written out."""
    found: list[str] | None = None
    for node in flattened(tree.body):
        value = _all_value(node)
        if value is None:
            continue
        names = literal(value)
        if not isinstance(names, list | tuple) or not all(isinstance(name, str) for name in names):
            return None
        found = [*(found or []), *names]
    return None if found is None else tuple(dict.fromkeys(found))


def _all_value(node: ast.stmt) -> ast.expr | None:
    if isinstance(node, ast.Assign):
        targets = node.targets
    elif isinstance(node, ast.AugAssign | ast.AnnAssign):
        targets = [node.target]
    else:
        return None
    named = any(isinstance(target, ast.Name) and target.id == "__all__" for target in targets)
    return node.value if named else None
