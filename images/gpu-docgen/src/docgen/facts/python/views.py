"""Views of Flask that are classes: the methods that they answer."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from docgen.facts.python.names import strings_of

if TYPE_CHECKING:
    from docgen.facts.python.names import Names

VERBS = frozenset({"get", "post", "put", "patch", "delete", "head", "options", "trace"})
_VIEW, _METHOD_VIEW = "flask.views.View", "flask.views.MethodView"
# Longer chains of bases are nobody's.
_MAX_BASES = 20


def view_methods(names: Names, view: str) -> list[str] | None:
    """The methods of the view class of this name; None where the module does not show what it is."""
    declared: list[str] = []
    waiting, seen = [view], set[str]()
    kinds: set[str] = set()
    while waiting and len(seen) < _MAX_BASES:
        name = waiting.pop(0)
        found = names.classes.get(name)
        if found is None or name in seen:
            continue
        seen.add(name)
        said = _said(found)
        if said is not None:
            return said
        declared += [verb for verb in _verbs(found) if verb not in declared]
        kinds.update(names.full_name(base) for base in found.bases)
        waiting += [base.id for base in found.bases if isinstance(base, ast.Name)]
    if _METHOD_VIEW in kinds:
        return sorted(declared) or None
    return ["get"] if _VIEW in kinds else None


def _said(node: ast.ClassDef) -> list[str] | None:
    """What the class lists as its `methods`; None where it leaves them open or they are computed."""
    for item in node.body:
        if isinstance(item, ast.Assign) and any(
            isinstance(target, ast.Name) and target.id == "methods" for target in item.targets
        ):
            return strings_of(item.value)
    return None


def _verbs(node: ast.ClassDef) -> list[str]:
    functions = [item for item in node.body if isinstance(item, ast.FunctionDef | ast.AsyncFunctionDef)]
    return [item.name for item in functions if item.name in VERBS]
