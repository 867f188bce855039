"""The public interface of languages other than Python: what is public, and which files are one page."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from posixpath import commonpath
from typing import TYPE_CHECKING

from docgen.facts.model import Kind, Module
from docgen.pages.entries import entry_sections
from docgen.pages.section import Section, by_place, is_private, is_program, package_docs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from docgen.facts.model import Facts, Symbol

# Here a package is more than one file, and which file a name is in does not matter to those who use it.
_JOINT = {"C#": ".", "Go": ".", "Java": ".", "PHP": "\\"}
_HEADERS = (".h", ".hh", ".hpp", ".hxx")
_C_FAMILY = frozenset({"C", "C++"})


def other_sections(facts: Facts) -> Iterator[Section]:
    """The public modules in every language but Python, by page and path."""
    yield from entry_sections(facts)
    others = (m for m in facts.modules if m.language != "Python" and m.path not in facts.closed)
    modules = [module for module in others if _is_offered(module)]
    modules = [module for module in modules if module.language not in _C_FAMILY] + _interfaces(modules)
    pages = sorted(((_page(module, facts), module) for module in modules), key=lambda pair: pair[0])
    for (page, language), inside in groupby(pages, key=lambda pair: (pair[0], pair[1].language)):
        members = sorted((module for _, module in inside), key=lambda module: module.path)
        if language in _JOINT:
            yield _joined(page, members, _JOINT[language])
        else:
            yield from (Section(module, _public(module.symbols), page=page) for module in members)


def _is_offered(module: Module) -> bool:
    """Whether others can import it at all: not so a program, or an internal package of Go."""
    if is_program(module):
        return False
    if module.language == "Go" and (module.namespace == "main" or "internal" in module.path.split("/")):
        return False
    return not is_private(module)


def _interfaces(modules: list[Module]) -> list[Module]:
    """Of C and C++ the headers, those below `include` where there are some; without any, the sources."""
    family = [module for module in modules if module.language in _C_FAMILY]
    headers = [module for module in family if module.path.endswith(_HEADERS) and _public(module.symbols)]
    offered = [module for module in headers if "include" in module.path.split("/")[:-1]]
    return offered or headers or family


def _page(module: Module, facts: Facts) -> str:
    """The name of its page: the package as it declares it, the crate, else the folder."""
    folder = module.path.rpartition("/")[0]
    if module.language in _JOINT and module.namespace and (module.language != "Go" or not folder):
        return module.namespace
    if module.language == "Rust" and (crate := _crate(folder, facts)):
        return crate
    return folder or module.path.rpartition(".")[0]


def _crate(folder: str, facts: Facts) -> str:
    above = [
        manifest
        for manifest in facts.manifests
        if manifest.kind == "Cargo.toml"
        and manifest.name
        and f"{folder}/".startswith(f"{manifest.folder}/" if manifest.folder else "")
    ]
    return max(above, key=lambda manifest: len(manifest.folder)).name if above else ""


def _joined(page: str, modules: list[Module], joint: str) -> Section:
    """All files of a package as one section."""
    doc = next((module.doc for module in package_docs(modules)), "")
    folder = commonpath([module.path.rpartition("/")[0] for module in modules])
    module = Module(folder, page, modules[0].language, is_package=True, doc=doc)
    symbols = _adopted([symbol for module in modules for symbol in module.symbols], joint)
    return Section(module, _public(symbols), page=page)


def _adopted(symbols: list[Symbol], joint: str) -> list[Symbol]:
    """Functions that another file defines for a type as members of that type."""
    types = {symbol.name for symbol in symbols if symbol.kind is not Kind.FUNCTION}
    strangers: dict[str, list[Symbol]] = {}
    kept: list[Symbol] = []
    for symbol in symbols:
        owner, _, name = symbol.name.rpartition(joint)
        if symbol.kind is Kind.FUNCTION and owner in types:
            strangers.setdefault(owner, []).append(replace(symbol, name=name))
        else:
            kept.append(symbol)
    return [replace(s, members=(*s.members, *strangers.get(s.name, ()))) for s in kept]


def _public(symbols: Iterable[Symbol]) -> tuple[Symbol, ...]:
    """The public symbols with their public members, in the order of a page."""
    found = [
        replace(symbol, members=tuple(member for member in symbol.members if member.is_public))
        for symbol in symbols
        if symbol.is_public
    ]
    return tuple(sorted(found, key=by_place))
