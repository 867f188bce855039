"""Environment variables that a module reads, by name."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from docgen.facts.model import Place, Variable
from docgen.facts.python.source import dotted_name, source_of, text_of
from docgen.facts.python.symbols import looks_secret

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_GETTERS = ("get", "pop", "setdefault")


class _Names:
    """What this module calls `os.environ` and `os.getenv`, and its own string constants."""

    def __init__(self, tree: ast.Module, nodes: Sequence[ast.AST]) -> None:
        self.environ, self.getenv = {"os.environ"}, {"os.getenv"}
        self.constants: dict[str, str] = {}
        for node in nodes:
            if isinstance(node, ast.Import):
                self._add_modules(node)
            elif isinstance(node, ast.ImportFrom) and node.module == "os" and not node.level:
                self._add_names(node)
        for statement in tree.body:
            self._add_constant(statement)

    def _add_modules(self, node: ast.Import) -> None:
        for alias in node.names:
            if alias.name == "os" and alias.asname:
                self.environ.add(f"{alias.asname}.environ")
                self.getenv.add(f"{alias.asname}.getenv")

    def _add_names(self, node: ast.ImportFrom) -> None:
        for alias in node.names:
            if alias.name in {"environ", "getenv"}:
                getattr(self, alias.name).add(alias.asname or alias.name)

    def _add_constant(self, node: ast.stmt) -> None:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            value = text_of(node.value)
            if value is not None:
                self.constants[node.targets[0].id] = value

    def key(self, node: ast.expr) -> str | None:
        """The variable's name where it is written out, here or in a constant of the module."""
        if isinstance(node, ast.Name):
            return self.constants.get(node.id)
        return text_of(node)


def variables_read(tree: ast.Module, nodes: Sequence[ast.AST], path: str) -> tuple[Variable, ...]:
    """Each read of an environment variable whose name the module shows."""
    names = _Names(tree, nodes)
    found = [variable for node in nodes for variable in _reads(node, names, path)]
    return tuple(sorted(found, key=lambda variable: variable.place.line))


def _reads(node: ast.AST, names: _Names, path: str) -> Iterator[Variable]:
    if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Load):
        if dotted_name(node.value) in names.environ:
            yield from _variable(node.slice, None, names, path)
    elif isinstance(node, ast.Call) and node.args and _is_getter(node.func, names):
        yield from _variable(node.args[0], _default(node), names, path)
    elif isinstance(node, ast.Compare) and _is_membership(node, names):
        yield from _variable(node.left, None, names, path)


def _is_membership(node: ast.Compare, names: _Names) -> bool:
    return isinstance(node.ops[0], ast.In | ast.NotIn) and dotted_name(node.comparators[0]) in names.environ


def _is_getter(function: ast.expr, names: _Names) -> bool:
    dotted = dotted_name(function)
    owner, _, method = dotted.rpartition(".")
    return dotted in names.getenv or (owner in names.environ and method in _GETTERS)


def _default(node: ast.Call) -> ast.expr | None:
    if len(node.args) > 1:
        return node.args[1]
    return next((item.value for item in node.keywords if item.arg == "default"), None)


def _variable(key: ast.expr, default: ast.expr | None, names: _Names, path: str) -> Iterator[Variable]:
    name = names.key(key)
    if not name or not name.isprintable() or " " in name:
        return
    text = source_of(default, limit=60) if default is not None else None
    if looks_secret(name) and text_of(default):
        text = "…"
    yield Variable(name, None if text == "None" else text, Place(path, key.lineno))
