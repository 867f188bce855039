"""Environment variables that a module reads, by name."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from docgen.facts.model import Place, Variable
from docgen.facts.python.blocks import flattened
from docgen.facts.python.environment_helpers import Helper, given, helper_of, text_parts
from docgen.facts.python.source import dotted_name, source_of, text_of
from docgen.facts.python.symbols import looks_secret

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_GETTERS = ("get", "pop", "setdefault")


class Reads:
    """Reads in one module: what it calls `os.environ` and `os.getenv`, and its own string constants."""

    def __init__(self, tree: ast.Module, nodes: Sequence[ast.AST]) -> None:
        self.environ, self.getenv = {"os.environ"}, {"os.getenv"}
        self.constants: dict[str, str | None] = {}
        for node in nodes:
            if isinstance(node, ast.Import):
                self._add_modules(node)
            elif isinstance(node, ast.ImportFrom) and node.module == "os" and not node.level:
                self._add_names(node)
        for statement in flattened(tree.body):
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
        if isinstance(node, ast.Assign):
            targets = node.targets
        elif isinstance(node, ast.AnnAssign):
            targets = [node.target]
        else:
            return
        for name in (target.id for target in targets if isinstance(target, ast.Name)):
            # Which of two values it has when it is read nobody can tell.
            value = text_of(node.value)
            self.constants[name] = value if name not in self.constants else None

    def key(self, node: ast.expr) -> str | None:
        """The variable's name where it is written out, here or in constants of the module."""
        parts = text_parts(node) or []
        texts = [self.constants.get(part.id) if isinstance(part, ast.Name) else part for part in parts]
        return None if None in texts else "".join(text for text in texts if text)

    def helper(self, node: ast.AST) -> Helper | None:
        """The function, if all it is asked for is a variable that one of its parameters names."""
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            return None
        reads = [read for inner in ast.walk(node) if (read := _read(inner, self))]
        found = {helper for key, default in reads if (helper := helper_of(node, key, default))}
        return found.pop() if len(found) == 1 else None


def variables_read(tree: ast.Module, nodes: Sequence[ast.AST], path: str) -> tuple[Variable, ...]:
    """Each read of an environment variable whose name the module shows."""
    names = Reads(tree, nodes)
    helpers = [helper for node in tree.body if (helper := names.helper(node))]
    asked = {helper.name: helper for helper in helpers}
    found = [variable for node in nodes for variable in _reads(node, names, path)]
    for node in nodes:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in asked:
            found += _asked(node, asked[node.func.id], names, path)
    return tuple(sorted(found, key=lambda variable: variable.place.line))


def _reads(node: ast.AST, names: Reads, path: str) -> Iterator[Variable]:
    if read := _read(node, names):
        key, default = read
        yield from _variable(names.key(key), default, Place(path, key.lineno))


def _read(node: ast.AST, names: Reads) -> tuple[ast.expr, ast.expr | None] | None:
    """The key and the default of a read of the environment."""
    if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Load):
        return (node.slice, None) if dotted_name(node.value) in names.environ else None
    if isinstance(node, ast.Call) and node.args and _is_getter(node.func, names):
        return node.args[0], _default(node)
    if isinstance(node, ast.Compare) and _is_membership(node, names):
        return node.left, None
    return None


def _asked(call: ast.Call, helper: Helper, names: Reads, path: str) -> Iterator[Variable]:
    key = given(call, helper.parameters, helper.key)
    text = names.key(key) if key is not None else None
    default = given(call, helper.parameters, helper.default) if helper.default else None
    if text and key is not None:
        yield from _variable(helper.before + text + helper.after, default, Place(path, key.lineno))


def _is_membership(node: ast.Compare, names: Reads) -> bool:
    return isinstance(node.ops[0], ast.In | ast.NotIn) and dotted_name(node.comparators[0]) in names.environ


def _is_getter(function: ast.expr, names: Reads) -> bool:
    dotted = dotted_name(function)
    owner, _, method = dotted.rpartition(".")
    return dotted in names.getenv or (owner in names.environ and method in _GETTERS)


def _default(node: ast.Call) -> ast.expr | None:
    if len(node.args) > 1:
        return node.args[1]
    return next((item.value for item in node.keywords if item.arg == "default"), None)


def _variable(name: str | None, default: ast.expr | None, place: Place) -> Iterator[Variable]:
    if not name or not name.isprintable() or " " in name:
        return
    text = source_of(default, limit=60) if default is not None else None
    if looks_secret(name) and text_of(default):
        text = "…"
    yield Variable(name, None if text == "None" else text, place)
