"""All that a page may name: what the facts and the tree hold, by kind, and what may be named besides."""

from __future__ import annotations

import builtins
import dataclasses
import itertools
import keyword
import re
import sys
from functools import cached_property
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from docgen.facts.model import Place, Symbol
from docgen.pages.docstrings import render
from docgen.pages.frame import asked
from docgen.pages.markdown import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docgen.facts.model import Facts, Module
    from docgen.source.tree import Tree

_WORD = re.compile(r"\w+")
_IDENTIFIER = re.compile(r"[^\W\d]\w*")
# Names of a language are nobody's to declare.
_LANGUAGE = frozenset(dir(builtins)) | frozenset(keyword.kwlist) | frozenset(sys.stdlib_module_names)


class Known:
    """Looks names up in the facts and the tree, and in the pages that are being written."""

    def __init__(self, facts: Facts, tree: Tree) -> None:
        self.facts, self.tree = facts, tree
        self.pages: dict[str, str] = {}
        # A long paragraph is asked about for every span in it.
        self._quoted: dict[tuple[str, int], bool] = {}

    def write(self, pages: dict[str, str]) -> None:
        """From now on these pages, by path, are the ones that are being written."""
        self.pages = pages

    def has(self, path: str) -> bool:
        """Whether there is, or will be, such a file or folder."""
        return path in self.paths or any(page == path or page.startswith(f"{path}/") for page in self.pages)

    def has_end(self, end: str) -> bool:
        """Whether the path of a file or folder ends so, which is how people name it."""
        return end in self.path_ends or any(f"/{page}".endswith(f"/{end}") for page in self.pages)

    @cached_property
    def paths(self) -> frozenset[str]:
        """Every file and folder of the tree."""
        files = (*self.tree.present, *self.tree.left_out)
        folders = {path.rpartition("/")[0] for path in files}
        above = {"/".join(parts[:n]) for parts in (f.split("/") for f in folders) for n in range(len(parts))}
        return frozenset((*files, *folders, *above, "."))

    @cached_property
    def path_ends(self) -> frozenset[str]:
        """The ends of the paths."""
        parts = (path.split("/") for path in self.paths)
        return frozenset("/".join(found[start:]) for found in parts for start in range(len(found)))

    @cached_property
    def suffixes(self) -> frozenset[str]:
        """What the names of the files end in."""
        return frozenset(path.rpartition(".")[2] for path in self.paths)

    @cached_property
    def members(self) -> dict[str, set[str]]:
        """What each module, package and symbol holds, by the last part of its name."""
        found: dict[str, set[str]] = {}
        for module in self.facts.modules:
            parts = _module_parts(module)
            for outer, inner in itertools.pairwise(parts):
                found.setdefault(outer, set()).add(inner)
            here = found.setdefault(parts[-1], set())
            here.update(item.alias or item.name for item in module.imports if item.at_top)
            _put_symbols(module.symbols, here, found)
        for symbol in self._offered:
            _put_symbols((symbol,), set(), found)
        return found

    @cached_property
    def names(self) -> frozenset[str]:
        """Every identifier that the facts show, with those of the language and of third parties."""
        shown = (name for text in self.texts for name in _IDENTIFIER.findall(text))
        inside = (name for names in self.members.values() for name in names)
        return frozenset((*shown, *inside, *self.members)) | _LANGUAGE | self.third_parties

    @cached_property
    def third_parties(self) -> frozenset[str]:
        """Declared dependencies and what the sources import, as it is imported."""
        declared = (item.name for manifest in self.facts.manifests for item in manifest.dependencies)
        imported = (re.split(r"[./]", item.target)[0] for m in self.facts.modules for item in m.imports)
        names = {name for text in declared for name in (text, re.sub(r"[-.]", "_", text.lower()))}
        return frozenset((*names, *imported)) | frozenset(sys.stdlib_module_names)

    @cached_property
    def flags(self) -> frozenset[str]:
        """Command line options that are declared."""
        return frozenset(name for m in self.facts.modules for flag in m.flags for name in flag.names)

    @cached_property
    def variables(self) -> frozenset[str]:
        """Environment variables that are read."""
        return frozenset(item.name for module in self.facts.modules for item in module.variables)

    @cached_property
    def routes(self) -> frozenset[str]:
        """HTTP routes that are declared, as `METHOD path`."""
        return frozenset(f"{item.method} {item.path}" for m in self.facts.modules for item in m.routes)

    @cached_property
    def commands(self) -> frozenset[str]:
        """Commands that can be run."""
        manifests = self.facts.manifests
        runs = (item.run for manifest in manifests for item in manifest.commands)
        programs = (item.name for manifest in manifests for item in manifest.entry_points)
        mains = (f"python -m {m.package}" for m in self.facts.modules if m.name.endswith("__main__"))
        return frozenset((*runs, *programs, *mains, *(manifest.install for manifest in manifests)))

    @cached_property
    def texts(self) -> frozenset[str]:
        """Every text of the facts but prose, each on one line."""
        return frozenset(_one_line(text) for text, is_prose in _texts(self.facts) if not is_prose)

    @cached_property
    def quotable(self) -> str:
        """The words of everything that the repository says of itself, as sources and pages write it."""
        prose = [text for text, is_prose in _texts(self.facts) if is_prose]
        return words(" \n ".join((*prose, *map(render, prose))))

    @cached_property
    def quotable_lines(self) -> frozenset[str]:
        """The lines of the same texts."""
        prose = (text for text, is_prose in _texts(self.facts) if is_prose)
        return frozenset(line.strip() for text in prose for line in clean(text).split("\n"))

    @cached_property
    def whole_lines(self) -> frozenset[str]:
        """The words of each of these lines, and of each paragraph that a template asks for."""
        own = asked(self.tree.options, self.facts.name)
        return frozenset(map(words, (*self.quotable_lines, *own)))

    @cached_property
    def signatures(self) -> dict[str, set[str]]:
        """The lines of the signature of every symbol and what it holds, by the symbol's name."""
        found: dict[str, set[str]] = {}
        for module in self.facts.modules:
            for symbol in module.symbols:
                _put_signatures(symbol, "", found)
        for symbol in self._offered:
            _put_signatures(symbol, "", found)
        return found

    @cached_property
    def _offered(self) -> tuple[Symbol, ...]:
        """The symbols that others import under another name than their own."""
        names = {
            (offer.path, offer.symbol): offer.name
            for interface in reversed(self.facts.interfaces)  # the first that offers it tells of it
            for offer in interface.offers
        }
        return tuple(
            dataclasses.replace(symbol, name=names[module.path, symbol.name])
            for module in self.facts.modules
            for symbol in module.symbols
            if names.get((module.path, symbol.name), symbol.name) != symbol.name
        )

    def quotes(self, text: str, least: int = 3) -> bool:
        """Whether the repository says `text` itself: as a whole line, or with at least so many words."""
        if (text, least) not in self._quoted:
            self._quoted[text, least] = self._quotes(words(text), least)
        return self._quoted[text, least]

    def _quotes(self, said: str, least: int) -> bool:
        return said in self.whole_lines or (said.count(" ") > least and said in self.quotable)


def words(text: str) -> str:
    """The words of `text` between single spaces, so that markup makes no difference."""
    return f" {' '.join(_WORD.findall(text))} "


def _module_parts(module: Module) -> list[str]:
    if module.name != module.path:
        return module.name.split(".")
    return [*PurePosixPath(module.path).parts[:-1], PurePosixPath(module.path).stem]


def _put_symbols(symbols: tuple[Symbol, ...], here: set[str], found: dict[str, set[str]]) -> None:
    for symbol in symbols:
        *outer, name = symbol.name.split(".")
        inside = here
        for part in outer:
            inside.add(part)
            inside = found.setdefault(part, set())
        inside.add(name)
        if symbol.members:
            _put_symbols(symbol.members, found.setdefault(name, set()), found)


def _put_signatures(symbol: Symbol, owner: str, found: dict[str, set[str]]) -> None:
    name = f"{owner}.{symbol.name}" if owner else symbol.name
    inner = (member for member in _all_members(symbol))
    texts = (symbol.signature, *(member.signature for member in inner))
    lines = {line.strip().rstrip(":") for text in texts for line in clean(text).split("\n")}
    found.setdefault(name, set()).update(lines)
    for member in symbol.members:
        _put_signatures(member, name, found)


def _all_members(symbol: Symbol) -> Iterator[Symbol]:
    for member in symbol.members:
        yield member
        yield from _all_members(member)


def _texts(value: object, name: str = "") -> Iterator[tuple[str, bool]]:
    """Every text below a value of the facts, and whether it is prose."""
    if isinstance(value, str):
        yield value, name in {"doc", "help", "description", "does", "says"}
    elif isinstance(value, tuple):
        for item in value:
            yield from _texts(item, name)
    elif isinstance(value, dict):
        for key in value:
            yield from _texts(key, name)
    elif dataclasses.is_dataclass(value) and not isinstance(value, Place):
        for field in dataclasses.fields(value):
            yield from _texts(getattr(value, field.name), field.name)


def _one_line(text: str) -> str:
    return " ".join(clean(text).split())
