"""What the names of a module stand for: what it imports, and what it assigns."""

from __future__ import annotations

import ast
from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING

from docgen.facts.python.source import dotted_name, literal, source_of, text_of
from docgen.facts.uses.literals import shown_default
from docgen.facts.uses.scopes import Bindings, Scopes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Function = ast.FunctionDef | ast.AsyncFunctionDef
# Longer chains of names and calls are nobody's; a hostile file does not get to make each one long.
MAX_STEPS = 40


class Names:
    """Imports and assignments of one module. `nodes` are its telling nodes."""

    def __init__(self, nodes: Sequence[ast.AST]) -> None:
        self.nodes = nodes

    @cached_property
    def imported(self) -> dict[str, str]:
        """The full name behind each imported one; relative imports keep a leading dot."""
        found: dict[str, str] = {}
        for node in self.nodes:
            if isinstance(node, ast.Import):
                found.update((alias.asname or alias.name, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                base = "." * node.level + (node.module or "")
                found.update((alias.asname or alias.name, f"{base}.{alias.name}") for alias in node.names)
        return found

    def imports(self, library: str) -> bool:
        """Whether the module imports `library`, or something of it."""
        return any(f"{name}.".startswith(f"{library}.") for name in self.imported.values())

    def full_name(self, node: ast.expr) -> str:
        """The dotted name of an expression with its import resolved; empty for what is no plain name."""
        first, dot, rest = dotted_name(node).partition(".")
        return f"{self.imported.get(first, first)}{dot}{rest}"

    @cached_property
    def functions(self) -> list[Function]:
        """Every function, in the order of the source."""
        found = [node for node in self.nodes if isinstance(node, Function)]
        return sorted(found, key=lambda node: node.lineno)

    @cached_property
    def classes(self) -> dict[str, ast.ClassDef]:
        """Every class by its name; of two of one name neither."""
        found = [node for node in self.nodes if isinstance(node, ast.ClassDef)]
        counts = Counter(node.name for node in found)
        return {node.name: node for node in found if counts[node.name] == 1}

    @cached_property
    def calls(self) -> list[ast.Call]:
        """Every call, in the order of the source."""
        return sorted((node for node in self.nodes if isinstance(node, ast.Call)), key=_position)

    def value(self, node: ast.expr) -> ast.expr | None:
        """What a name was assigned, or the annotation of a parameter; None where that is not certain."""
        name = dotted_name(node)
        return self._bindings.find(name, _position(node)) if name else None

    @cached_property
    def _bindings(self) -> Bindings[ast.expr]:
        spans = ((_position(node), _end(node)) for node in self.functions)
        bindings: Bindings[ast.expr] = Bindings(Scopes(spans))
        for name, position, value in sorted(self._bound(), key=lambda item: item[:2]):
            bindings.bind(name, position, value)
        return bindings

    def _bound(self) -> Iterator[tuple[str, int, ast.expr | None]]:
        for node in self.nodes:
            if isinstance(node, ast.Assign | ast.AnnAssign):
                for target in node.targets if isinstance(node, ast.Assign) else (node.target,):
                    for name, value in _targets(target, node.value):
                        # An attribute outlives the function that sets it.
                        yield name, 0 if "." in name else _end(node), value
            elif isinstance(node, Function):
                for argument in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs):
                    yield argument.arg, _position(argument), argument.annotation


def _targets(target: ast.expr, value: ast.expr | None) -> Iterator[tuple[str, ast.expr | None]]:
    """Each name that an assignment binds; of what is taken apart only the values that are written out."""
    if not isinstance(target, ast.Tuple | ast.List):
        yield dotted_name(target), value
        return
    written = value.elts if isinstance(value, ast.Tuple | ast.List) else []
    plain = len(written) == len(target.elts) and not any(isinstance(item, ast.Starred) for item in written)
    for index, item in enumerate(target.elts):
        if not isinstance(item, ast.Tuple | ast.List):
            yield dotted_name(item), written[index] if plain else None


def _position(node: ast.AST) -> int:
    return (getattr(node, "lineno", 0) << 24) + int(getattr(node, "col_offset", 0))


def _end(node: ast.AST) -> int:
    return (getattr(node, "end_lineno", 0) << 24) + int(getattr(node, "end_col_offset", 0))


def keywords_of(call: ast.Call) -> dict[str, ast.expr]:
    """The keyword arguments that are named."""
    return {item.arg: item.value for item in call.keywords if item.arg}


def literal_default(name: str, node: ast.expr | None) -> str | None:
    """A default as a page may repeat it; None where there is none or it is computed."""
    if node is None or (literal(node) is None):
        return None
    return shown_default(name, source_of(node, limit=200))


def is_true(node: ast.expr | None) -> bool:
    """Whether an expression is the literal `True`."""
    return isinstance(node, ast.Constant) and node.value is True


def strings_of(node: ast.expr | None) -> list[str] | None:
    """The strings of a literal, or of a literal list; None for everything else."""
    single = text_of(node)
    if single is not None:
        return [single]
    if not isinstance(node, ast.List | ast.Tuple | ast.Set):
        return None
    found = [text_of(item) for item in node.elts]
    return [item for item in found if item is not None] if None not in found else None
