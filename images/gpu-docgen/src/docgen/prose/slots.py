"""The places on the pages that prose can be written for, the most useful first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from docgen.claims.model import Entity, Sort
from docgen.claims.structure import module_entity, project, symbol_entity
from docgen.contract import Page
from docgen.pages.api import sections

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from docgen.claims.knowledge import Knowledge
    from docgen.facts.model import Facts, Module, Symbol
    from docgen.pages.section import Section

README = "readme"
MAX_COMPONENTS = 24
MAX_REFERENCES = 60
_README_MODULES = 6


@dataclass(frozen=True)
class Slot:
    """One paragraph: what it is about, the prompt that asks for it and the block it stands in.

    `parts` are the keys of slots whose subjects are parts of this one's.
    """

    key: str
    prompt: str
    page: Page
    block: str
    subject: Entity
    focus: tuple[Entity, ...]
    parts: tuple[str, ...] = ()


def component_key(module: str) -> str:
    """The key of a component's introduction, by its module's name."""
    return f"component {module}"


def reference_key(group: str) -> str:
    """The key of a reference page's overview, by the page's name."""
    return f"reference {group}"


def slots(
    facts: Facts, knowledge: Knowledge, ranks: Mapping[str, float], wanted: tuple[Page, ...]
) -> list[Slot]:
    """Every slot of the wanted pages."""
    found = list(_components(facts, ranks)) if Page.ARCHITECTURE in wanted else []
    if Page.README in wanted:
        found.insert(0, _readme(facts, knowledge, ranks, tuple(slot.key for slot in found)))
    if Page.REFERENCE in wanted:
        found += list(_references(facts))[:MAX_REFERENCES]
    return found


def _ranked(facts: Facts, ranks: Mapping[str, float]) -> list[Module]:
    """Modules with something in them; packages first, since they stand for what is inside."""
    telling = [module for module in facts.modules if module.symbols or module.doc]
    return sorted(telling, key=lambda m: (not m.is_package, -round(ranks[m.path], 9), m.name))


def _readme(facts: Facts, knowledge: Knowledge, ranks: Mapping[str, float], parts: tuple[str, ...]) -> Slot:
    about = project(facts)
    runnable = [
        e for e in knowledge.about if e.sort in {Sort.PROGRAM, Sort.COMMAND} and "/" not in e.place.path
    ]
    modules = [module_entity(module) for module in _ranked(facts, ranks)[:_README_MODULES]]
    return Slot(README, "readme", Page.README, "readme", about, (about, *runnable, *modules), parts)


def _components(facts: Facts, ranks: Mapping[str, float]) -> Iterator[Slot]:
    shown = _ranked(facts, ranks)[:MAX_COMPONENTS]
    for module in shown:
        inside = tuple(
            component_key(m.name) for m in shown if module.is_package and m.name.startswith(f"{module.name}.")
        )
        entity = module_entity(module)
        key = component_key(module.name)
        yield Slot(key, "component", Page.ARCHITECTURE, "architecture", entity, (entity,), inside)


def _references(facts: Facts) -> Iterator[Slot]:
    groups: dict[str, list[Section]] = {}
    for section in sections(facts):
        groups.setdefault(section.group, []).append(section)
    for name, told in sorted(groups.items()):
        about = next((section for section in told if section.module.name == name), told[0])
        modules = [about.module, *(section.module for section in told if section is not about)]
        shown = [symbol for section in told for symbol in section.symbols]
        inside = [entity for symbol in shown for entity in _with_members(symbol)]
        focus = (*map(module_entity, modules), *inside)
        yield Slot(reference_key(name), "reference", Page.REFERENCE, "reference", focus[0], focus)


def _with_members(symbol: Symbol) -> Iterator[Entity]:
    yield symbol_entity(symbol)
    yield from (symbol_entity(member, symbol) for member in symbol.members)
