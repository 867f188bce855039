"""What a Rust crate offers: public items of public modules, and what `pub use` takes out of private ones."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from docgen.facts.links.index import Index
from docgen.facts.links.rust import crate_folder, followed, rust_files, use_paths

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from docgen.facts.model import Manifest, Symbol
    from docgen.facts.syntax.source import Source

_MAX_HOPS = 5


def only_reachable(sources: Sequence[Source], manifests: Sequence[Manifest]) -> list[Source]:
    """The sources with what nobody outside can reach made private."""
    rust = [source for source in sources if source.module.language == "Rust"]
    reach = _Reach(rust, Index(rust, manifests))
    return [reach.applied(source) if source.module.language == "Rust" else source for source in sources]


class _Reach:
    def __init__(self, sources: Sequence[Source], index: Index) -> None:
        self._by_path = {source.module.path: source for source in sources}
        self._index = index
        self._modules: set[str] = set()
        self._names: dict[str, set[str]] = {}
        for path in sorted(self._by_path):
            if path.rpartition("/")[2] == "lib.rs":
                self._open(path)
        self._types = {name for path in self._by_path for name in self._public_names(path)}

    def _open(self, start: str) -> None:
        """Make a module public, with all that it offers."""
        waiting = [start]
        while waiting:
            path = waiting.pop()
            if path in self._modules:
                continue
            self._modules.add(path)
            for file, rest in self._offers(path):
                if rest and rest != ("*",):
                    self._offer(file, rest[0], _MAX_HOPS)
                else:
                    waiting.append(file)

    def _offers(self, path: str) -> Iterator[tuple[str, tuple[str, ...]]]:
        """The file and the rest of the path of every `pub mod` and `pub use` of a module."""
        source = self._by_path[path]
        for reference in source.references.imports:
            if reference.is_public and reference.mark == "mod":
                yield from ((file, ()) for file in rust_files(reference, source, self._index))
            elif reference.is_public:
                for parts in use_paths(reference.path):
                    yield from followed(parts, path, self._index)

    def _offer(self, path: str, name: str, hops: int) -> None:
        """Make one name of a module public, wherever that module has it from."""
        known = self._names.setdefault(path, set())
        if name in known or not hops:
            return
        known.add(name)
        if any(symbol.name == name for symbol in self._by_path[path].module.symbols):
            return
        for file, rest in self._offers(path):
            if rest and rest[-1] in {name, "*"} and file != path:
                self._offer(file, name, hops - 1)

    def _public_names(self, path: str) -> Iterator[str]:
        for symbol in self._by_path[path].module.symbols:
            if symbol.is_public and (path in self._modules or symbol.name in self._names.get(path, ())):
                yield symbol.name

    def applied(self, source: Source) -> Source:
        """The source with its symbols as public as its module lets them be."""
        module = source.module
        if crate_folder(module.path, self._index) is None:
            return source
        symbols = tuple(
            symbol if self._is_reachable(module.path, symbol) else replace(symbol, is_public=False)
            for symbol in module.symbols
        )
        return replace(source, module=replace(module, symbols=symbols))

    def _is_reachable(self, path: str, symbol: Symbol) -> bool:
        if path in self._modules or symbol.signature.startswith("macro_rules!"):
            return True
        first = symbol.name.partition("::")[0]
        return first in self._names.get(path, ()) or ("::" in symbol.name and first in self._types)
