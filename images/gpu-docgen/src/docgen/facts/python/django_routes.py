"""URL patterns that a module declares for Django."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from docgen.facts.model import Place, Route
from docgen.facts.python.names import MAX_STEPS, keywords_of
from docgen.facts.python.source import dotted_name, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docgen.facts.python.names import Names

_PATTERNS = frozenset({"django.urls.path", "django.urls.re_path", "django.conf.urls.url"})
_INCLUDES = frozenset({"django.urls.include", "django.conf.urls.include"})
# What stands before these depends on the language of who asks.
_BY_LANGUAGE = "django.conf.urls.i18n.i18n_patterns"
_MAX_PLACES = 16
# Of all lists together, each counted where it is included; a hostile file does not get to include for ever.
_MAX_ENTRIES = 20_000


def patterns_declared(names: Names, path: str) -> Iterator[Route]:
    """Each pattern that a view answers, behind those that include it; what only includes others is none."""
    around = _Around(names)
    for call in names.calls:
        view = _view(call) if names.full_name(call.func) in _PATTERNS else None
        if view is not None and not _includes(view, names):
            for pattern in around.whole(call):
                yield Route("ANY", pattern, _handler(view), Place(path, call.lineno))


class _Around:
    """The patterns that include others of their module: Django puts the two together as they are written."""

    def __init__(self, names: Names) -> None:
        self._names = names
        # None for what stands behind something that is not written out.
        self._outer: dict[int, list[ast.Call | None]] = {}
        self._known: dict[int, list[str]] = {}
        self._left = _MAX_ENTRIES
        for call in names.calls:
            if names.full_name(call.func) == _BY_LANGUAGE:
                self._add(None, ast.List(call.args))
            elif names.full_name(call.func) in _PATTERNS:
                self._add(call, _included(_view(call), names))

    def whole(self, call: ast.Call, steps: int = MAX_STEPS) -> list[str]:
        """A pattern at each place that includes it; nothing where one of them is not certain."""
        if id(call) not in self._known:
            self._known[id(call)] = []  # until it is known: a list may include itself
            self._known[id(call)] = self._read(call, steps) if steps else []
        return self._known[id(call)]

    def _read(self, call: ast.Call, steps: int) -> list[str]:
        own = text_of(call.args[0]) if call.args else None
        outer = self._outer.get(id(call))
        if own is None or outer is None:
            return [] if own is None else [own]
        places = [self.whole(each, steps - 1) if each else [] for each in outer[: _MAX_PLACES + 1]]
        found = [before + own for place in places for before in place]
        return found if all(places) and len(found) <= _MAX_PLACES else []

    def _add(self, outer: ast.Call | None, patterns: ast.expr | None, steps: int = MAX_STEPS) -> None:
        self._left -= 1
        if isinstance(patterns, ast.Starred):
            patterns = patterns.value
        if isinstance(patterns, ast.Name):
            patterns = self._names.value(patterns)
        if patterns is None or not steps or self._left < 0:
            return
        if isinstance(patterns, ast.Call):
            self._outer.setdefault(id(patterns), []).append(outer)
        elif isinstance(patterns, ast.BinOp):
            self._add(outer, patterns.left, steps - 1)
            self._add(outer, patterns.right, steps - 1)
        elif isinstance(patterns, ast.List | ast.Tuple):
            for item in patterns.elts:
                self._add(outer, item, steps - 1)


def _view(call: ast.Call) -> ast.expr | None:
    return call.args[1] if len(call.args) > 1 else keywords_of(call).get("view")


def _included(view: ast.expr | None, names: Names) -> ast.expr | None:
    """What a pattern includes: a list, perhaps with the name of its application behind it."""
    if isinstance(view, ast.Call):
        view = view.args[0] if names.full_name(view.func) in _INCLUDES and view.args else None
    is_named = isinstance(view, ast.Tuple) and view.elts and not isinstance(view.elts[0], ast.Call)
    return view.elts[0] if is_named and isinstance(view, ast.Tuple) else view


def _includes(view: ast.expr, names: Names) -> bool:
    """`include(...)`, or the patterns of an admin site."""
    if isinstance(view, ast.Call):
        return names.full_name(view.func) in _INCLUDES
    return isinstance(view, ast.Tuple | ast.List) or dotted_name(view).endswith(".urls")


def _handler(view: ast.expr) -> str:
    """A function by its name, a class by the name that `as_view` is called on."""
    if isinstance(view, ast.Call):
        return dotted_name(view.func).removesuffix(".as_view") if _is_as_view(view.func) else ""
    return dotted_name(view)


def _is_as_view(function: ast.expr) -> bool:
    return isinstance(function, ast.Attribute) and function.attr == "as_view"
