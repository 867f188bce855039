"""Signatures and calls against every definition of the name, parameter by parameter."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from docgen.score.model import Verdict
from docgen.score.text import bracketed, split_top, squash

if TYPE_CHECKING:
    from docgen.score.index import Definition, Index

Answer = tuple[Verdict, str]
_UNKNOWN: Final[Answer] = (Verdict.UNKNOWN, "")
_SUPPORTED: Final[Answer] = (Verdict.SUPPORTED, "")
_CALL = re.compile(r"^(?:new\s+)?(?:[\w$]+\.)*(?P<name>[A-Za-z_$][\w$]*)\s*(?=\()")
_PARAMETER = re.compile(r"^(?:\*{0,2}|\.\.\.)[A-Za-z_$][\w$]*\??(?:\s*[:=].*)?$", re.DOTALL)
_RECEIVERS = frozenset({"self", "cls", "this", "&self", "&mutself"})


def check_call(index: Index, text: str) -> Answer:
    """A call or signature in one piece of code: its parameters have to be those of a definition."""
    match = _CALL.match(text)
    known = index.definitions.get(match["name"], []) if match else []
    if not match:
        return _UNKNOWN
    if not known:
        return _undefined(index, match["name"])
    given = split_top(bracketed(text, match.end())[1:-1])
    if any(not _PARAMETER.match(part) for part in given):
        return _SUPPORTED  # values, as in an example: that there is such a function is all it says
    if any(agrees(given, definition) for definition in known) or index.says(text):
        return _SUPPORTED
    best = known[0]
    return Verdict.CONTRADICTED, f"{best.path}:{best.line} has {best.name}{' '.join(best.parameters.split())}"


def _undefined(index: Index, name: str) -> Answer:
    return _UNKNOWN if index.has(name) else (Verdict.CONTRADICTED, f"no source has {name}")


def agrees(given: list[str], definition: Definition) -> bool:
    """Whether parameters, some of which may be left out, are those of a definition, in its order."""
    wanted = [_split(part) for part in split_top(definition.parameters[1:-1])]
    at = 0
    for part in given:
        name, default = _split(part)
        if name in _RECEIVERS:
            continue
        while at < len(wanted) and wanted[at][0] != name:
            at += 1
        if at == len(wanted) or (default and default != wanted[at][1]):
            return False
        at += 1
    return True


def _split(part: str) -> tuple[str, str]:
    """The name of a parameter, without its annotation, and its default without white space."""
    head, _, default = part.partition("=")
    name = squash(head).lstrip("*.").partition(":")[0].rstrip("?")
    return name, squash(default)
