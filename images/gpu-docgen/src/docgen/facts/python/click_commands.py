"""The commands that a module declares with click: their names, and what their variables start with."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from docgen.facts.python.names import MAX_STEPS, keywords_of
from docgen.facts.python.source import dotted_name, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docgen.facts.python.names import Function, Names

LIBRARIES = ("click", "rich_click", "asyncclick")
_TOP = frozenset(f"{library}.{kind}" for library in LIBRARIES for kind in ("command", "group"))
_PREFIX = "auto_envvar_prefix"
# Releases of click differ in whether these endings are part of a command's name.
_ENDINGS = ("_command", "_cmd", "_group", "_grp")


class Commands:
    """The subcommand of each decorated function, as far as the module shows it."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._by_name: dict[str, Function | None] = {}
        for function in names.functions:
            self._by_name[function.name] = None if function.name in self._by_name else function
        self._added = dict(self._additions())
        self._started = dict(self._starts())

    def _additions(self) -> Iterator[tuple[str, tuple[ast.expr, str | None]]]:
        """`group.add_command(function, "name")` by the function's name."""
        for call in self._names.calls:
            if isinstance(call.func, ast.Attribute) and call.func.attr == "add_command" and call.args:
                name = call.args[1] if len(call.args) > 1 else keywords_of(call).get("name")
                yield dotted_name(call.args[0]), (call.func.value, text_of(name))

    def _starts(self) -> Iterator[tuple[str, str | None]]:
        """`function(auto_envvar_prefix="APP")` by the function's name."""
        for call in self._names.calls:
            prefix = text_of(keywords_of(call).get(_PREFIX))
            if prefix and isinstance(call.func, ast.Name):
                yield call.func.id, prefix

    def prefix(self, function: Function) -> str:
        """What the variables of its options start with; empty where there are none or it is not certain."""
        below: list[str] = []
        node: Function | None = function
        for _ in range(MAX_STEPS):
            if node is None:
                break
            if own := self._started.get(node.name) or self._given(node):
                return "_".join((own, *reversed(below)))
            step = self._step(node)
            if step is None or not step[0]:
                break
            below.append(step[0])
            node = self._by_name.get(step[1])
        return ""

    def _given(self, function: Function) -> str:
        """The prefix in the `context_settings` of a command."""
        for decorator in function.decorator_list:
            said = keywords_of(decorator) if isinstance(decorator, ast.Call) else {}
            settings = said.get("context_settings")
            if isinstance(settings, ast.Name):
                settings = self._names.value(settings)
            if isinstance(settings, ast.Call) and dotted_name(settings.func) == "dict":
                return text_of(keywords_of(settings).get(_PREFIX)) or ""
            if isinstance(settings, ast.Dict):
                pairs = zip(settings.keys, settings.values, strict=True)
                return next((text_of(value) or "" for key, value in pairs if text_of(key) == _PREFIX), "")
        return ""

    def of(self, function: Function) -> str:
        """`remote add`; empty for the program itself and for what is not certain."""
        found: list[str] = []
        node: Function | None = function
        for _ in range(MAX_STEPS):
            step = self._step(node) if node else None
            if step is None:
                break
            name, group = step
            if not name:
                return ""
            found.append(name)
            node = self._by_name.get(group)
        return " ".join(reversed(found))

    def _step(self, function: Function) -> tuple[str, str] | None:
        """The command's own name and the name of the group it is in; None for a program."""
        for decorator in function.decorator_list:
            target = decorator.func if isinstance(decorator, ast.Call) else decorator
            if not isinstance(target, ast.Attribute) or target.attr not in {"command", "group"}:
                continue
            own = _own_name(decorator, function)
            if self._names.full_name(target) not in _TOP:
                return own, dotted_name(target.value)
            if function.name in self._added and self._by_name.get(function.name) is function:
                group, name = self._added[function.name]
                return name or own, dotted_name(group)
        return None


def _own_name(decorator: ast.expr, function: Function) -> str:
    """The name that is given, else the one that click makes of the function's; empty where unsure."""
    if isinstance(decorator, ast.Call):
        given = decorator.args[0] if decorator.args else keywords_of(decorator).get("name")
        if given is not None:
            return text_of(given) or ""
    return "" if function.name.endswith(_ENDINGS) else function.name.lower().replace("_", "-")
