"""Syntax trees back to source text, whatever a hostile file put into them."""

from __future__ import annotations

import ast
import re
import warnings

MAX_TEXT = 120
# Where something may stand that is never run; most files have none, and need no second walk.
_MAYBE_DEAD = re.compile(rb"\b(?:if|while)[ \t(]+(?:False|True|None|\d)\b")


def parse(data: bytes) -> ast.Module | None:
    """The syntax tree, less what is never run; None for what this Python cannot parse."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            tree = ast.parse(data)
            return _Living().visit(tree) if _MAYBE_DEAD.search(data) else tree
        except (SyntaxError, ValueError, RecursionError, MemoryError, LookupError):
            return None


class _Living(ast.NodeTransformer):
    """Leaves out the branches that a literal condition closes."""

    def visit_If(self, node: ast.If) -> ast.stmt | list[ast.stmt]:
        return self._branch(node, node.body)

    def visit_While(self, node: ast.While) -> ast.stmt | list[ast.stmt]:
        return self._branch(node, [node])

    def _branch(self, node: ast.If | ast.While, taken: list[ast.stmt]) -> ast.stmt | list[ast.stmt]:
        self.generic_visit(node)
        if not isinstance(node.test, ast.Constant):
            return node
        return (taken if node.test.value else node.orelse) or ast.copy_location(ast.Pass(), node)


_TELLING = (
    ast.Import, ast.ImportFrom, ast.Call, ast.Subscript, ast.Compare, ast.Assign, ast.AnnAssign,
    ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef,
)  # fmt: skip


def telling_nodes(tree: ast.Module) -> list[ast.AST]:
    """The nodes, at any depth, that say what a module uses; one walk serves every reader."""
    return [node for node in ast.walk(tree) if isinstance(node, _TELLING)]


def source_of(node: ast.expr | None, limit: int = MAX_TEXT) -> str:
    """One line of source; cut with an ellipsis where it is longer than `limit`."""
    if node is None:
        return ""
    try:
        text = " ".join(ast.unparse(node).split())
    except (ValueError, RecursionError):
        return "…"
    return text if len(text) <= limit else f"{text[: limit - 1]}…"


def literal(node: ast.expr | None) -> object:
    """The value of a literal; None for everything else."""
    if node is None:
        return None
    try:
        return ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return None


_CHANGING = frozenset({"append", "extend", "insert", "remove", "pop", "clear", "update", "setdefault"})


def touched_names(node: ast.AST) -> tuple[str, ...]:
    """The names that this node itself binds, deletes or changes in place."""
    if isinstance(node, ast.Name):
        return () if isinstance(node.ctx, ast.Load) else (node.id,)
    if isinstance(node, ast.Subscript | ast.Attribute) and isinstance(node.value, ast.Name):
        changes = not isinstance(node.ctx, ast.Load)
        if isinstance(node, ast.Attribute):
            changes = changes or node.attr in _CHANGING
        return (node.value.id,) if changes else ()
    if isinstance(node, ast.alias):
        return (node.asname or node.name.partition(".")[0],)
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return (node.name,)
    return (node.arg,) if isinstance(node, ast.arg) else ()


def text_of(node: ast.expr | None) -> str | None:
    """The value of a string literal; None for everything else."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def docstring(node: ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) -> str:
    """The docstring with its indentation removed; empty where there is none."""
    return ast.get_docstring(node) or ""


def last_name(node: ast.expr) -> str:
    """The last part of a dotted name, through calls: `a.b.c(1)` is `c`."""
    if isinstance(node, ast.Call):
        node = node.func
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def dotted_name(node: ast.expr) -> str:
    """`a.b.c` of a plain dotted name; empty for everything else."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        return ""
    return ".".join((node.id, *reversed(parts)))
