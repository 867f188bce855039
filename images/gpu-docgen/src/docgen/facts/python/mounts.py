"""Where the routers of a module are mounted: all that stands before the paths of each."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, NamedTuple

from docgen.facts.python.names import MAX_STEPS, keywords_of
from docgen.facts.python.source import text_of

if TYPE_CHECKING:
    from docgen.facts.python.names import Names

# What makes a router, and the keyword of the prefix that it gives its routes; empty for a whole application.
_ROUTERS = {
    "fastapi.FastAPI": "",
    "fastapi.APIRouter": "prefix",
    "fastapi.routing.APIRouter": "prefix",
    "flask.Flask": "",
    "flask.Blueprint": "url_prefix",
}
# More places than a page would tell of.
_MAX_PLACES = 16


class _Mounting(NamedTuple):
    """How a method takes a router: as argument `at` or `keyword`, its prefix as argument or keyword too.

    `replaces` says that the prefix takes the place of the router's own.
    """

    at: int
    keyword: str
    prefix_at: int | None
    prefix: str
    replaces: bool = False


_MOUNTS = {
    "include_router": _Mounting(0, "router", None, "prefix"),
    "register_blueprint": _Mounting(0, "blueprint", None, "url_prefix", replaces=True),
    "mount": _Mounting(1, "app", 0, "path"),
}


class _Mount(NamedTuple):
    """One mount; `prefix` is None where it is computed."""

    owner: ast.expr
    prefix: str | None
    replaces: bool


class Prefixes:
    """What stands before the paths of each router of a module."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._mounts: dict[int, list[_Mount]] = {}
        self._known: dict[int, tuple[str, ...]] = {}
        # Whether something is mounted that nobody can tell from the routers of the module.
        self._mounts_unknown = False
        for call in names.calls:
            if isinstance(call.func, ast.Attribute) and call.func.attr in _MOUNTS:
                self._add(call, call.func.value, _MOUNTS[call.func.attr])

    def _add(self, call: ast.Call, owner: ast.expr, how: _Mounting) -> None:
        router = _argument(call, how.at, how.keyword)
        if router is None:
            return
        made = self._names.value(router) or router
        if isinstance(made, ast.Call):
            given = _argument(call, how.prefix_at, how.prefix)
            mount = _Mount(owner, _written(given), how.replaces and not _is_none(given))
            self._mounts.setdefault(id(made), []).append(mount)
        elif isinstance(router, ast.Name) and router.id not in self._names.imported:
            self._mounts_unknown = True

    def of(self, router: ast.expr, steps: int = MAX_STEPS) -> tuple[str, ...]:
        """The prefix of each place that the module mounts `router` at; none where one is not certain."""
        made = self._names.value(router)
        own = self._own(router, made)
        if own is None or not steps:
            return ()
        if not isinstance(made, ast.Call) or id(made) not in self._mounts:
            return () if self._is_lost(made) else (own,)
        if id(made) not in self._known:
            self._known[id(made)] = ()  # until it is known: a router may be mounted on itself
            self._known[id(made)] = tuple(
                dict.fromkeys(self._mounted(self._mounts[id(made)], own, steps - 1))
            )
        return self._known[id(made)]

    def _mounted(self, mounts: list[_Mount], own: str, steps: int) -> list[str]:
        found: list[str] = []
        for mount in mounts:
            outer = self.of(mount.owner, steps) if mount.prefix is not None else ()
            inner = mount.prefix or "" if mount.replaces else joined(mount.prefix or "", own)
            found += (joined(before, inner) for before in outer)
            if not outer or len(found) > _MAX_PLACES:
                return []
        return found

    def _is_lost(self, made: ast.expr | None) -> bool:
        """Whether a router without a mount may be one of those that are mounted by another name."""
        return (
            self._mounts_unknown
            and isinstance(made, ast.Call)
            and bool(_ROUTERS.get(self._names.full_name(made.func)))
        )

    def _own(self, node: ast.expr, made: ast.expr | None) -> str | None:
        """The prefix that a router is made with; an imported or given one adds none here."""
        if isinstance(made, ast.Call):
            keyword = _ROUTERS.get(self._names.full_name(made.func))
            if keyword is None:
                return None
            return _written(keywords_of(made).get(keyword)) if keyword else ""
        if made is not None:
            return "" if self._names.full_name(made) in _ROUTERS else None
        return "" if isinstance(node, ast.Name) and node.id in self._names.imported else None


def joined(before: str, after: str) -> str:
    """Two parts of a path, with one slash between them."""
    return before.rstrip("/") + after if after.startswith("/") else before + after


def _argument(call: ast.Call, at: int | None, keyword: str) -> ast.expr | None:
    """What a call gives as its argument `at`, or by name; None where it does not say."""
    if at is not None and len(call.args) > at:
        return None if any(isinstance(item, ast.Starred) for item in call.args[: at + 1]) else call.args[at]
    return keywords_of(call).get(keyword)


def _written(node: ast.expr | None) -> str | None:
    """A prefix: empty where there is none, None where it is computed."""
    return "" if _is_none(node) else text_of(node)


def _is_none(node: ast.expr | None) -> bool:
    return node is None or (isinstance(node, ast.Constant) and node.value is None)
