"""Exports of JavaScript and TypeScript: every name that a file offers, followed to where it is defined."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docgen.facts.links.files import script_files
from docgen.facts.model import Kind
from docgen.facts.syntax.offers import DEFAULT
from docgen.facts.syntax.references import Reference

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docgen.deadline import Deadline
    from docgen.facts.links.index import Index
    from docgen.facts.model import Symbol
    from docgen.facts.syntax.offers import Offer

# Path and name of symbols; a name that stands for a whole file stands for several.
Found = tuple[tuple[str, str], ...]
_MAX_HOPS = 30
# A source of TypeScript: in a file of declarations a namespace shows all that it holds.
_TYPED = re.compile(r"(?<!\.d)\.[cm]?tsx?$")


class ScriptOffers:
    """Asked for one file after the other; what it found once it keeps."""

    def __init__(self, index: Index, deadline: Deadline) -> None:
        self._index, self._deadline = index, deadline
        self._sources = {source.module.path: source for source in index.sources}
        self._known: dict[str, dict[str, Found]] = {}
        self._defined: dict[str, dict[str, Found]] = {}
        self._held: dict[str, dict[str, list[str]]] = {}

    def of(self, path: str, hops: int = _MAX_HOPS) -> dict[str, Found]:
        """What the file offers by name; of files that offer one another, what is known when it is asked."""
        if path in self._known or not hops:
            return self._known.get(path, {})
        self._deadline.check()
        names = self._known[path] = self._own(path)
        for offer in self._sources[path].offers.offers:
            if offer.holder:
                continue
            if offer.name:
                names[offer.name] = self._meant(path, offer, hops)
            elif offer.path:
                names |= {
                    key: found
                    for key, found in self._whole(path, offer.path, hops).items()
                    if key not in names
                }
            else:
                names |= {found[0][1]: found for found in _single(self._local(path, offer.local, hops))}
        self._known[path] = {name: found for name, found in names.items() if found}
        return self._known[path]

    def _own(self, path: str) -> dict[str, Found]:
        """The public names that the file defines, but for those that it offers under another name."""
        source = self._sources[path]
        renamed = {o.local for o in source.offers.offers if o.name and not o.holder and o.name != o.local}
        public = {
            symbol.name.partition(".")[0]
            for symbol in source.module.symbols
            if symbol.is_public and self._has_own_name(symbol, renamed)
        }
        return {name: self._symbols(path)[name] for name in sorted(public)}

    @staticmethod
    def _has_own_name(symbol: Symbol, renamed: set[str]) -> bool:
        """Whether it is exported under the name that it has in its file."""
        if symbol.signature.startswith("export default ") and symbol.name != DEFAULT:
            return False
        return symbol.name not in renamed or symbol.signature.startswith("export ")

    def _symbols(self, path: str) -> dict[str, Found]:
        """All symbols of a file by the first part of their names."""
        if path not in self._defined:
            found: dict[str, Found] = {}
            symbols = self._sources[path].module.symbols
            alone = {symbol.name for symbol in symbols}
            for symbol in symbols:
                first = symbol.name.partition(".")[0]
                if first not in alone and _is_kept(path, symbol):
                    continue
                found[first] = (*found.get(first, ()), (path, symbol.name))
            self._defined[path] = found
        return self._defined[path]

    def _whole(self, path: str, written: str, hops: int) -> dict[str, Found]:
        """All that the file offers which `written` means; its default is never meant by `*`."""
        target = next(script_files(Reference(written, 0), self._sources[path], self._index), "")
        names = self.of(target, hops - 1) if target else {}
        return {name: found for name, found in names.items() if name != DEFAULT}

    def _meant(self, path: str, offer: Offer, hops: int) -> Found:
        if offer.path:
            return self._taken(path, offer.path, offer.taken, hops)
        return self._local(path, offer.local, hops)

    def _local(self, path: str, name: str, hops: int) -> Found:
        """What a name of the file stands for, with what hangs on it."""
        hanging = self._hanging(path).get(name, ())
        found = (item for local in (name, *hanging) for item in self._bound(path, local, hops))
        return tuple(dict.fromkeys(found))

    def _bound(self, path: str, name: str, hops: int) -> Found:
        binding = self._sources[path].offers.bindings.get(name)
        found = self._symbols(path).get(name, ())
        return self._taken(path, binding.path, binding.taken, hops) if binding and not found else found

    def _hanging(self, path: str) -> dict[str, list[str]]:
        """The names by what they are properties of; a function of the file is told of as the member it is."""
        if path not in self._held:
            source = self._sources[path]
            functions = {symbol.name for symbol in source.module.symbols if symbol.kind is Kind.FUNCTION}
            held = self._held[path] = {}
            for offer in source.offers.offers:
                if offer.holder and offer.local not in functions:
                    held.setdefault(offer.holder, []).append(offer.local)
        return self._held[path]

    def _taken(self, path: str, written: str, name: str, hops: int) -> Found:
        target = next(script_files(Reference(written, 0), self._sources[path], self._index), "")
        names = self.of(target, hops - 1) if target else {}
        if name in names:
            return names[name]
        # What `require` gives is all of the file, and so is the default of a file that knows no default.
        if name and name != DEFAULT:
            return ()
        return tuple(dict.fromkeys(item for found in names.values() for item in found))


def _single(found: Found) -> Iterator[Found]:
    yield from ((item,) for item in found)


def _is_kept(path: str, symbol: Symbol) -> bool:
    """Whether a namespace of TypeScript keeps a name to itself: it is not exported, nor only declared."""
    return _TYPED.search(path) is not None and not symbol.signature.startswith("export ")
