"""The attributes that a class gives its instances in `__init__`."""

from __future__ import annotations

import ast
from itertools import zip_longest
from typing import TYPE_CHECKING

from docgen.facts.model import Kind, Place, Symbol
from docgen.facts.python.source import source_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from docgen.facts.python.comments import Comments


def instance_attributes(
    statements: Sequence[ast.stmt], arguments: ast.arguments, path: str, comments: Comments
) -> Iterator[Symbol]:
    """The public attributes that are documented, annotated or parameters, each where it is set.

    `statements` are those of `__init__`, flattened.
    """
    given = [*arguments.posonlyargs, *arguments.args]
    owner = given[0].arg if given else ""
    parameters = {arg.arg: arg for arg in (*given[1:], *arguments.kwonlyargs)}
    for node, following in zip_longest(statements, statements[1:]):
        name = _set(node, owner)
        if not name or name.startswith("_"):
            continue
        doc = comments.of(node, following)
        shown = _shown(node, parameters, name)
        if doc or shown:
            yield Symbol(name, Kind.FIELD, shown or name, doc, Place(path, node.lineno))


def _set(node: ast.stmt, owner: str) -> str:
    """The attribute of `owner` that a statement sets; empty for any other statement."""
    if isinstance(node, ast.Assign) and len(node.targets) == 1:
        target = node.targets[0]
    elif isinstance(node, ast.AnnAssign):
        target = node.target
    else:
        return ""
    if isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name):
        return target.attr if target.value.id == owner else ""
    return ""


def _shown(node: ast.stmt, parameters: dict[str, ast.arg], name: str) -> str:
    """The attribute with the type of its own or of the parameter of its name; empty for any other value."""
    if isinstance(node, ast.AnnAssign):
        return f"{name}: {source_of(node.annotation)}"
    value = node.value if isinstance(node, ast.Assign) else None
    if isinstance(value, ast.Name) and value.id == name and name in parameters:
        annotation = parameters[name].annotation
        return f"{name}: {source_of(annotation)}" if annotation else name
    return ""
