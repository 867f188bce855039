"""Options that a module declares with click."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from docgen.facts.model import Flag, Place, Variable
from docgen.facts.python.names import MAX_STEPS, is_true, keywords_of, literal_default, strings_of
from docgen.facts.python.source import dotted_name, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docgen.facts.python.names import Function, Names

_LIBRARIES = ("click", "rich_click", "asyncclick")
_OPTION = frozenset(
    f"{library}.{kind}" for library in _LIBRARIES for kind in ("option", "Option", "core.Option")
)
_TOP = frozenset(f"{library}.{kind}" for library in _LIBRARIES for kind in ("command", "group"))
# Releases of click differ in whether these endings are part of a command's name.
_ENDINGS = ("_command", "_cmd", "_group", "_grp")


def click_options(names: Names, path: str) -> tuple[list[Flag], list[Variable]]:
    """Each option whose names are written out, and the environment variables that stand in for them."""
    if not any(map(names.imports, _LIBRARIES)):
        return [], []
    commands = _Commands(names)
    owners = {id(item): function for function in names.functions for item in function.decorator_list}
    flags: list[Flag] = []
    variables: list[Variable] = []
    for call in names.calls:
        if names.full_name(call.func) in _OPTION:
            owner = owners.get(id(call))
            flags += _flag(call, path, commands.of(owner) if owner else "")
            variables += variables_of(call, keywords_of(call).get("default"), path)
    return flags, variables


def _flag(call: ast.Call, path: str, command: str) -> Iterator[Flag]:
    # The decorator takes the names one by one, the class in a list.
    names = split_names([text for arg in call.args for text in strings_of(arg) or ()])
    said = keywords_of(call)
    if names and not is_true(said.get("hidden")):
        default = literal_default(names[0], said.get("default"))
        yield Flag(names, text_of(said.get("help")) or "", Place(path, call.lineno), default, command)


def split_names(written: list[str]) -> tuple[str, ...]:
    """`--on/--off` are two names."""
    parts = (part.strip() for text in written for part in text.split("/"))
    return tuple(part for part in parts if part.startswith("-"))


def variables_of(call: ast.Call, default: ast.expr | None, path: str) -> Iterator[Variable]:
    """The environment variables that an option reads by `envvar`."""
    for name in strings_of(keywords_of(call).get("envvar")) or ():
        yield Variable(name, literal_default(name, default), Place(path, call.lineno))


class _Commands:
    """The subcommand of each decorated function, as far as the module shows it."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._by_name: dict[str, Function | None] = {}
        for function in names.functions:
            self._by_name[function.name] = None if function.name in self._by_name else function
        self._added = dict(self._additions())

    def _additions(self) -> Iterator[tuple[str, tuple[ast.expr, str | None]]]:
        """`group.add_command(function, "name")` by the function's name."""
        for call in self._names.calls:
            if isinstance(call.func, ast.Attribute) and call.func.attr == "add_command" and call.args:
                name = call.args[1] if len(call.args) > 1 else keywords_of(call).get("name")
                yield dotted_name(call.args[0]), (call.func.value, text_of(name))

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
