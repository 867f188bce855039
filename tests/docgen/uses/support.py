"""One source file, read as the generator reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen.contract import Options
from docgen.deadline import Deadline
from docgen.facts.model import Module
from docgen.facts.read import read_facts
from docgen.source.tree import read_tree

from tests.docgen.support import write

if TYPE_CHECKING:
    from pathlib import Path


def module_of(folder: Path, name: str, source: str) -> Module:
    """What the file `name` declares; a module without facts where nothing is read of it."""
    write(folder, {name: source})
    facts = read_facts(read_tree(folder, Options(), Deadline(60)), "acme/widget", Deadline(60))
    return facts.modules[0] if facts.modules else Module(name, name, "")


def shown_variables(module: Module) -> list[str]:
    """`NAME` or `NAME=default` for each."""
    return [f"{v.name}={v.default}" if v.default is not None else v.name for v in module.variables]


def shown_flags(module: Module) -> list[str]:
    """`command: --name,-n=default (help)`, without the parts that there are not."""
    return [
        (f"{flag.command}: " if flag.command else "")
        + ",".join(flag.names)
        + (f"={flag.default}" if flag.default is not None else "")
        + (f" ({flag.help})" if flag.help else "")
        for flag in module.flags
    ]


def shown_routes(module: Module) -> list[str]:
    """`METHOD path handler` for each."""
    return [f"{route.method} {route.path} {route.handler}".rstrip() for route in module.routes]
