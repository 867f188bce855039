"""Options that JavaScript declares with commander or cac."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from docgen.facts.model import Flag, Variable
from docgen.facts.syntax.parsing import text_of
from docgen.facts.uses.commander_commands import Commands
from docgen.facts.uses.literals import shown_default, string_of, value_of
from docgen.facts.uses.trail import SHAPES, Trail, call_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from docgen.facts.uses.source import Captures, Source

_COMMANDER = frozenset({"commander", "@commander-js/extra-typings"})
_LIBRARIES = _COMMANDER | {"cac"}
_NAME = re.compile(r"(?:^|[\s,|])(--?[A-Za-z0-9][\w:.-]*)")


class _Option(NamedTuple):
    """`arguments` as declared; `said` is what follows by the method that says it; `owner` has the option."""

    node: Node
    arguments: list[Node]
    said: dict[str, list[Node]]
    owner: Node | None


def options_declared(source: Source) -> tuple[tuple[Flag, ...], tuple[Variable, ...]]:
    """Each option whose names are written out, and the environment variables that stand in for them."""
    if not _LIBRARIES.intersection(source.libraries):
        return (), ()
    commands = Commands(source, is_commander=bool(_COMMANDER.intersection(source.libraries)))
    options = [*_called(source), *_values(source)]
    flags = [flag for option in options if (flag := _flag(source, option, commands))]
    return tuple(flags), tuple(variable for option in options for variable in _variable(source, option))


def _called(source: Source) -> Iterator[_Option]:
    for found in source.found("flags"):
        call = call_of(found["declared"][0], SHAPES[source.grammar]) if "declared" in found else None
        if call:
            yield _Option(call.node, call.arguments, {}, call.owner)


def _values(source: Source) -> Iterator[_Option]:
    """`new Option(...)`, with what is said of each and the program it is added to."""
    found = source.found("flags")
    made = {node.start_byte: node for captures in found for node in captures.get("option", ())}
    values = Trail(
        source.grammar,
        source.bindings,
        lambda node: str(node.start_byte) if made.get(node.start_byte) == node else None,
        lambda _, before: before,
    )
    said: dict[str, dict[str, list[Node]]] = {}
    owners: dict[str, Node] = {}
    for captures in found:
        _note(captures, source, values, said, owners)
    for start, node in made.items():
        arguments = node.child_by_field_name("arguments")
        given = arguments.named_children if arguments else []
        yield _Option(node, given, said.get(str(start), {}), owners.get(str(start)))


def _note(
    captures: Captures,
    source: Source,
    values: Trail,
    said: dict[str, dict[str, list[Node]]],
    owners: dict[str, Node],
) -> None:
    """Keep what one match says of an option that is a value."""
    for kind, value in (("said", None), ("adding", captures.get("added", [None])[0])):
        call = call_of(captures.get(kind, [None])[0], SHAPES[source.grammar])
        key = values.text(value or call.owner) if call else None
        if call and key and kind == "said":
            said.setdefault(key, {})[call.method] = call.arguments
        elif call and key:
            owners[key] = call.owner


def _flag(source: Source, option: _Option, commands: Commands) -> Flag | None:
    names = tuple(_NAME.findall(string_of(option.arguments[0]) or ""))
    if not names or "hideHelp" in option.said:
        return None
    help_ = string_of(option.arguments[1]) if len(option.arguments) > 1 else None
    default = shown_default(names[-1], _default(option))
    command = commands.of(option.owner) if option.owner else ""
    return None if command is None else Flag(names, help_ or "", source.place(option.node), default, command)


def _default(option: _Option) -> str | None:
    """The default behind the help; commander lets a function that reads the value stand before it."""
    if "default" in option.said:
        return value_of(next(iter(option.said["default"]), None))
    for node in option.arguments[2:4]:
        if node.type == "object":
            return next((value_of(pair[1]) for pair in _pairs(node) if pair[0] == "default"), None)
        if (value := value_of(node)) is not None:
            return value
    return None


def _pairs(node: Node) -> Iterator[tuple[str, Node]]:
    for child in node.named_children:
        key, value = child.child_by_field_name("key"), child.child_by_field_name("value")
        if key is not None and value is not None:
            yield text_of(key), value


def _variable(source: Source, option: _Option) -> Iterator[Variable]:
    name = string_of(next(iter(option.said.get("env", ())), None))
    if name:
        yield Variable(name, shown_default(name, _default(option)), source.place(option.node))
