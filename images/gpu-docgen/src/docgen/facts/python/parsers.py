"""The parsers of argparse that a module makes or is given: which subcommand each is for, what it fills in."""

from __future__ import annotations

import ast
import re
from functools import cached_property
from typing import TYPE_CHECKING

from docgen.facts.python.names import MAX_STEPS, keywords_of
from docgen.facts.python.source import dotted_name, last_name, text_of

if TYPE_CHECKING:
    from docgen.facts.python.names import Names

_SAME_PARSER = frozenset({"add_argument_group", "add_mutually_exclusive_group", "add_subparsers"})
# What makes a parser, or says that something is one, by the end of its name.
_PARSER = re.compile(r"(?:parser|argument_?group|subparsers_?action)$", re.IGNORECASE)
# What options for other programs are collected in, as those of a browser.
_OPTIONS = re.compile(r"opt(?:ion)?s?$", re.IGNORECASE)


class Parsers:
    """What is known of the expressions that arguments are added to."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._adding = [owner for call in names.calls if (owner := owner_of(call, "add_argument"))]

    def is_one(self, node: ast.expr) -> bool:
        """Whether this is a parser; one that is only given is, in a module that adds to nothing else."""
        found = self._kind(node)
        if found is None:
            return not self._has_others and not _OPTIONS.search(last_name(node))
        return found

    @cached_property
    def _has_others(self) -> bool:
        return any(self._kind(node) is False for node in self._adding)

    def _kind(self, node: ast.expr, steps: int = MAX_STEPS) -> bool | None:
        """Whether an expression is a parser; None where nobody can tell."""
        if not steps:
            return None
        if isinstance(node, ast.Call):
            return self._is_made(node)
        if isinstance(node, ast.Name | ast.Attribute):
            held = self._names.value(node)
            if held is not None:
                return self._is_type(held) or self._kind(held, steps - 1)
            return True if _PARSER.search(dotted_name(node)) else None
        choices = node.values if isinstance(node, ast.BoolOp) else ()
        return True if any(self._kind(choice, steps - 1) for choice in choices) else None

    def _is_type(self, node: ast.expr) -> bool:
        return bool(_PARSER.search(dotted_name(node)))

    def _is_made(self, call: ast.Call) -> bool | None:
        if isinstance(call.func, ast.Attribute) and call.func.attr in _SAME_PARSER | {"add_parser"}:
            return True
        name = self._names.full_name(call.func)
        own = self._names.classes.get(name)
        bases = own.bases if own else []
        if _PARSER.search(name) or any(self._is_type(base) for base in bases):
            return True
        # A function of the module may give back a parser under any name.
        made_here = any(function.name == name for function in self._names.functions)
        return None if made_here else False

    def _made(self, node: ast.expr) -> int | str:
        """Which parser an argument is added to, through its groups; of one that is given only the name."""
        for _ in range(MAX_STEPS):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                if node.func.attr not in _SAME_PARSER:
                    break
                node = node.func.value
                continue
            held = self._names.value(node)
            if held is None or not isinstance(held, ast.Call | ast.Name | ast.Attribute):
                break
            node = held
        return id(node) if isinstance(node, ast.Call) else dotted_name(node)

    @cached_property
    def _filled(self) -> dict[int | str, list[ast.Call]]:
        found: dict[int | str, list[ast.Call]] = {}
        for call in self._names.calls:
            if owner := owner_of(call, "set_defaults"):
                found.setdefault(self._made(owner), []).append(call)
        return found

    def default(self, call: ast.Call, owner: ast.expr, dest: str) -> ast.expr | None:
        """The default of an option: its own, or the one that `set_defaults` puts in its place."""
        own = keywords_of(call).get("default")
        parser = self._made(owner)
        for filling in self._filled.get(parser, ()):
            said = keywords_of(filling)
            if own is not None and filling.lineno < call.lineno:
                continue  # what is said later stands
            if dest in said and not isinstance(parser, str):
                own = said[dest]
            elif dest in said or any(item.arg is None for item in filling.keywords):
                own = filling  # no literal: nobody can tell what it is
        return own

    def command(self, parser: ast.expr) -> str:
        """The subcommands that lead to a parser; empty for the first parser, or an unknown one."""
        found: list[str] = []
        node: ast.expr | None = parser
        for _ in range(MAX_STEPS):
            if isinstance(node, ast.Name | ast.Attribute):
                node = self._names.value(node)
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                if node.func.attr == "add_parser":
                    name = self._name(node)
                    if name is None:
                        return ""
                    found.append(name)
                elif node.func.attr not in _SAME_PARSER:
                    break
                node = node.func.value
            else:
                break
        return " ".join(reversed(found))

    def _name(self, call: ast.Call) -> str | None:
        """What `add_parser` calls a subcommand: written out there, or in the only value of a variable."""
        if not call.args:
            return None
        given = call.args[0]
        held = self._names.value(given) if isinstance(given, ast.Name | ast.Attribute) else given
        return text_of(held) if held is not None else None


def owner_of(call: ast.Call, method: str) -> ast.expr | None:
    """What a method is called on; None for every other call."""
    return call.func.value if isinstance(call.func, ast.Attribute) and call.func.attr == method else None
