"""The subcommands that JavaScript builds with commander or cac: which one an expression stands for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docgen.facts.syntax.parsing import text_of
from docgen.facts.uses.literals import string_of
from docgen.facts.uses.trail import SHAPES, Trail, call_of

if TYPE_CHECKING:
    from tree_sitter import Node

    from docgen.facts.uses.source import Source
    from docgen.facts.uses.trail import Call

# What makes a program by its own name, and what certainly is none.
_MAKES = re.compile(r"(?:command|program|cli|cac|require)$", re.IGNORECASE)
_OTHERS = frozenset(
    {
        "object", "array", "string", "template_string", "number", "true", "false", "null", "regex",
        "arrow_function", "function_expression", "class",
    }
)  # fmt: skip
_FOREIGN = "\0"
_MAX_DEPTH = 12


class Commands:
    """The subcommand of every expression of a file that options are declared on."""

    def __init__(self, source: Source, *, is_commander: bool) -> None:
        self._is_commander = is_commander
        made = Trail(source.grammar, source.bindings, _made, lambda _, before: before)
        self._parsed: set[str] = set()
        self._owners: dict[str, list[Node]] = {}
        for captures in source.found("flags"):
            shape = SHAPES[source.grammar]
            parsed = call_of(captures.get("parsed", [None])[0], shape)
            nested = call_of(captures.get("nested", [None])[0], shape)
            if parsed and (key := made.text(parsed.owner)):
                self._parsed.add(key)
            if nested and (key := made.text(captures["inner"][0])):
                self._owners.setdefault(key, []).append(nested.owner)
        self._depth = 0
        self._trail = Trail(source.grammar, source.bindings, self._start, self._step, unknown="")

    def of(self, node: Node) -> str | None:
        """`remote add`; empty for the program itself; None for what is no program."""
        text = self._trail.text(node)
        return None if text is None or text.startswith(_FOREIGN) else text

    def _start(self, node: Node) -> str | None:
        """The command that an expression makes; None where the chain goes on."""
        if node.type == "new_expression":
            maker = node.child_by_field_name("constructor")
            is_one = maker is not None and _MAKES.search(text_of(maker))
            return self._own(node) if is_one else _FOREIGN
        if node.type == "call_expression":
            function = node.child_by_field_name("function")
            is_plain = function is not None and function.type == "identifier"
            return None if not is_plain or _MAKES.search(text_of(function or node)) else _FOREIGN
        return _FOREIGN if node.type in _OTHERS else None

    def _own(self, node: Node) -> str | None:
        """`new Command("build")`: the program where it is what is run, else a subcommand of that name."""
        key, arguments = str(node.start_byte), node.child_by_field_name("arguments")
        given = arguments.named_children if arguments is not None else []
        name = string_of(given[0]) if given else ""
        if key in self._parsed or not self._is_commander:
            return ""
        owners = self._owners.get(key, [])
        if name is None or len(owners) > 1 or (owners and not name) or self._depth > _MAX_DEPTH:
            return _FOREIGN  # it is a subcommand, and nobody can tell which
        self._depth += 1
        above = self._trail.text(owners[0]) if owners else ""
        self._depth -= 1
        return f"{above or ''} {name}".strip()

    def _step(self, call: Call, before: str | None) -> str | None:
        """`.command("name <argument>")` starts a subcommand; every other method stays where it is."""
        if call.method != "command" or not call.arguments or before is None or before.startswith(_FOREIGN):
            return before
        is_program = len(call.arguments) > 1 and string_of(call.arguments[1]) is not None
        if is_program and self._is_commander:
            return before  # a program of its own, whose options are not declared here
        name = re.split(r"[<\[|]", string_of(call.arguments[0]) or "", maxsplit=1)[0].strip()
        return f"{before} {name}".strip()


def _made(node: Node) -> str | None:
    return str(node.start_byte) if node.type == "new_expression" else None
