"""What packages of JavaScript and TypeScript offer: what can be reached from the files that they name."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, replace
from itertools import dropwhile
from typing import TYPE_CHECKING

from docgen.facts.links.files import path_candidates
from docgen.facts.links.index import Index, folder_of
from docgen.facts.links.script_offers import ScriptOffers
from docgen.facts.links.script_patterns import opened
from docgen.facts.model import Interface, Offered
from docgen.facts.syntax.offers import DEFAULT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from docgen.deadline import Deadline
    from docgen.facts.links.script_offers import Found
    from docgen.facts.model import Manifest, Symbol
    from docgen.facts.syntax.source import Source

LANGUAGES = frozenset({"JavaScript", "TypeScript"})
_MOST_OFFERS = 20_000
# Folders that hold what is built, and those of the sources that it is built from.
_BUILT = frozenset(
    {"dist", "build", "out", "lib", "types", "typings", "es", "esm", "esm5", "esm2015", "es2015", "cjs"}
    | {"commonjs", "module", "umd", "node", "browser", "bundles"}
)
_SOURCES = ("src", "source", "lib", "")
# What a package is built from unless it says otherwise.
_INDEX = "dist/index"
_DECLARES = re.compile(r"\.d\.[cm]?ts$")
_SUFFIX = re.compile(r"(?:\.(?:module|esm|umd|cjs|min|production|development))*(?:\.d)?\.[cm]?[jt]sx?$")


@dataclass(frozen=True)
class Public:
    """The sources with what nobody can import made private, and what the packages offer.

    `closed` are the paths of those that offer what an interface holds and nothing else.
    """

    sources: list[Source]
    interfaces: tuple[Interface, ...] = ()
    closed: frozenset[str] = frozenset()


def only_offered(sources: Sequence[Source], manifests: Sequence[Manifest], deadline: Deadline) -> Public:
    """Judge every package whose files can be found; the rest stays as it is."""
    scripts = [source for source in sources if source.module.language in LANGUAGES]
    reader = _Reader(Index(scripts, manifests), deadline)
    packages = frozenset(m.folder for m in manifests if m.kind == "package.json" and m.name)
    found: dict[str, Interface] = {}
    folders: set[str | None] = set()
    for manifest in (manifest for manifest in manifests if manifest.kind == "package.json"):
        deadline.check()
        for interface in reader.interfaces(manifest):
            if interface.name not in found:
                found[interface.name] = interface
                folders |= {manifest.folder, _package(interface.path, packages)}
    paths = (source.module.path for source in scripts)
    closed = frozenset(path for path in paths if _package(path, packages) in folders)
    reached = {(item.path, item.symbol) for interface in found.values() for item in interface.offers}
    judged = [_judged(source, reached) if source.module.path in closed else source for source in sources]
    return Public(judged, tuple(found.values()), closed)


def _is_built(file: str) -> bool:
    """Whether it is in a folder for what is built, which no source is told by."""
    return posixpath.normpath(file).partition("/")[0] in {*_BUILT, ".."}


def _package(path: str, packages: frozenset[str]) -> str | None:
    """The folder of the package that a file is in."""
    while path:
        path = folder_of(path)
        if path in packages:
            return path
    return None


def _judged(source: Source, reached: set[tuple[str, str]]) -> Source:
    """The source with the symbols that nobody can import made private."""
    module = source.module
    symbols = tuple(
        replace(symbol, is_public=(module.path, symbol.name) in reached) for symbol in module.symbols
    )
    return replace(source, module=replace(module, symbols=symbols))


def _bases(folder: str, file: str) -> list[str]:
    """What a path in a manifest may mean: itself, and where the sources of what is built stand."""
    bases = [posixpath.normpath(posixpath.join(folder, file))]
    if _is_built(file):
        parts = _SUFFIX.sub("", posixpath.normpath(file)).split("/")
        inside = "/".join(dropwhile({*_BUILT, ".."}.__contains__, parts))
        bases += [posixpath.normpath(posixpath.join(folder, source, inside)) for source in _SOURCES]
    return bases


class _Reader:
    """Reads the interfaces of one package after the other."""

    def __init__(self, index: Index, deadline: Deadline) -> None:
        self._index, self._offers = index, ScriptOffers(index, deadline)
        # What is declared beside its code, by the one of the two that is told of.
        self._same: dict[tuple[str, str], tuple[str, str]] = {}
        self._symbols: dict[tuple[str, str], Symbol] = {
            (source.module.path, symbol.name): symbol
            for source in index.sources
            for symbol in source.module.symbols
        }

    def interfaces(self, manifest: Manifest) -> Iterator[Interface]:
        """Those whose file is in the repository and offers anything; of a pattern only what is new."""
        starts: set[str] = set()
        for name, files, family in opened(manifest, self._index.paths, _bases):
            entries = self._entries(manifest.folder, files, is_root=name == manifest.name)
            offers = () if family and starts.issuperset(entries) else tuple(self._offered(entries))
            if offers:
                starts.update(entries)
                yield Interface(name, entries[0], offers, family)

    def _entries(self, folder: str, files: Sequence[str], *, is_root: bool) -> list[str]:
        """The file that is run and the one that declares what it offers, as far as they are sources."""
        found = [path for file in files if (path := self._source(folder, file))]
        if not found and is_root and any(map(_is_built, files)):
            found = [path for path in (self._source(folder, _INDEX),) if path]
        code = [path for path in found if not _DECLARES.search(path)]
        declared = [path for path in found if _DECLARES.search(path)]
        return [*code[:1], *declared[:1]]

    def _source(self, folder: str, file: str) -> str:
        """The source that a file is, or is built from; empty where that is not clear."""
        candidates = (path for base in _bases(folder, file) for path in path_candidates(base))
        return next((path for path in candidates if path in self._index.paths), "")

    def _offered(self, entries: list[str]) -> Iterator[Offered]:
        """Every symbol once; what is declared too as it is declared, where its code says nothing of it."""
        names: dict[str, Found] = {}
        for entry in entries:
            for name, found in self._named(entry).items():
                before = names.get(name, ())
                names[name] = before if any(map(self._says, before)) else found
                self._same |= {item: names[name][0] for item in (*before, *found) if before}
        known: set[tuple[str, str]] = set()
        for name in sorted(names)[:_MOST_OFFERS]:
            new = dict.fromkeys(self._same.get(item, item) for item in names[name])
            yield from (Offered(name, *item) for item in new if item not in known)
            known |= new.keys()

    def _named(self, entry: str) -> dict[str, Found]:
        """What an entry offers; a whole or a default by the names that it is defined under."""
        names: dict[str, Found] = {}
        for name, found in self._offers.of(entry).items():
            for item in found:
                is_named = len(found) == 1 and name != DEFAULT
                shown = name + item[1].removeprefix(item[1].partition(".")[0]) if is_named else item[1]
                names[shown] = tuple(dict.fromkeys((*names.get(shown, ()), item)))
        return names

    def _says(self, item: tuple[str, str]) -> bool:
        symbol = self._symbols[item]
        return bool(symbol.doc or any(member.doc for member in symbol.members))
