"""One public module on a page of the reference, and the order of what it defines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docgen.facts.model import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docgen.facts.model import Module, Symbol

# What stands after the classes and their like.
_RANKS = {Kind.TYPE: 1, Kind.FUNCTION: 2, Kind.CONSTANT: 3}
_ROOT_STEMS = frozenset({"__init__", "index", "lib", "mod"})
# Here the doc comment of a module is that of its package.
PACKAGE_DOCS = frozenset({"Go", "Java"})

_PACKAGE_DOC = re.compile(r"(?:Package|Command|Program) ", re.IGNORECASE)


@dataclass(frozen=True)
class Section:
    """One public module: the symbols told of here, and those that another section tells of."""

    module: Module
    symbols: tuple[Symbol, ...]
    elsewhere: tuple[tuple[str, str], ...] = ()
    page: str = ""

    @property
    def introduces(self) -> bool:
        """Whether its doc comment speaks for the whole page."""
        return self.module.name == self.group or speaks_for_folder(self.module)

    @property
    def has_something(self) -> bool:
        """Whether there is anything to tell; of a package or a module of Python its docstring is enough."""
        says = self.module.is_package or self.module.language == "Python"
        return bool(self.symbols or self.elsewhere or (says and self.module.doc))

    @property
    def group(self) -> str:
        """The page it belongs to: its package, or the folder of a script."""
        if self.page:
            return self.page
        if self.module.name == self.module.path:
            return self.module.path.rpartition("/")[0] or self.module.path.rpartition(".")[0]
        return self.module.package or self.module.name


def speaks_for_folder(module: Module) -> bool:
    """Whether the doc comment of a module is about its folder: an index, or any file of a package of Go."""
    stem = module.path.rpartition("/")[2].partition(".")[0]
    return stem in _ROOT_STEMS or module.language in PACKAGE_DOCS


def package_docs(modules: Iterable[Module]) -> list[Module]:
    """The modules that say something of their package, those first that say so as its language asks."""
    return sorted((m for m in modules if m.doc), key=lambda module: not _PACKAGE_DOC.match(module.doc))


def is_program(module: Module) -> bool:
    """Whether a file is there to be run: a script whose name has no suffix, as commands have none."""
    return "." not in module.path.rpartition("/")[2]


def is_private(module: Module) -> bool:
    """Whether a part of the module's name says that it is not for others."""
    parts = module.name.removesuffix(".py").split("/" if module.name == module.path else ".")
    return any(part.startswith("_") for part in parts)


def by_place(symbol: Symbol) -> tuple[int, str, int]:
    """The same, but constants as their file has them: what is counted up only makes sense in its order."""
    rank, name = by_kind(symbol)
    is_constant = symbol.kind is Kind.CONSTANT
    return (rank, symbol.place.path, symbol.place.line) if is_constant else (rank, name, 0)


def by_kind(symbol: Symbol) -> tuple[int, str]:
    """Sorts classes and their like before functions, and constants last."""
    return _RANKS.get(symbol.kind, 0), symbol.name.lower()
