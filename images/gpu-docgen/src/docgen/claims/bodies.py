"""What Python functions do in their bodies: whom they call, what they raise, which files they open.

Only what the text decides is a fact: names that are bound once, exceptions that no `try` of the same
function can catch, files whose name is written out.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from docgen.claims.model import Entity, Fact, Sort
from docgen.claims.structure import literal, module_entity, symbol_entity, symbols
from docgen.facts.model import Place
from docgen.facts.python.source import parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docgen.facts.model import Facts, Module, Symbol
    from docgen.source.tree import Tree

    Function = ast.FunctionDef | ast.AsyncFunctionDef
_MODES = {"r": "reads", "w": "writes", "a": "writes", "x": "writes"}
_LEAVES = (ast.Return, ast.Raise, ast.Continue, ast.Break)
_OWN_SCOPE = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)


def bodies(facts: Facts, tree: Tree) -> Iterator[Fact]:
    """The facts in the bodies of every public function and method."""
    by_name = {m.name: m for m in facts.modules if m.language == "Python"}
    for module in by_name.values():
        text = tree.text(module.path)
        if text is not None:
            yield from _module(module, text, by_name)


def _module(module: Module, text: str, by_name: dict[str, Module]) -> Iterator[Fact]:
    try:
        root = parse(text.encode(errors="replace")) or ast.Module([], [])
        nodes = [n for n in ast.walk(root) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
    except RecursionError:
        return
    functions = {(node.lineno, node.name): node for node in nodes}
    # A name that is assigned anywhere in the file may mean something else.
    assigned = {n.id for n in ast.walk(root) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    known = {name: entity for name, entity in _bound(module, by_name).items() if name not in assigned}
    for symbol, owner in symbols(module):
        node = functions.get((symbol.place.line, symbol.name))
        if node and symbol.place.path == module.path:
            yield from _body(symbol_entity(symbol, owner), node, known, module)


def _bound(module: Module, by_name: dict[str, Module]) -> dict[str, Entity]:
    """The symbols that a plain name means in the module: its own, and what it imports at the top."""
    found: dict[str, Entity | None] = {symbol.name: symbol_entity(symbol) for symbol in module.symbols}
    sources: dict[str, set[str]] = {name: {module.name} for name in found}
    for item in module.imports:
        if not item.at_top or not item.name:
            continue
        name, source = item.alias or item.name, by_name.get(item.target)
        symbol: Symbol | None = (
            next((s for s in source.symbols if s.name == item.name), None) if source else None
        )
        sources.setdefault(name, set()).add(f"{item.target}.{item.name}")
        # Which of two branches has imported it nobody can tell.
        found[name] = symbol_entity(symbol) if symbol and len(sources[name]) == 1 else None
    return {name: entity for name, entity in found.items() if entity}


def _body(entity: Entity, node: Function, known: dict[str, Entity], module: Module) -> Iterator[Fact]:
    local = set(_binds(node))
    names = {name: found for name, found in known.items() if name not in local}
    for item, may_be_caught in _own(node.body, caught=False):
        place = Place(module.path, getattr(item, "lineno", 0))
        if isinstance(item, ast.Call):
            yield from _call(entity, item, names, module, place)
        elif isinstance(item, ast.Raise) and not may_be_caught:
            yield from _raise(entity, item, names, local, place)


def _binds(function: Function) -> Iterator[str]:
    """Every name that something in a function binds, its parameters and what is nested in it included."""
    for node in ast.walk(function):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.alias):
            yield node.asname or node.name.partition(".")[0]
        elif node is not function and isinstance(getattr(node, "name", None), str):
            yield node.name  # type: ignore[attr-defined]


def _own(body: list[ast.stmt], *, caught: bool) -> Iterator[tuple[ast.AST, bool]]:
    """Every node of a body outside functions and classes in it, and whether something around it may
    swallow what it raises: a `try`, or a `with` whose context manager nobody knows."""
    waiting: list[tuple[ast.AST, bool]] = [(node, caught) for node in reversed(_reached(body))]
    while waiting:
        node, inside = waiting.pop()
        if isinstance(node, _OWN_SCOPE):
            continue
        yield node, inside
        guards = ast.Try | ast.TryStar | ast.With | ast.AsyncWith
        guarded = set(map(id, node.body)) if isinstance(node, guards) else set()
        waiting += [(child, inside or id(child) in guarded) for child in _children(node)][::-1]


def _children(node: ast.AST) -> Iterator[ast.AST]:
    """The parts of a node, less the statements that another before them never lets be reached."""
    for _, value in ast.iter_fields(node):
        if isinstance(value, list):
            yield from (item for item in _reached(value) if isinstance(item, ast.AST))
        elif isinstance(value, ast.AST):
            yield value


def _reached(body: list[ast.stmt]) -> list[ast.stmt]:
    ends = (at for at, node in enumerate(body) if isinstance(node, _LEAVES))
    return body[: next(ends, len(body)) + 1]


def _call(
    entity: Entity, node: ast.Call, names: dict[str, Entity], module: Module, place: Place
) -> Iterator[Fact]:
    if not isinstance(node.func, ast.Name):
        return
    if target := names.get(node.func.id):
        yield Fact("calls", entity, target, place)
    if node.func.id == "open" and node.args and isinstance(node.args[0], ast.Constant):
        path, mode = node.args[0].value, _mode(node)
        if isinstance(path, str) and path and mode in _MODES and "open" not in names:
            file = Entity(Sort.FILE, path, "file", place)
            yield Fact(_MODES[mode], entity, file, place)
            yield Fact(_MODES[mode], module_entity(module), file, place)


def _mode(node: ast.Call) -> str:
    """The first letter of the mode; empty where it is not written out, or reads and writes."""
    named = next((keyword.value for keyword in node.keywords if keyword.arg == "mode"), None)
    given = node.args[1] if len(node.args) > 1 else named
    if given is None:
        return "r"
    said = given.value if isinstance(given, ast.Constant) else None
    return said[:1] if isinstance(said, str) and "+" not in said else ""


def _raise(
    entity: Entity, node: ast.Raise, names: dict[str, Entity], local: set[str], place: Place
) -> Iterator[Fact]:
    raised = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
    if not isinstance(raised, ast.Name) or raised.id in local:
        return
    if target := names.get(raised.id):
        yield Fact("raises", entity, target, place)
    elif raised.id[:1].isupper():
        yield Fact("raises", entity, literal(raised.id, "exception", entity.place), place)
