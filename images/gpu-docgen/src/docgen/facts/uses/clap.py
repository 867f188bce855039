"""Options that Rust declares with clap, by derive or by builder."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docgen.facts.model import Flag, Variable
from docgen.facts.syntax.parsing import text_of
from docgen.facts.uses.literals import shown_default, string_of, value_of
from docgen.facts.uses.scopes import Scopes
from docgen.facts.uses.trail import SHAPES, Trail, call_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from docgen.facts.uses.source import Captures, Source

_Found = tuple[Flag | None, Variable | None]


def builder_options(source: Source, found: list[Captures]) -> Iterator[_Found]:
    """`Arg::new("port").long("port")`, with the subcommands around it."""
    made = {_span(item["option"][0]): item["option"][0] for item in found if "option" in item}
    trail = Trail(
        source.grammar,
        source.bindings,
        lambda node: str(_span(node)) if _span(node) in made else None,
        lambda _, before: before,
    )
    said: dict[str, dict[str, Node | None]] = {}
    for item in found:
        call = call_of(item.get("said", [None])[0], SHAPES["rust"])
        key = trail.text(call.owner) if call else None
        if call and key:
            said.setdefault(key, {})[call.method] = next(iter(call.arguments), None)
    commands = _Commands(found)
    for span, node in made.items():
        yield _built(source, node, said.get(str(span), {}), commands.around(span[0]))


class _Commands:
    """The subcommands that are built in place, by where they stand."""

    def __init__(self, found: list[Captures]) -> None:
        calls = [call_of(item["said"][0], SHAPES["rust"]) for item in found if "said" in item]
        inside = [
            call.arguments[0] for call in calls if call and call.method == "subcommand" and call.arguments
        ]
        spans = sorted(map(_span, inside), key=lambda span: (span[0], -span[1]))
        starts = {item["command"][0].start_byte: item["use"][0] for item in found if "use" in item}
        self._scopes = Scopes(spans)
        self._names = [string_of(starts.get(start)) for start, _ in spans]

    def around(self, position: int) -> str:
        """`remote add` for what stands inside both; empty where one of them has no written name."""
        names = [self._names[index] for index in reversed(self._scopes.around(position)) if index >= 0]
        return " ".join(name for name in names if name) if all(names) else ""


def _built(source: Source, node: Node, said: dict[str, Node | None], command: str) -> _Found:
    long, short = string_of(said.get("long")), _char(said.get("short"))
    names = (*((f"-{short}",) if short else ()), *((f"--{long}",) if long else ()))
    default = value_of(said.get("default_value"))
    place = source.place(node)
    flag = None
    if names and "hide" not in said:
        shown = shown_default(names[-1], default)
        flag = Flag(names, string_of(said.get("help")) or "", place, shown, command)
    env = string_of(said.get("env"))
    return flag, Variable(env, shown_default(env, default), place) if env else None


def _char(node: Node | None) -> str:
    """The letter of a character literal, or of a text, as it was before version 3."""
    match = re.fullmatch(r"'(\w)'|\"-?(\w)\"", text_of(node)) if node is not None else None
    return match[1] or match[2] if match else ""


def _span(node: Node) -> tuple[int, int]:
    return (node.start_byte, node.end_byte)
