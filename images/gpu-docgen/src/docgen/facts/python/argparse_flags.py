"""Options that a module declares with argparse."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from docgen.facts.model import Flag, Place
from docgen.facts.python.names import MAX_STEPS, keywords_of, literal_default
from docgen.facts.python.source import last_name, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docgen.facts.python.names import Names

_SAME_PARSER = frozenset({"add_argument_group", "add_mutually_exclusive_group", "add_subparsers"})
_DJANGO_COMMAND = re.compile(r"(?:^|/)management/commands/([a-z]\w*)\.py$")

# What argparse fills in, the sign itself, and a remark in brackets that holds what it would fill in.
_FILLED = re.compile(r"%%|%\((\w{1,40})\)[a-z]")
_REMARK = re.compile(r"\s?[\[(][^\[\]()]{0,200}%\(\w{1,40}\)[a-z][^\[\]()]{0,200}[\])]")


def argparse_flags(names: Names, path: str) -> Iterator[Flag]:
    """Each `add_argument` with the names that are written out."""
    django = _DJANGO_COMMAND.search(path) if names.imports("django.core.management") else None
    if not names.imports("argparse") and not django:
        return
    for call in names.calls:
        if not isinstance(call.func, ast.Attribute) or call.func.attr != "add_argument":
            continue
        flags = tuple(text for arg in call.args if (text := text_of(arg)) and text.startswith("-"))
        said = keywords_of(call)
        help_ = said.get("help")
        if flags and not (help_ is not None and last_name(help_) == "SUPPRESS"):
            default = literal_default(flags[-1], said.get("default"))
            command = django[1] if django else _command(call.func.value, names)
            yield Flag(flags, _help(said, default), Place(path, call.lineno), default, command)


def _help(said: dict[str, ast.expr], default: str | None) -> str:
    """The help with what is written out filled in; a remark with anything else is left out, or all of it."""

    def filled(match: re.Match[str]) -> str:
        given = said.get(match[1])
        if match[1] == "default" and default:
            return default.strip("'\"")
        is_plain = match[1] != "default" and isinstance(given, ast.Constant) and given.value is not None
        return str(given.value) if is_plain and isinstance(given, ast.Constant) else match[0]

    text = _FILLED.sub(filled, text_of(said.get("help")) or "")
    text = _REMARK.sub("", text)
    return "" if "%(" in text else text.replace("%%", "%")


def _command(parser: ast.expr, names: Names) -> str:
    """The subcommands that lead to a parser; empty for the first parser, or an unknown one."""
    found: list[str] = []
    node: ast.expr | None = parser
    for _ in range(MAX_STEPS):
        if isinstance(node, ast.Name | ast.Attribute):
            node = names.value(node)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            if node.func.attr == "add_parser":
                name = _name(node, names)
                if name is None:
                    return ""
                found.append(name)
            elif node.func.attr not in _SAME_PARSER:
                break
            node = node.func.value
        else:
            break
    return " ".join(reversed(found))


def _name(call: ast.Call, names: Names) -> str | None:
    """What `add_parser` calls a subcommand: written out there, or in the only value of a variable."""
    if not call.args:
        return None
    given = call.args[0]
    held = names.value(given) if isinstance(given, ast.Name | ast.Attribute) else given
    return text_of(held) if held is not None else None
