"""URL patterns that a module declares for Django."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from docgen.facts.model import Place, Route
from docgen.facts.python.names import keywords_of
from docgen.facts.python.source import dotted_name, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docgen.facts.python.names import Names

_PATTERNS = frozenset({"django.urls.path", "django.urls.re_path", "django.conf.urls.url"})


def patterns_declared(names: Names, path: str) -> Iterator[Route]:
    """Each pattern that a view answers, as written; what only includes other patterns is none."""
    for call in names.calls:
        if names.full_name(call.func) not in _PATTERNS:
            continue
        pattern = text_of(call.args[0]) if call.args else None
        view = call.args[1] if len(call.args) > 1 else keywords_of(call).get("view")
        if pattern is not None and view is not None and not _includes(view, names):
            yield Route("ANY", pattern, _handler(view), Place(path, call.lineno))


def _includes(view: ast.expr, names: Names) -> bool:
    """`include(...)`, or the patterns of an admin site."""
    if isinstance(view, ast.Call):
        return names.full_name(view.func) in {"django.urls.include", "django.conf.urls.include"}
    return isinstance(view, ast.Tuple | ast.List) or dotted_name(view).endswith(".urls")


def _handler(view: ast.expr) -> str:
    """A function by its name, a class by the name that `as_view` is called on."""
    if isinstance(view, ast.Call):
        return dotted_name(view.func).removesuffix(".as_view") if _is_as_view(view.func) else ""
    return dotted_name(view)


def _is_as_view(function: ast.expr) -> bool:
    return isinstance(function, ast.Attribute) and function.attr == "as_view"
