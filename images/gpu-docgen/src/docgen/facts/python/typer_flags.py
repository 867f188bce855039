"""Options that a module declares with typer: parameters of its commands."""

from __future__ import annotations

import ast
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from docgen.facts.model import Flag, Place, Variable
from docgen.facts.python.click_flags import split_names, variables_of
from docgen.facts.python.names import MAX_STEPS, is_true, keywords_of, literal_default
from docgen.facts.python.source import dotted_name, last_name, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docgen.facts.python.names import Function, Names


class _Parameter(NamedTuple):
    """`option` is its `typer.Option(...)` and `given` what may name it; None where it has a plain default."""

    name: str
    annotation: ast.expr | None
    default: ast.expr | None
    option: ast.Call | None
    line: int
    given: tuple[ast.expr, ...] = ()


def typer_options(names: Names, path: str) -> tuple[list[Flag], list[Variable]]:
    """Each option of a command or callback, and the environment variables that stand in for them."""
    if not names.imports("typer"):
        return [], []
    commands = _Commands(names)
    flags: list[Flag] = []
    variables: list[Variable] = []
    for function in names.functions:
        command = commands.of(function)
        for parameter in _parameters(function, names, is_command=command is not None):
            flags += _flag(parameter, path, command or "")
            if parameter.option:
                variables += variables_of(parameter.option, parameter.default, path)
    return flags, variables


def _parameters(function: Function, names: Names, *, is_command: bool) -> Iterator[_Parameter]:
    arguments = function.args
    plain = [*arguments.posonlyargs, *arguments.args]
    missing: list[ast.expr | None] = [None] * (len(plain) - len(arguments.defaults))
    defaults = [*missing, *arguments.defaults, *arguments.kw_defaults]
    for argument, default in zip([*plain, *arguments.kwonlyargs], defaults, strict=True):
        annotation, extra = _annotated(argument.annotation, names)
        given = _typer_call(default, names) or extra
        if given and names.full_name(given.func) == "typer.Option":
            # In the place of a default the first argument is the default.
            value, first = (_own_default(given), 1) if given is not extra else (default, 0)
            texts = tuple(given.args[first:])
            yield _Parameter(argument.arg, annotation, value, given, argument.lineno, texts)
        elif given is None and is_command and default is not None:
            yield _Parameter(argument.arg, annotation, default, None, argument.lineno)


def _annotated(annotation: ast.expr | None, names: Names) -> tuple[ast.expr | None, ast.Call | None]:
    """`Annotated[int, typer.Option()]` as its type and what is said of it."""
    if not isinstance(annotation, ast.Subscript) or not isinstance(annotation.slice, ast.Tuple):
        return annotation, None
    if dotted_name(annotation.value).rpartition(".")[2] != "Annotated":
        return annotation, None
    first, *rest = annotation.slice.elts
    return first, next((call for item in rest if (call := _typer_call(item, names))), None)


def _typer_call(node: ast.expr | None, names: Names) -> ast.Call | None:
    is_one = isinstance(node, ast.Call) and names.full_name(node.func) in {"typer.Option", "typer.Argument"}
    return node if is_one and isinstance(node, ast.Call) else None


def _own_default(option: ast.Call) -> ast.expr | None:
    found = option.args[0] if option.args else keywords_of(option).get("default")
    return None if isinstance(found, ast.Constant) and found.value is ... else found


def _flag(parameter: _Parameter, path: str, command: str) -> Iterator[Flag]:
    said = keywords_of(parameter.option) if parameter.option else {}
    given = [text for arg in parameter.given if (text := text_of(arg)) and text.startswith("-")]
    names = split_names(given) or (() if parameter.given else _derived(parameter))
    if names and not is_true(said.get("hidden")):
        default = literal_default(names[0], parameter.default)
        line = parameter.option.lineno if parameter.option else parameter.line
        yield Flag(names, text_of(said.get("help")) or "", Place(path, line), default, command)


def _derived(parameter: _Parameter) -> tuple[str, ...]:
    """The names that typer makes of a parameter's; one for a truth value has an opposite."""
    name = parameter.name.lower().replace("_", "-")
    if name.startswith("-"):
        return ()  # releases differ in what they make of it
    return (f"--{name}", f"--no-{name}") if _is_bool(parameter.annotation) else (f"--{name}",)


def _is_bool(annotation: ast.expr | None) -> bool:
    """`bool`, also where it may be missing."""
    if isinstance(annotation, ast.BinOp):
        choices: list[ast.expr] = [annotation.left, annotation.right]
    elif isinstance(annotation, ast.Subscript) and last_name(annotation.value) in {"Optional", "Union"}:
        inner = annotation.slice
        choices = inner.elts if isinstance(inner, ast.Tuple) else [inner]
    else:
        return isinstance(annotation, ast.Name) and annotation.id == "bool"
    told = [choice for choice in choices if not (isinstance(choice, ast.Constant) and choice.value is None)]
    return len(told) == 1 and _is_bool(told[0])


class _Commands:
    """The subcommand of each function that a `Typer()` of the module, or an imported one, runs."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._parents = dict(self._additions())
        runs = (call for call in names.calls if names.full_name(call.func) == "typer.run" and call.args)
        self._run = {dotted_name(call.args[0]) for call in runs}
        self._count = Counter(app for item in names.functions for _, app, _ in self._decorated(item))

    def _additions(self) -> Iterator[tuple[str, tuple[str, str]]]:
        """`app.add_typer(sub, name="users")` as the parent and the name of `sub`."""
        for call in self._names.calls:
            if isinstance(call.func, ast.Attribute) and call.func.attr == "add_typer" and call.args:
                made = self._names.value(call.args[0])
                own = keywords_of(made).get("name") if isinstance(made, ast.Call) else None
                name = text_of(keywords_of(call).get("name") or own)
                yield dotted_name(call.args[0]), (dotted_name(call.func.value), name or "")

    def _decorated(self, function: Function) -> Iterator[tuple[str, str, ast.expr]]:
        """What a decorator makes of the function, and the name of the application that it belongs to."""
        for decorator in function.decorator_list:
            target = decorator.func if isinstance(decorator, ast.Call) else decorator
            is_one = isinstance(target, ast.Attribute) and target.attr in {"command", "callback"}
            if is_one and isinstance(target, ast.Attribute) and self._is_app(target.value):
                yield target.attr, dotted_name(target.value), decorator

    def _is_app(self, node: ast.expr) -> bool:
        made = self._names.value(node)
        if isinstance(made, ast.Call):
            return self._names.full_name(made.func) == "typer.Typer"
        return made is None and dotted_name(node) in self._names.imported

    def of(self, function: Function) -> str | None:
        """`users add`; empty for the program itself; None for what no application runs."""
        for kind, app, decorator in self._decorated(function):
            alone = self._count[app] == 1 and app not in self._parents and app not in self._names.imported
            own = "" if kind == "callback" or alone else _own_name(decorator, function)
            return " ".join(part for part in (*self._above(app), own) if part)
        return "" if function.name in self._run else None

    def _above(self, app: str) -> list[str]:
        found: list[str] = []
        while app in self._parents and len(found) < MAX_STEPS:
            app, name = self._parents[app]
            found.insert(0, name)
        return found


def _own_name(decorator: ast.expr, function: Function) -> str:
    if isinstance(decorator, ast.Call):
        given = decorator.args[0] if decorator.args else keywords_of(decorator).get("name")
        if given is not None:
            return text_of(given) or ""
    return function.name.lower().replace("_", "-")
