"""Options that a module declares with click."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from docgen.facts.model import Flag, Place, Variable
from docgen.facts.python.click_commands import LIBRARIES, Commands
from docgen.facts.python.names import is_true, keywords_of, literal_default, strings_of
from docgen.facts.python.source import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docgen.facts.python.names import Names

_OPTION = frozenset(
    f"{library}.{kind}" for library in LIBRARIES for kind in ("option", "Option", "core.Option")
)


def click_options(names: Names, path: str) -> tuple[list[Flag], list[Variable]]:
    """Each option whose names are written out, and the environment variables that stand in for them."""
    if not any(map(names.imports, LIBRARIES)):
        return [], []
    commands = Commands(names)
    owners = {id(item): function for function in names.functions for item in function.decorator_list}
    flags: list[Flag] = []
    variables: list[Variable] = []
    for call in names.calls:
        if names.full_name(call.func) in _OPTION:
            owner = owners.get(id(call))
            flags += _flag(call, path, commands.of(owner) if owner else "")
            default = keywords_of(call).get("default")
            variables += variables_of(call, default, path)
            prefix = commands.prefix(owner) if owner else ""
            variables += _derived(call, prefix, default, path) if prefix else ()
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


def _derived(call: ast.Call, prefix: str, default: ast.expr | None, path: str) -> Iterator[Variable]:
    """The environment variable that click makes of the prefix of a command and the name of an option."""
    said, written = keywords_of(call), [text for arg in call.args for text in strings_of(arg) or ()]
    is_apart = isinstance(no := said.get("allow_from_autoenv"), ast.Constant) and no.value is False
    names = sorted(split_names(written), key=lambda name: not name.startswith("--"))
    own = next((text for text in written if text.isidentifier()), names[0].lstrip("-") if names else "")
    if own and not is_apart and not is_true(said.get("hidden")):
        name = f"{prefix}_{own}".upper().replace("-", "_")
        yield Variable(name, literal_default(name, default), Place(path, call.lineno))
