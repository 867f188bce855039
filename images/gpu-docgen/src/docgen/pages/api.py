"""The public interface: which names a reader can import, and which page tells of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen.pages.packages import other_sections
from docgen.pages.section import Section, by_kind, is_private, is_program

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docgen.facts.model import Facts, Import, Module, Symbol


def sections(facts: Facts) -> tuple[Section, ...]:
    """The public modules that have something to say, by name."""
    found = [
        section for section in (*_Api(facts).sections(), *other_sections(facts)) if section.has_something
    ]
    told = {section.group for section in found if section.symbols or section.elsewhere}
    return tuple(section for section in found if section.group in told)


class _Api:
    def __init__(self, facts: Facts) -> None:
        python = [module for module in facts.modules if module.language == "Python"]
        named = [module for module in python if module.name != module.path]
        self._by_name = {module.name: module for module in python}
        public = [m for m in (named or python) if not is_private(m) and not is_program(m)]
        self._public = sorted(public, key=lambda module: (module.name.count("."), module.name))
        self._told = {(m.path, s.name): m.name for m in self._public for s in m.symbols}

    def sections(self) -> Iterator[Section]:
        found = [self._section(module) for module in self._public]
        yield from sorted(found, key=lambda section: section.module.name)

    def _section(self, module: Module) -> Section:
        symbols = {symbol.name: symbol for symbol in module.symbols}
        elsewhere: dict[str, str] = {}
        for name, home, symbol in self._reexports(module):
            teller = self._told.setdefault((home.path, symbol.name), module.name)
            if teller == module.name:
                symbols.setdefault(name, symbol)
            elif name not in symbols:
                elsewhere[name] = teller
        return Section(module, tuple(sorted(symbols.values(), key=by_kind)), tuple(sorted(elsewhere.items())))

    def _reexports(self, module: Module) -> Iterator[tuple[str, Module, Symbol]]:
        for item in module.imports:
            for name, source in self._bound(module, item):
                found = self._find(item.target, source, depth=5)
                if found and found[0].path != module.path:
                    yield name, *found

    def _bound(self, module: Module, item: Import) -> Iterator[tuple[str, str]]:
        """The public names that an import binds in `module`, with their names at the source."""
        target = self._by_name.get(item.target)
        if target is None or not item.at_top or not item.name:
            return
        pairs = [(item.alias or item.name, item.name)]
        if item.name == "*":
            pairs = [(symbol.name, symbol.name) for symbol in target.symbols]
        for name, source in pairs:
            offered = module.is_package and not name.startswith("_")
            if (name in module.exports) if module.exports is not None else offered:
                yield name, source

    def _find(self, target: str, name: str, depth: int) -> tuple[Module, Symbol] | None:
        module = self._by_name.get(target)
        if module is None or depth == 0:
            return None
        for symbol in (*module.symbols, *module.values):
            if symbol.name == name:
                return module, symbol
        onward = [item for item in module.imports if item.name == "*" or (item.alias or item.name) == name]
        found = (
            self._find(item.target, name if item.name == "*" else item.name, depth - 1) for item in onward
        )
        return next((item for item in found if item), None)
