"""Small functions that read the environment variable which one of their parameters names."""

from __future__ import annotations

import ast
from typing import NamedTuple


class Helper(NamedTuple):
    """A function that reads the variable `before` + its parameter `key` + `after`.

    `default` is the parameter that stands for what is not set, empty where there is none.
    """

    name: str
    parameters: tuple[str, ...]
    key: str
    before: str
    after: str
    default: str


def helper_of(
    node: ast.FunctionDef | ast.AsyncFunctionDef, key: ast.expr, default: ast.expr | None
) -> Helper | None:
    """The function as a helper, if `key` is a parameter of it, alone or with fixed text around it."""
    parameters = tuple(arg.arg for arg in (*node.args.posonlyargs, *node.args.args))
    known = {*parameters, *(arg.arg for arg in node.args.kwonlyargs)}
    bound = {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name) and not _is_read(inner)}
    before, name, after = _around(key)
    if name not in known or name in bound:
        return None
    fallback = default.id if isinstance(default, ast.Name) and default.id in known - bound else ""
    return Helper(node.name, parameters, name, before, after, fallback)


def given(call: ast.Call, parameters: tuple[str, ...], name: str) -> ast.expr | None:
    """What a call gives for the parameter `name`; None where it does not say."""
    named = next((item.value for item in call.keywords if item.arg == name), None)
    index = parameters.index(name) if name in parameters else len(call.args)
    if named is not None or index >= len(call.args):
        return named
    plain = not any(isinstance(item, ast.Starred) for item in call.args[: index + 1])
    return call.args[index] if plain else None


def _is_read(node: ast.Name) -> bool:
    return isinstance(node.ctx, ast.Load)


def _around(key: ast.expr) -> tuple[str, str, str]:
    """The text before a name, the name and the text after it; empty for anything else."""
    parts = text_parts(key)
    names = [part for part in parts or () if isinstance(part, ast.Name)]
    if parts is None or len(names) != 1:
        return "", "", ""
    at = parts.index(names[0])
    before, after = ("".join(map(str, side)) for side in (parts[:at], parts[at + 1 :]))
    return before, names[0].id, after


def text_parts(node: ast.expr) -> list[ast.Name | str] | None:
    """The texts and names that a text is put together from; None where there is anything else."""
    if isinstance(node, ast.Name):
        return [node]
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.FormattedValue) and node.conversion == -1 and node.format_spec is None:
        return text_parts(node.value)
    inner: list[ast.expr] = []
    if isinstance(node, ast.JoinedStr):
        inner = node.values
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        inner = [node.left, node.right]
    found = [text_parts(item) for item in inner]
    return [part for parts in found for part in parts or ()] if found and None not in found else None
