"""The public interface of packages that say what can be imported of them: a page an import name."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from docgen.facts.model import Module
from docgen.pages.section import Section, by_place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docgen.facts.model import Facts, Offered, Symbol

# Beyond this many symbols they stand by the folder that defines them.
_MOST_TOGETHER = 60


def entry_sections(facts: Facts) -> Iterator[Section]:
    """Every symbol once, at the first import name that offers it; the other names only say where it is."""
    modules = {module.path: module for module in facts.modules}
    known: dict[tuple[str, str], list[Symbol]] = {}
    for path, symbol in ((path, symbol) for path, module in modules.items() for symbol in module.symbols):
        known.setdefault((path, symbol.name), []).append(symbol)
    told: dict[tuple[str, str], str] = {}
    for interface in facts.interfaces:
        homes = [told.setdefault((offer.path, offer.symbol), interface.name) for offer in interface.offers]
        pairs = list(zip(interface.offers, homes, strict=True))
        elsewhere = {(offer.name, home) for offer, home in pairs if home != interface.name}
        entry = modules[interface.path]
        about = Module(entry.path, interface.name, entry.language, is_package=True, doc=entry.doc)
        page = interface.family or interface.name
        new = [offer for offer, home in pairs if home == interface.name]
        if interface.family:  # one of many on a page: all below one heading
            yield Section(about, _symbols(new, known), tuple(sorted(elsewhere)), page=page)
            continue
        yield Section(about, (), tuple(sorted(elsewhere)), page=page)
        for folder, label, offers in _parted(new, modules):
            files = {offer.path for offer in offers}
            place = files.pop() if len(files) == 1 else folder
            name = f"{interface.name}: {label}" if label else interface.name
            module = Module(place, name, modules[offers[0].path].language, is_package=True)
            yield Section(module, _symbols(offers, known), page=page)


def _parted(offers: list[Offered], modules: dict[str, Module]) -> Iterator[tuple[str, str, list[Offered]]]:
    """Folder, label and offers of each part: by language, and many by the folder of their source."""
    folders = {offer.path.rpartition("/")[0] for offer in offers}
    is_parted = len(offers) > _MOST_TOGETHER and len(folders) > 1
    found: dict[tuple[str, str], list[Offered]] = {}
    for offer in sorted(offers, key=lambda offer: offer.name.lower()):
        folder = offer.path.rpartition("/")[0] if is_parted else ""
        found.setdefault((folder, modules[offer.path].language), []).append(offer)
    for (folder, _), inside in sorted(found.items()):
        if not is_parted or len(inside) <= _MOST_TOGETHER:
            yield folder, folder, inside
            continue
        for part in (inside[at : at + _MOST_TOGETHER] for at in range(0, len(inside), _MOST_TOGETHER)):
            yield folder, f"{folder} ({part[0].name}…{part[-1].name})", part


def _symbols(offers: list[Offered], known: dict[tuple[str, str], list[Symbol]]) -> tuple[Symbol, ...]:
    return tuple(sorted((shown for offer in offers for shown in _shown(offer, known)), key=by_place))


def _shown(offer: Offered, known: dict[tuple[str, str], list[Symbol]]) -> Iterator[Symbol]:
    """What has the symbol's name, under the name that it is imported by, with its public members."""
    for symbol in known[offer.path, offer.symbol]:
        members = tuple(member for member in symbol.members if member.is_public)
        yield replace(symbol, name=offer.name, members=members)
