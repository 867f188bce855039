"""Flags that Go declares with the standard library, pflag or cobra."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docgen.facts.model import Flag
from docgen.facts.syntax.parsing import text_of
from docgen.facts.uses.literals import shown_default, string_of, value_of
from docgen.facts.uses.trail import SHAPES, Trail, call_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from docgen.facts.uses.scopes import Span
    from docgen.facts.uses.source import Captures, Source
    from docgen.facts.uses.trail import Call

_STANDARD, _PFLAG, _COBRA = "flag", "github.com/spf13/pflag", "github.com/spf13/cobra"
# `StringVarP` is a kind, a pointer to fill and a short name; `Var` takes a value that knows its default.
_METHOD = re.compile(
    r"(?P<kind>Bool|Bytes(?:Base64|Hex)|Count|Duration|Float\d*|IP(?:Mask|Net)?|Int\d*|String(?:To\w+?)?|Text|Uint\d*|)"
    r"(?P<many>Slice|Array|)(?P<pointer>Var|)(?P<short>P|)"
)
_PLAIN = re.compile(r"[A-Za-z0-9][\w.-]*")
_MAX_DEPTH = 8
_SETS = frozenset({"Flags", "LocalFlags", "PersistentFlags"})


def flags_declared(source: Source) -> Iterator[Flag]:
    """Each flag whose name is written out, of a set of flags that the file makes or is given."""
    if not source.libraries.keys() & {_STANDARD, _PFLAG, _COBRA}:
        return
    found = source.found("flags")
    # What is made elsewhere may be a command where the file knows commands; in cobra itself it is anybody's.
    step = _step if _COBRA in source.libraries else _known_step
    sets = Trail(source.grammar, source.bindings, _Starts(source, found).text, step)
    for captures in found:
        call = call_of(captures.get("declared", [None])[0], SHAPES["go"])
        flag = _flag(call, sets, source) if call else None
        if flag:
            yield flag


class _Starts:
    """Where a set of flags comes from, as a text: `- ` or `-- ` and the command it is of.

    A command itself has the text `command NAME`, without a name where it is the one that is run.
    """

    def __init__(self, source: Source, found: list[Captures]) -> None:
        names = {path: source.libraries.get(path, "") for path in (_STANDARD, _PFLAG, _COBRA)}
        self._known = {
            f"{names[path]}{suffix}": text
            for path, suffixes, text in (
                (_STANDARD, ("", ".CommandLine", ".FlagSet"), "- "),
                (_PFLAG, ("", ".CommandLine", ".FlagSet"), "-- "),
                (_COBRA, (".Command",), "command "),
            )
            for suffix in suffixes
            if names[path]
        }
        commands = [(item["command"][0], item["use"][0]) for item in found if "use" in item]
        self._commands = {_span(command): string_of(use) for command, use in commands}
        self._uses = {str(made): use or "" for made, use in self._commands.items()}
        self._made = Trail(source.grammar, source.bindings, self._made_at, lambda _, before: before)
        calls = [call_of(item["run"][0], SHAPES["go"]) for item in found if "run" in item]
        # A command on which `Execute` is called is a program, no subcommand.
        self._run = {self._made.text(call.owner) for call in calls if call}
        self._parents = dict(self._additions(found))

    def _additions(self, found: list[Captures]) -> Iterator[tuple[str, str]]:
        """`parent.AddCommand(child)`, as where the two are made."""
        for item in found:
            parent = self._made.text(item["parent"][0]) if "parent" in item else None
            for child in item["children"][0].named_children if parent else ():
                if (key := self._made.text(child)) and parent:
                    yield key, parent

    def _made_at(self, node: Node) -> str | None:
        span = _span(_without_ampersand(node))
        return str(span) if span in self._commands else None

    def text(self, node: Node) -> str | None:
        """The text of an expression or a type; None for what is neither a command nor a set of flags."""
        span = _span(_without_ampersand(node))
        if span in self._commands:
            return f"command {self._path(span)}"
        is_name = node.type in {"identifier", "selector_expression", "qualified_type"}
        return self._known.get(text_of(node)) if is_name else None

    def _path(self, span: Span) -> str:
        """`source create`, as far up as the file shows it."""
        found: list[str] = []
        key: str | None = str(span)
        while key and key not in self._run and len(found) < _MAX_DEPTH:
            found.insert(0, self._uses[key].partition(" ")[0])
            key = self._parents.get(key)
        return " ".join(name for name in found if name)


def _without_ampersand(node: Node) -> Node:
    return node.named_children[0] if node.type == "unary_expression" and node.named_children else node


def _step(call: Call, before: str | None) -> str | None:
    """`command.Flags()` is a set of flags, and so is what `NewFlagSet` makes."""
    if call.method in _SETS:
        kind, _, command = (before or "").partition(" ")
        return f"-- {command}" if kind == "command" else "-- "
    return before if call.method == "NewFlagSet" and before in {"- ", "-- "} else None


def _known_step(call: Call, before: str | None) -> str | None:
    """The same of what is known to be a command or a set of flags."""
    return _step(call, before) if before else None


def _flag(call: Call, sets: Trail, source: Source) -> Flag | None:
    kind = _METHOD.fullmatch(call.method)
    before = sets.text(call.owner) if kind else None
    if not kind or before is None or not before.startswith("-"):
        return None
    given = call.arguments[1 if kind["pointer"] else 0 :]
    dash, _, command = before.partition(" ")
    name = string_of(given.pop(0)) if given else None
    short = string_of(given.pop(0)) if kind["short"] and given else None
    default = given.pop(0) if kind["kind"] not in {"", "Count"} and given else None
    if not name or not _PLAIN.fullmatch(name) or not given:
        return None
    names = (*((f"-{short}",) if short else ()), f"{dash}{name}")
    shown = shown_default(name, value_of(default))
    return Flag(names, string_of(given[0]) or "", source.place(call.node), shown, command)


def _span(node: Node) -> tuple[int, int]:
    return (node.start_byte, node.end_byte)
