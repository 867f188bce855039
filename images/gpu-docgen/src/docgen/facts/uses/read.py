"""Everything that one file declares to its users."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from docgen.facts.syntax.parsing import text_of
from docgen.facts.uses import cobra, express, gin
from docgen.facts.uses.clap import builder_options
from docgen.facts.uses.clap_derive import derived_options
from docgen.facts.uses.commander import options_declared
from docgen.facts.uses.source import Source
from docgen.facts.uses.variables import variables_read

if TYPE_CHECKING:
    from collections.abc import Callable

    from tree_sitter import Node

    from docgen.facts.model import Flag, Module, Route, Variable


@dataclass(frozen=True)
class Uses:
    """What a file declares, in the order of the source."""

    variables: tuple[Variable, ...] = ()
    flags: tuple[Flag, ...] = ()
    routes: tuple[Route, ...] = ()


def with_uses(module: Module, grammar: str, root: Node) -> Module:
    """The module, with what its file declares."""
    uses = read_uses(grammar, root, module.path)
    return replace(module, variables=uses.variables, flags=uses.flags, routes=uses.routes)


def read_uses(grammar: str, root: Node, path: str) -> Uses:
    """The environment variables that the file reads, its command line options and its routes."""
    source = Source(grammar, root, path)
    reader = _READERS.get(grammar)
    uses = reader(source) if reader else Uses()
    variables = (*variables_read(source), *uses.variables)
    return Uses(
        tuple(sorted(variables, key=lambda item: item.place.line)),
        tuple(sorted(uses.flags, key=lambda item: item.place.line)),
        tuple(sorted(uses.routes, key=lambda item: item.place.line)),
    )


def _javascript(source: Source) -> Uses:
    flags, variables = options_declared(source)
    return Uses(variables, flags, tuple(express.routes_declared(source)))


def _go(source: Source) -> Uses:
    return Uses((), tuple(cobra.flags_declared(source)), tuple(gin.routes_declared(source)))


def _rust(source: Source) -> Uses:
    found = source.found("flags")
    if not any("library" in item and text_of(item["library"][0]) == "clap" for item in found):
        return Uses()
    options = [*derived_options(source, found), *builder_options(source, found)]
    flags = tuple(flag for flag, _ in options if flag)
    return Uses(tuple(variable for _, variable in options if variable), flags)


_READERS: dict[str, Callable[[Source], Uses]] = {
    "javascript": _javascript,
    "typescript": _javascript,
    "tsx": _javascript,
    "go": _go,
    "rust": _rust,
}
