"""Options that a module declares with argparse."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from docgen.facts.model import Flag, Place
from docgen.facts.python.names import keywords_of, literal_default
from docgen.facts.python.parsers import Parsers, owner_of
from docgen.facts.python.source import last_name, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docgen.facts.python.names import Names

_NO_NAME = re.compile(r"[\s=]")
_AGAINST = frozenset({"store_false", "store_const", "append_const"})
_DJANGO_COMMAND = re.compile(r"(?:^|/)management/commands/([a-z]\w*)\.py$")

# What argparse fills in, the sign itself, and a remark in brackets that holds what it would fill in.
_FILLED = re.compile(r"%%|%\((\w{1,40})\)[a-z]")
_REMARK = re.compile(r"\s?[\[(][^\[\]()]{0,200}%\(\w{1,40}\)[a-z][^\[\]()]{0,200}[\])]")


def argparse_flags(names: Names, path: str) -> Iterator[Flag]:
    """Each `add_argument` with the names that are written out."""
    django = _DJANGO_COMMAND.search(path) if names.imports("django.core.management") else None
    if not names.imports("argparse") and not django:
        return
    parsers = Parsers(names)
    for call in names.calls:
        owner = owner_of(call, "add_argument")
        flags = tuple(text for arg in call.args if (text := text_of(arg)) and text.startswith("-"))
        said = keywords_of(call)
        is_hidden = (help_ := said.get("help")) is not None and last_name(help_) == "SUPPRESS"
        if owner is None or is_hidden or not _are_names(flags) or not parsers.is_one(owner):
            continue
        # What turns something off is off itself while that is on.
        is_against = text_of(said.get("action")) in _AGAINST
        held = None if is_against else parsers.default(call, owner, _dest(said, flags))
        default = literal_default(flags[-1], held)
        command = django[1] if django else parsers.command(owner)
        yield Flag(flags, _help(said, default), Place(path, call.lineno), default, command)


def _are_names(flags: tuple[str, ...]) -> bool:
    """Whether these can be the names of one option: a value behind `=` is what a program is given."""
    return bool(flags) and all(flag.strip("-") and not _NO_NAME.search(flag) for flag in flags)


def _dest(said: dict[str, ast.expr], flags: tuple[str, ...]) -> str:
    """The attribute that an option is kept in."""
    first = next((flag for flag in flags if flag.startswith("--")), flags[0])
    return text_of(said.get("dest")) or first.lstrip("-").replace("-", "_")


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
