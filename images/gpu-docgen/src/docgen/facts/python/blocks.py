"""What stands in the blocks of a body, and which of several definitions of one name is in force."""

from __future__ import annotations

import ast
import re
from dataclasses import replace
from itertools import zip_longest
from typing import TYPE_CHECKING

from docgen.facts.model import Kind, Symbol
from docgen.facts.python.source import dotted_name, touched_names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

# The branches that lead to a statement, the outermost first; `with` is none.
Block = tuple[int, ...]
_OVERLOAD = re.compile(r"^@(?:\w+\.)*overload\b", re.MULTILINE)


def flattened(body: Iterable[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements of a body, with those inside `if`, `try` and `with` in place."""
    return (node for node, _ in _placed(body))


def _placed(body: Iterable[ast.stmt], block: Block = ()) -> Iterator[tuple[ast.stmt, Block]]:
    for node in body:
        yield node, block
        for inner in _branches(node):
            yield from _placed(inner, block if isinstance(node, ast.With) else (*block, id(inner)))


def _branches(node: ast.stmt) -> Iterator[list[ast.stmt]]:
    if isinstance(node, ast.If):
        yield from (node.body, node.orelse)
    elif isinstance(node, ast.Try | ast.TryStar):
        yield from (node.body, *(handler.body for handler in node.handlers), node.orelse, node.finalbody)
    elif isinstance(node, ast.With):
        yield node.body


def paired(body: Iterable[ast.stmt]) -> Iterator[tuple[ast.stmt, ast.stmt | None, Block]]:
    """Each definition with the statement below it and its block."""
    statements = list(_definitions(body))
    following = [node for node, _ in statements[1:]]
    return ((node, below, block) for (node, block), below in zip_longest(statements, following))


def _definitions(body: Iterable[ast.stmt]) -> Iterator[tuple[ast.stmt, Block]]:
    """The flattened body, less what a handler puts in the place of a name that its `try` binds."""
    statements = list(_placed(body))
    stand_ins: set[int] = set()
    for node, _ in statements:
        if isinstance(node, ast.Try | ast.TryStar):
            tried = {name for statement in flattened(node.body) for name in _bound(statement)}
            handled = flattened(item for handler in node.handlers for item in handler.body)
            stand_ins.update(id(item) for item in handled if not tried.isdisjoint(_bound(item)))
    return (item for item in statements if id(item[0]) not in stand_ins)


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


def in_force(
    body: list[ast.stmt], made: Callable[[ast.stmt, ast.stmt | None], Symbol | None]
) -> dict[str, Symbol]:
    """The symbols of a body by name, as `made` of a statement and the one below it: of several the last.

    The first stays where the last is in a branch that may not be taken; without its value if it has one.
    """
    found: dict[str, Symbol] = {}
    blocks: dict[str, Block] = {}
    for node, below, block in paired(body):
        symbol = made(node, below)
        for name in [symbol.name] if symbol else _changed(node):
            known = found.get(name)
            if known and symbol and _is_overload(known) and _is_overload(symbol):
                found[name] = _together(known, symbol)
            elif known is None or (symbol and _replaces(node, known, symbol, block, blocks[name])):
                found |= {name: _with_doc(symbol, known)} if symbol else {}
                blocks[name] = block
            elif isinstance(node, ast.Delete) and blocks[name][: len(block)] == block:
                del found[name]
            elif known.kind is Kind.CONSTANT:
                found[name] = without_value(known)
    return found


def without_value(symbol: Symbol) -> Symbol:
    """A constant by its name and type alone."""
    return replace(symbol, signature=symbol.signature.partition(" = ")[0])


def _is_overload(symbol: Symbol) -> bool:
    return _OVERLOAD.search(symbol.signature) is not None


def _together(known: Symbol, new: Symbol) -> Symbol:
    """Overloads that nothing of their file implements, as one."""
    return replace(known, signature=f"{known.signature}\n{new.signature}", doc=known.doc or new.doc)


def _with_doc(symbol: Symbol, known: Symbol | None) -> Symbol:
    is_kept = known is not None and known.kind is symbol.kind is Kind.CONSTANT and not symbol.doc
    return replace(symbol, doc=known.doc) if known and is_kept else symbol


def _changed(node: ast.stmt) -> list[str]:
    """The names that a statement without a symbol of its own gives another value, or none."""
    if isinstance(node, ast.Assign | ast.Delete):
        targets = node.targets
    else:
        targets = [node.target] if isinstance(node, ast.AugAssign | ast.AnnAssign) else []
    return [target.id for target in targets if isinstance(target, ast.Name)]


def _replaces(node: ast.stmt, known: Symbol, symbol: Symbol, block: Block, before: Block) -> bool:
    """Whether a definition takes the place of an earlier one of its name, whatever branches are taken."""
    if _is_overload(known):
        return symbol.kind is not Kind.CONSTANT
    is_value = symbol.kind is Kind.CONSTANT
    if before[: len(block)] != block or (is_value and known.kind is not Kind.CONSTANT):
        return False
    # `@size.setter` adds to what there is.
    decorators = getattr(node, "decorator_list", [])
    owners = {dotted_name(item.func if isinstance(item, ast.Call) else item) for item in decorators}
    return not any(owner.startswith(f"{symbol.name}.") for owner in owners)
