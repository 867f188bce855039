"""Signatures as source: one line where it fits, else one parameter a line."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from docgen.facts.python.source import last_name, source_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    Function = ast.FunctionDef | ast.AsyncFunctionDef

_WIDTH = 88
# Decorators that change how a name is used; the rest says how it is made.
_TELLING = frozenset(
    {
        "abstractmethod", "asynccontextmanager", "cached_property", "classmethod", "contextmanager",
        "dataclass", "deprecated", "final", "overload", "property", "runtime_checkable", "setter",
        "staticmethod", "total_ordering",
    }
)  # fmt: skip


def decorators(node: ast.ClassDef | Function) -> list[str]:
    """The telling decorators, each as its source line."""
    return [f"@{source_of(item)}" for item in node.decorator_list if last_name(item) in _TELLING]


def function_signature(node: Function) -> str:
    """`def name(parameters) -> result` with its telling decorators above."""
    keyword = "async def" if isinstance(node, ast.AsyncFunctionDef) else "def"
    result = f" -> {source_of(node.returns)}" if node.returns else ""
    parameters = list(_parameters(node.args))
    line = f"{keyword} {node.name}({', '.join(parameters)}){result}"
    if len(line) > _WIDTH:
        inner = "".join(f"    {parameter},\n" for parameter in parameters)
        line = f"{keyword} {node.name}(\n{inner}){result}"
    return "\n".join((*decorators(node), line))


def class_signature(node: ast.ClassDef) -> str:
    """`class Name(bases)` with its telling decorators above."""
    bases = [source_of(base) for base in node.bases]
    bases += [
        f"{item.arg}={source_of(item.value)}" if item.arg else f"**{source_of(item.value)}"
        for item in node.keywords
    ]
    line = f"class {node.name}({', '.join(bases)})" if bases else f"class {node.name}"
    return "\n".join((*decorators(node), line))


def _parameters(args: ast.arguments) -> Iterator[str]:
    positional = [*args.posonlyargs, *args.args]
    first_default = len(positional) - len(args.defaults)
    for index, arg in enumerate(positional):
        yield _parameter(arg, args.defaults[index - first_default] if index >= first_default else None)
        if index + 1 == len(args.posonlyargs):
            yield "/"
    if args.vararg:
        yield f"*{_parameter(args.vararg, None)}"
    elif args.kwonlyargs:
        yield "*"
    for arg, default in zip(args.kwonlyargs, args.kw_defaults, strict=True):
        yield _parameter(arg, default)
    if args.kwarg:
        yield f"**{_parameter(args.kwarg, None)}"


def _parameter(arg: ast.arg, default: ast.expr | None) -> str:
    text = f"{arg.arg}: {source_of(arg.annotation)}" if arg.annotation else arg.arg
    if default is None:
        return text
    equals = " = " if arg.annotation else "="
    return f"{text}{equals}{source_of(default)}"
