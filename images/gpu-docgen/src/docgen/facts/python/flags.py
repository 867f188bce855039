"""Command line options that a module declares with argparse, click or typer."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from docgen.facts.model import Flag, Place
from docgen.facts.python.source import last_name, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_DECLARES = {
    "add_argument": {"argparse"},
    "option": {"click", "rich_click", "asyncclick"},
    "Option": {"typer"},
}


def flags_declared(nodes: Sequence[ast.AST], path: str) -> tuple[Flag, ...]:
    """Each option with the names and the help that are written out."""
    imported = set(_imported(nodes))
    found = [flag for node in nodes for flag in _flags(node, imported, path)]
    return tuple(sorted(found, key=lambda flag: flag.place.line))


def _imported(nodes: Sequence[ast.AST]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


def _flags(node: ast.AST, imported: set[str], path: str) -> Iterator[Flag]:
    if not isinstance(node, ast.Call) or not _DECLARES.get(last_name(node), set()) & imported:
        return
    names = tuple(text for arg in node.args if (text := text_of(arg)) and text.startswith("-"))
    keywords = {item.arg: item.value for item in node.keywords}
    if names and not _is_hidden(keywords):
        yield Flag(names, text_of(keywords.get("help")) or "", Place(path, node.lineno))


def _is_hidden(keywords: dict[str | None, ast.expr]) -> bool:
    help_ = keywords.get("help")
    hidden = keywords.get("hidden")
    suppressed = help_ is not None and last_name(help_) == "SUPPRESS"
    return suppressed or (isinstance(hidden, ast.Constant) and hidden.value is True)
